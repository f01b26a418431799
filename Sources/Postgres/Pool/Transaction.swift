/// An open transaction, for as long as the body runs that it was given to.
///
/// `begin` and the statements that open it travel with the first statement of the body, and with nothing if the body
/// runs none. After an error of a statement it can only be undone, unless the error happened in a ``savepoint(_:)``.
public final class Transaction {
    private let connection: Connection
    private let call: Call
    /// Whether it can't change anything: then it locks no rows either.
    public let onlyReads: Bool
    /// What goes before the next statement in its pipeline.
    private var pending: [SQL]
    /// The parameter that was set last, and its place in what is pending: setting it again replaces that.
    private var latestSetting: (parameter: String, place: Int)?
    private var pipelines = 0
    private var savepoints = 0
    private var isFinished = false
    /// What each pipeline of a transaction that only reads begins with; `nil` in one that is begun and committed.
    private var reading: Reading?
    private var hasFailedReading = false
    /// What the finish failed with: known to the database even if the body keeps it to itself.
    private var finishError: (any Error)?

    init(_ connection: Connection, opening: [SQL], call: Call) {
        (self.connection, self.call, pending, onlyReads) = (connection, call, opening, false)
    }

    /// A transaction that can't change anything, and needs no round trip to begin and end. Each pipeline is one of its
    /// own: at the isolation that we work with, each statement sees what is committed by then anyway.
    init(reading connection: Connection, settings: [Setting], call: Call) {
        (self.connection, self.call, pending, onlyReads) = (connection, call, [], true)
        reading = Reading()
        for setting in settings { reading!.set(setting) }
    }

    private struct Reading {
        private var settings = [Setting("transaction_read_only", "on")]

        var opening: SQL {
            "select \(fragment: .joined(settings.map(\.call), separator: ", "))"
        }

        mutating func set(_ setting: Setting) {
            settings.removeAll { $0.parameter == setting.parameter }
            settings.append(setting)
        }
    }

    /// Runs a statement and gives its rows.
    public func query(
        _ statement: SQL, file: StaticString = #fileID, line: UInt = #line
    ) throws(PostgresError) -> Rows {
        try run([statement], file: file, line: line)[0]
    }

    /// Runs a statement and gives its first row, if it has any.
    public func first(
        _ statement: SQL, file: StaticString = #fileID, line: UInt = #line
    ) throws(PostgresError) -> Row? {
        try query(statement, file: file, line: line).first
    }

    /// Runs a statement and tells how many rows it inserted, changed or deleted.
    @discardableResult
    public func execute(
        _ statement: SQL, file: StaticString = #fileID, line: UInt = #line
    ) throws(PostgresError) -> Int {
        try query(statement, file: file, line: line).affected
    }

    /// Runs statements in one round trip, and gives the rows of each.
    @discardableResult
    public func run(
        _ statements: [SQL], file: StaticString = #fileID, line: UInt = #line
    ) throws(PostgresError) -> [Rows] {
        try checkOpen(file, line)
        if statements.isEmpty { return [] }
        let opening = takePending()
        let outcome = connection.attempt(opening + statements)
        if let error = outcome.error {
            hasFailedReading = reading != nil
            throw error.at(file, line)
        }
        return outcome.results.dropFirst(opening.count).map(Rows.init)
    }

    /// Sets a run-time parameter until the transaction ends or sets it anew. That travels with the next statement, as
    /// ``Database/transaction(opening:deadline:_:)`` says of the opening, and so does an error of it.
    public func set(_ parameter: String, to value: String) {
        let setting = Setting(parameter, value)
        if reading != nil { return reading!.set(setting) }
        if let last = latestSetting, last.parameter == parameter, last.place == pending.count - 1 {
            pending.removeLast()
        }
        pending.append(setting.statement)
        latestSetting = (parameter, pending.count - 1)
    }

    /// Runs the body so that what it did is undone if it throws, while the transaction goes on.
    @discardableResult
    public func savepoint<R>(
        file: StaticString = #fileID, line: UInt = #line, _ body: () throws -> R
    ) throws -> R {
        try checkOpen(file, line)
        begin()
        savepoints += 1
        let name = "p\(savepoints)"
        let (before, pipelinesBefore) = (pending, pipelines)
        pending.append(SQL(trusted: "savepoint \(name)"))
        do {
            let value = try body()
            if pipelines == pipelinesBefore {
                // What it has set goes on without the savepoint.
                pending.remove(at: before.count)
                latestSetting = nil
            } else {
                pending.append(SQL(trusted: "release \(name)"))
            }
            return value
        } catch {
            latestSetting = nil
            if pipelines == pipelinesBefore {
                pending = before
            } else if connection.isUsable, !isFinished {
                pending = []
                // If that fails too, the transaction can only be undone, and the first error tells why.
                _ = try? run([SQL(trusted: "rollback to \(name)"), SQL(trusted: "release \(name)")])
            }
            throw error
        }
    }

