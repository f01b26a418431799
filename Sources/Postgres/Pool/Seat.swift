/// One thread's place at the database: a connection that is made when it is first used, and anew when it broke.
///
/// ``Database/seat(_:)`` makes one for a thread that keeps it; the sessions of the pool have one each.
public final class Seat {
    private let connector: Connector
    private let watchdog: Watchdog
    private var connection: Connection?
    private var statementsEpoch = 0

    init(_ connector: Connector, _ watchdog: Watchdog) { (self.connector, self.watchdog) = (connector, watchdog) }

    /// Runs the body with the bare connection. A transaction that it leaves open is undone. When the time is over, the
    /// statement under way is cancelled, and two seconds later the line is cut.
    ///
    /// Throws ``DeadlineExceeded``, the ``PostgresError`` of a connection that is not to be had, and the body's own.
    public func use<R>(within limit: Duration, _ body: (Connection) throws -> R) throws -> R {
        let call = Call()
        watchdog.watch(call, until: .now + limit)
        defer { watchdog.forget(call) }
        return try use(call, body)
    }

    /// The same for a call whose deadline is kept by somebody else.
    func use<R>(_ call: Call, _ body: (Connection) throws -> R) throws -> R {
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

@available(*, unavailable) extension Seat: Sendable {}
