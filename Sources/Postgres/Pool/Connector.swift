import Logging
import Synchronization

/// Makes connections, and holds back for a while after one could not be made.
final class Connector: Sendable {
    private struct State {
        var failures = 0
        var pausesUntil: ContinuousClock.Instant?
        var lastError: PostgresError?
        var lostCount = 0
    }

    private let settings: ConnectionSettings
    private let logger: Logger
    private let state = Mutex(State())
    private let epoch = Atomic(0)

    init(_ settings: ConnectionSettings, logger: Logger) { (self.settings, self.logger) = (settings, logger) }

    /// How many connections broke that had been made.
    var lostCount: Int { state.withLock(\.lostCount) }

    /// The end of the pause after failures; `nil` if a connection may be tried now.
    var pausesUntil: ContinuousClock.Instant? {
        state.withLock { state in state.pausesUntil.flatMap { $0 > .now ? $0 : nil } }
    }

    /// Changes when statements that were prepared before are no longer good.
    var statementsEpoch: Int { epoch.load(ordering: .relaxed) }

    func renewStatements() { epoch.add(1, ordering: .relaxed) }

    /// A new connection. While it pauses it throws the last attempt's error at once, so that nobody waits in vain.
    func connect() throws(PostgresError) -> Connection {
        if pausesUntil != nil, let error = state.withLock(\.lastError) { throw error }
        do throws(PostgresError) {
            let connection = try Connection(settings, logger: logger)
            state.withLock { ($0.failures, $0.pausesUntil) = (0, nil) }
            return connection
        } catch {
            let pause = state.withLock { state in
                let pause = Self.pause(afterFailures: state.failures)
                state.failures += 1
                state.lastError = error
                state.pausesUntil = .now + pause
                return pause
            }
            logger.warning("No connection to the database, next attempt in \(pause): \(error)")
            throw error
        }
    }

    /// A connection turned out to be broken.
    func noteLost(_ reason: String) {
        state.withLock { $0.lostCount += 1 }
        logger.warning("A connection to the database was lost: \(reason)")
    }

    /// Doubles from 0.1 s to 5 s, of which chance takes up to half, so that many daemons don't come back at once.
    static func pause(afterFailures failures: Int) -> Duration {
        let full = min(5.0, 0.1 * Double(1 << min(failures, 10)))
        return .seconds(full * Double.random(in: 0.5...1))
    }
}