    /// Runs the closing statements and commits, in one round trip, and gives their rows. Nothing can be run after it.
    /// A body that does not call it is committed when it returns; one that throws after it is committed all the same.
    ///
    /// Throws the ``PostgresError`` of what failed, and all is undone; or ``CommitOutcomeUnknown``.
    @discardableResult
    public func finish(
        with closing: [SQL] = [], file: StaticString = #fileID, line: UInt = #line
    ) throws -> [Rows] {
        try checkOpen(file, line)
        do {
            return try commit(closing, file, line)
        } catch {
            finishError = error
            throw error
        }
    }

    /// Commits if the body did not.
    func finishIfOpen() throws {
        if let finishError { throw finishError }
        if !isFinished { try finish() }
    }

    private func commit(_ closing: [SQL], _ file: StaticString, _ line: UInt) throws -> [Rows] {
        if reading != nil {
            defer { isFinished = true }
            return try run(closing, file: file, line: line)
        }
        isFinished = true
        if pipelines == 0, closing.isEmpty { return [] }
        // What is known to be broken before is undone; from the sending on nothing is known.
        guard connection.isAlive else { throw connection.lost().at(file, line) }
        // What is set for no further statement need not be set.
        let opening = closing.isEmpty ? [] : takePending()
        return Array(try connection.commit(opening + closing, file: file, line: line)[opening.count...])
    }

    /// Begins a transaction for what needs one that lasts, such as a savepoint.
    private func begin() {
        guard let reading else { return }
        (pending, pipelines) = (["begin", reading.opening], 0)
        self.reading = nil
    }

    private func takePending() -> [SQL] {
        if let reading { return [reading.opening] }
        pipelines += 1
        defer { (pending, latestSetting) = ([], nil) }
        return pending
    }

    private func checkOpen(_ file: StaticString, _ line: UInt) throws(PostgresError) {
        // Without a transaction a statement would be done for good, and without what the opening has set.
        if isFinished || pipelines > 0 && !connection.isInTransaction {
            throw Self.over("the transaction is over").at(file, line)
        }
        if hasFailedReading { throw Self.undone.at(file, line) }
        if call.reason != nil {
            throw PostgresError(sqlState: "57014", message: "stopped between two statements").at(file, line)
        }
    }

    private static var undone: PostgresError { over("a statement had failed, so the transaction was undone") }

    private static func over(_ message: String) -> PostgresError { PostgresError(sqlState: "25P02", message: message) }
}

@available(*, unavailable) extension Transaction: Sendable {}

/// What can't run in a pipeline.
extension Transaction {
    /// Runs a script of several statements within the transaction.
    public func script(_ text: String, file: StaticString = #fileID, line: UInt = #line) throws(PostgresError) {
        try sendPending(file, line)
        try connection.script(text, file: file, line: line)
    }

    /// Runs `copy … from stdin` within the transaction, as ``Connection/copyIn(_:file:line:next:)``.
    @discardableResult
    public func copyIn(
        _ statement: SQL, file: StaticString = #fileID, line: UInt = #line, next: () throws -> [UInt8]?
    ) throws -> Int {
        try sendPending(file, line)
        return try connection.copyIn(statement, file: file, line: line, next: next)
    }

    /// Runs `copy … to stdout` within the transaction, as ``Connection/copyOut(_:file:line:_:)``.
    public func copyOut(
        _ statement: SQL, file: StaticString = #fileID, line: UInt = #line,
        _ receive: (UnsafeRawBufferPointer) throws -> Void
    ) throws {
        try sendPending(file, line)
        try connection.copyOut(statement, file: file, line: line, receive)
    }

    private func sendPending(_ file: StaticString, _ line: UInt) throws(PostgresError) {
        try checkOpen(file, line)
        begin()
        if let error = connection.attempt(takePending()).error { throw error.at(file, line) }
    }
}
