/// A connection and the thread that it lives on. A connection that broke is replaced at the next use.
actor Session {
    private let thread = ConnectionThread()
    nonisolated var unownedExecutor: UnownedSerialExecutor { unsafe thread.asUnownedSerialExecutor() }

    private let seat: Seat

    init(_ seat: sending Seat) { self.seat = seat }

    deinit { thread.stop() }

    /// Runs the body in a transaction that `opening` begins, and commits it, or undoes it if the body throws.
    func transaction<R: Sendable>(
        _ call: Call, opening: [SQL], _ body: @Sendable (Transaction) throws -> R
    ) throws -> R {
        try seat.use(call) { connection in
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
    func use<R: Sendable>(_ call: Call, _ body: @Sendable (Connection) throws -> R) throws -> R {
        try seat.use(call, body)
    }

    /// Closes the connection.
    func close() { seat.close() }
}
