import Logging

/// A database, reached through a bounded number of sessions that each have a thread of their own.
///
///     let points = try await database.transaction(opening: ["select set_config('ksb.tenant', \(id), true)"]) {
///         try $0.first("select points from …")?["points"] ?? 0
///     }
///
/// The body is synchronous, and runs on the thread of its session: it must wait for nothing but the database.
public final class Database: Sendable {
    /// How the database is used.
    public struct Configuration: Sendable {
        /// How each session connects.
        public var connection: ConnectionSettings
        /// How many connections there may be.
        public var poolSize = 8
        /// How many callers may wait for a connection; more are refused at once.
        public var maxWaiters = 1024
        /// How long a caller waits for a connection.
        public var waitLimit: Duration = .seconds(5)
        /// How long a call may take from its beginning, unless it says otherwise. Then it is cancelled, and two seconds
        /// later its connection is cut.
        public var deadline: Duration = .seconds(30)

        /// With the defaults for everything but the connection.
        public init(_ connection: ConnectionSettings) { self.connection = connection }
    }

    /// What the sessions do at one moment.
    public struct Statistics: Sendable {
        /// How many connections there may be.
        public var size: Int
        /// How many sessions wait to be used.
        public var idle: Int
        /// How many sessions are in use.
        public var leased: Int
        /// How many callers wait for a connection.
        public var waiting: Int
        /// How many connections broke since the start.
        public var lostConnections: Int
    }

    private let configuration: Configuration
    private let connector: Connector
    private let watchdog = Watchdog()
    private let pool: Pool
    private let logger: Logger

    /// Connects when it is first used.
    public init(_ configuration: Configuration, logger: Logger = Logger(label: "postgres")) {
        (self.configuration, self.logger) = (configuration, logger)
        connector = Connector(configuration.connection, logger: logger)
        pool = Pool(
            size: configuration.poolSize, maxWaiters: configuration.maxWaiters, connector: connector, watchdog: watchdog
        )
    }

    /// The sessions at this moment, for metrics.
    public var statistics: Statistics {
        let counts = pool.counts
        return Statistics(
            size: pool.size, idle: counts.idle, leased: counts.leased, waiting: counts.waiting,
            lostConnections: connector.lostCount)
    }

    /// Runs the body in a transaction. It is committed when the body returns, and undone if it throws.
    ///
    /// The opening statements come right after `begin`, in one round trip with the body's first. Cancelling the task
    /// cancels the statement that is running, and throws `CancellationError`; passing the deadline does the same with
    /// ``DeadlineExceeded``. Neither undoes a commit. Other errors: ``PoolExhausted``, ``DatabaseClosed``,
    /// ``PostgresError``, ``CommitOutcomeUnknown``, and the body's own.
    @discardableResult
    public func transaction<R: Sendable>(
        opening: [SQL] = [], deadline: Duration? = nil, _ body: @Sendable (Transaction) throws -> R
    ) async throws -> R {
        try await lend(deadline) { session, call in
            try await session.transaction(call, opening: ["begin"] + opening, body)
        }
    }

    /// Runs the body in a transaction that can't change anything; otherwise as ``transaction(opening:deadline:_:)``. To
    /// begin and to end costs no round trip, and nothing is held between its statements: no snapshot, and no lock.
    public func read<R: Sendable>(
        settings: [Setting] = [], deadline: Duration? = nil, _ body: @Sendable (Transaction) throws -> R
    ) async throws -> R {
        try await lend(deadline) { session, call in
            try await session.read(call, settings: settings, body)
        }
    }

    /// Runs the body with a bare connection, for what has no place in a transaction, such as `create database` and
    /// migrations. The body must not keep the connection. A transaction that it leaves open is undone.
    @discardableResult
    public func connection<R: Sendable>(
        deadline: Duration? = nil, _ body: @Sendable (Connection) throws -> R
    ) async throws -> R {
        try await lend(deadline) { session, call in try await session.use(call, body) }
    }

    /// A connection beside the pool's, with settings of its own, for a thread that keeps it.
    public func seat(_ connection: ConnectionSettings) -> sending Seat {
        Seat(Connector(connection, logger: logger), watchdog)
    }

    /// Has every connection prepare its statements anew, each before its next use. For tables that have grown or whose
    /// statistics have changed so much that plans made before are bad.
    public func renewStatements() { connector.renewStatements() }

    /// Closes: refuses new calls and those that wait, lets those under way end, and returns then.
    public func close() async { await pool.close() }

    private func lend<R: Sendable>(
        _ deadline: Duration?, _ body: (Session, Call) async throws -> R
    ) async throws -> R {
        let now = ContinuousClock.now
        let deadline = now + (deadline ?? configuration.deadline)
        let session = try await pool.lease(until: min(deadline, now + configuration.waitLimit))
        defer { pool.release(session) }
        let call = Call()
        watchdog.watch(call, until: deadline)
        defer { watchdog.forget(call) }
        return try await withTaskCancellationHandler {
            try await body(session, call)
        } onCancel: {
            call.stop(.cancelled)
        }
    }
}
