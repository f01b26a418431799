/// An open transaction, for as long as the body runs that it was given to.
///
/// `begin` and the statements that open it travel with the first statement of the body, and with nothing if the body
/// runs none. After an error of a statement it can only be undone, unless the error happened in a ``savepoint(_:)``.
public final class Transaction {
    private let connection: Connection
    private let call: Call
    /// What goes before the next statement in its pipeline.
    private var pending: [SQL]
    private var pipelines = 0
    private var savepoints = 0
    private var isFinished = false
    /// What the finish failed with: known to the database even if the body keeps it to itself.
    private var finishError: (any Error)?

    init(_ connection: Connection, opening: [SQL], call: Call) {
        (self.connection, self.call, pending) = (connection, call, opening)
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
        if let error = outcome.error { throw error.at(file, line) }
        return outcome.results.dropFirst(opening.count).map(Rows.init)
    }

    /// Runs the body so that what it did is undone if it throws, while the transaction goes on.
    @discardableResult
    public func savepoint<R>(
        file: StaticString = #fileID, line: UInt = #line, _ body: () throws -> R
    ) throws -> R {
        try checkOpen(file, line)
        savepoints += 1
        let name = "p\(savepoints)"
        let (before, pipelinesBefore) = (pending, pipelines)
        pending.append(SQL(trusted: "savepoint \(name)"))
        do {
            let value = try body()
            if pipelines == pipelinesBefore {
                pending = before
            } else {
                pending.append(SQL(trusted: "release \(name)"))
            }
            return value
        } catch {
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
        isFinished = true
        if pipelines == 0, closing.isEmpty { return [] }
        // What is known to be broken before is undone; from the sending on nothing is known.
        guard connection.isAlive else { throw connection.lost().at(file, line) }
        let opening = takePending()
        return Array(try connection.commit(opening + closing, file: file, line: line)[opening.count...])
    }

    private func takePending() -> [SQL] {
        pipelines += 1
        defer { pending = [] }
        return pending
    }

    private func checkOpen(_ file: StaticString, _ line: UInt) throws(PostgresError) {
        // Without a transaction a statement would be done for good, and without what the opening has set.
        if isFinished || pipelines > 0 && !connection.isInTransaction {
            throw Self.over("the transaction is over").at(file, line)
        }
        if call.reason != nil {
            throw PostgresError(sqlState: "57014", message: "stopped between two statements").at(file, line)
        }
    }

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
        if let error = connection.attempt(takePending()).error { throw error.at(file, line) }
    }
}
