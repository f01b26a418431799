/// A connection and the thread that it lives on. A connection that broke is replaced at the next use.
actor Session {
    private let thread = ConnectionThread()
    nonisolated var unownedExecutor: UnownedSerialExecutor { unsafe thread.asUnownedSerialExecutor() }

    private let connector: Connector
    private var connection: Connection?
    private var statementsEpoch = 0

    init(_ connector: Connector) { self.connector = connector }

    deinit { thread.stop() }

    /// Runs the body in a transaction that `opening` begins, and commits it, or undoes it if the body throws.
    func transaction<R: Sendable>(
        _ call: Call, opening: [SQL], _ body: @Sendable (Transaction) throws -> R
    ) throws -> R {
        try use(call) { connection in
            let transaction = Transaction(connection, opening: opening, call: call)
            let value = try body(transaction)
            try transaction.finishIfOpen()
            return value
        }
    }

    /// Runs the body in a transaction that only reads.
    func read<R: Sendable>(
        _ call: Call, settings: [Setting], _ body: @Sendable (Transaction) throws -> R
    ) throws -> R {
        try use(call) { connection in
            let transaction = Transaction(reading: connection, settings: settings, call: call)
            let value = try body(transaction)
            try transaction.finishIfOpen()
            return value
        }
    }

    /// Runs the body with the bare connection. A transaction that it leaves open is undone.
    func use<R: Sendable>(_ call: Call, _ body: (Connection) throws -> R) throws -> R {
        let connection = try usable()
        defer { call.end() }
        guard call.begin(connection.lifeline) else {
            throw call.explain(PostgresError(sqlState: "57014", message: "stopped before its first statement"))
        }
        let result = Result { try body(connection) }
        let isSafe = call.endCancelling()
        if isSafe { Self.tidy(connection) }
        if !isSafe || !connection.isUsable {
            connector.noteLost(isSafe ? "while in use" : "a cancel does not end")
            // Not before the call has ended: until then its deadline may cut the line.
            call.end()
            self.connection = nil
        }
        do { return try result.get() } catch { throw call.explain(error) }
    }

    /// Closes the connection.
    func close() { connection = nil }

    private func usable() throws(PostgresError) -> Connection {
        let epoch = connector.statementsEpoch
        defer { statementsEpoch = epoch }
        if let connection {
            if statementsEpoch != epoch { connection.renewStatements() }
            if connection.isAlive { return connection }
            connector.noteLost("while idle")
        }
        // The old one is closed before there is a new one, which the server may have no place for.
        connection = nil
        let new = try connector.connect()
        connection = new
        return new
    }

    /// Ends a transaction that is still open.
    private static func tidy(_ connection: Connection) {
        if connection.isUsable, connection.isInTransaction { _ = connection.attempt(["rollback"]) }
        if connection.isUsable, connection.isInTransaction { connection.isBroken = true }
    }
}
