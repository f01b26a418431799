import CardRules
import JSONRPC
import Synchronization

/// What can be guessed at by trying, and is therefore counted per source.
enum GuessKind: Sendable, Hashable, CaseIterable {
    /// Whether an e-mail address has an account.
    case registration
    /// The token that was mailed.
    case emailConfirmation
    /// A pillar's name and set-up code.
    case pillarSetUp
    /// Whether somebody's INSZ is known, and with which status.
    case insz
    /// The code of a voucher for a pass.
    case passVoucher
    /// The date of birth that goes with a card.
    case birthDate
    /// Whether an e-mail address has an account, asked with a registration token.
    case emailStatus
    /// What a group may still buy, by the number of its card.
    case groupBalance
    /// The token by which somebody leaves a family.
    case familyToken
    /// The code of an event.
    case checkInCode
    /// Whether somebody is registered already, by ordering for him.
    case order
    /// The token of an order.
    case orderToken
}

/// Slows down guessing: twenty attempts a minute and twenty misses an hour of a source, for each kind of guess
/// (GEN-05).
final class SourceThrottle: Sendable {
    private let tables: Mutex<[GuessKind: SourceTable<String>]>
    private let now: @Sendable () -> Instant

    /// How many sources are remembered for each kind.
    private static let capacity = 10_000

    /// - Parameter now: A clock that never goes back, as the time of day may.
    init(now: @escaping @Sendable () -> Instant = SourceThrottle.steadyClock()) {
        self.now = now
        tables = Mutex(
            Dictionary(uniqueKeysWithValues: GuessKind.allCases.map { ($0, SourceTable(capacity: Self.capacity)) }))
    }

    /// Counts an attempt, or refuses it with `limit.exceeded`.
    func admit(_ kind: GuessKind, from peer: Peer) throws(RPCError) {
        let now = now()
        guard let free = tables.withLock({ $0[kind]!.attempt(by: peer.source, at: now) }) else { return }
        throw .limitExceeded(retryAfterMilliseconds: Int((free - now).microseconds / 1000) + 1)
    }

    /// The attempt that was admitted hit nothing.
    func missed(_ kind: GuessKind, from peer: Peer) {
        let now = now()
        tables.withLock { $0[kind]!.miss(by: peer.source, at: now) }
    }

    /// Microseconds since the daemon began.
    static func steadyClock() -> @Sendable () -> Instant {
        let start = ContinuousClock.now
        return {
            let (seconds, attoseconds) = (ContinuousClock.now - start).components
            return Instant(microseconds: seconds * 1_000_000 + attoseconds / 1_000_000_000_000)
        }
    }
}
