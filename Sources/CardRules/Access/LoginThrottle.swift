/// What wrong passwords do to an account. All instants are of real time.
public struct LoginThrottle: Sendable, Hashable {
    /// In a row, since the last right one.
    public private(set) var failures: Int
    public private(set) var lastFailedAt: Instant?
    /// Until an administrator unlocks it; a right password does not (R033, R034).
    public private(set) var isLocked: Bool

    public init(failures: Int = 0, lastFailedAt: Instant? = nil, isLocked: Bool = false) {
        (self.failures, self.lastFailedAt, self.isLocked) = (failures, lastFailedAt, isLocked)
    }

    /// What an account has to expect.
    public enum Manner: Sendable, Hashable {
        /// Staff of counters: locked by so many failures in a row; 0 never locks.
        case locks(after: Int)
        /// Operators and administrators: slowed down, never locked, so that nobody can shut out those who unlock.
        case slowsDown
    }

    /// What is to be done with an attempt.
    public enum Admission: Sendable, Hashable {
        case check
        /// Neither checked nor counted.
        case wait(until: Instant)
        /// Neither checked nor counted.
        case locked
    }

    /// Whether an attempt is looked at. The wait doubles with each failure in a row, from a second to a minute.
    public func admission(_ manner: Manner, at instant: Instant) -> Admission {
        switch manner {
        case .locks: return isLocked ? .locked : .check
        case .slowsDown:
            guard failures > 0, let lastFailedAt else { return .check }
            let end = lastFailedAt + .seconds(min(60, 1 << min(failures - 1, 6)))
            return instant < end ? .wait(until: end) : .check
        }
    }

    /// A checked attempt was wrong.
    public mutating func fail(_ manner: Manner, at instant: Instant) {
        failures += 1
        lastFailedAt = instant
        if case .locks(let limit) = manner, limit > 0, failures >= limit { isLocked = true }
    }

    /// A checked attempt was right, or an administrator unlocked the account.
    public mutating func reset() { self = LoginThrottle() }
}
