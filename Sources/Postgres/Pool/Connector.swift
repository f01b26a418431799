import Logging

/// Makes connections, and holds back for a while after one could not be made.
final class Connector: Sendable {
    private struct State {
        var failures = 0
        var pausesUntil: ContinuousClock.Instant?
        var lastError: PostgresError?
        var lostCount = 0
        var statementsEpoch = 0
    }

    private let settings: ConnectionSettings
    private let logger: Logger
    private let state = Monitor(State())

    init(_ settings: ConnectionSettings, logger: Logger) { (self.settings, self.logger) = (settings, logger) }

    /// How many connections broke that had been made.
    var lostCount: Int { state.locked(\.lostCount) }

    /// The end of the pause after failures; `nil` if a connection may be tried now.
    var pausesUntil: ContinuousClock.Instant? {
        state.locked { state in state.pausesUntil.flatMap { $0 > .now ? $0 : nil } }
    }

    /// Changes when statements that were prepared before are no longer good.
    var statementsEpoch: Int { state.locked(\.statementsEpoch) }

    func renewStatements() { state.locked { $0.statementsEpoch += 1 } }

    /// A new connection. While it pauses it throws the last attempt's error at once, so that nobody waits in vain.
    func connect() throws(PostgresError) -> Connection {
        if pausesUntil != nil, let error = state.locked(\.lastError) { throw error }
        do throws(PostgresError) {
            let connection = try Connection(settings, logger: logger)
            state.locked { ($0.failures, $0.pausesUntil) = (0, nil) }
            return connection
        } catch {
            let pause = state.locked { state in
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
        state.locked { $0.lostCount += 1 }
        logger.warning("A connection to the database was lost: \(reason)")
    }

    /// Doubles from 0.1 s to 5 s, of which chance takes up to half, so that many daemons don't come back at once.
    static func pause(afterFailures failures: Int) -> Duration {
        let full = min(5.0, 0.1 * Double(1 << min(failures, 10)))
        return .seconds(full * Double.random(in: 0.5...1))
    }
}
