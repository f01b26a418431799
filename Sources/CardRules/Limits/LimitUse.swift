/// A limit, and how much of it is taken in the period that is now.
public struct LimitUse: Sendable, Hashable {
    /// Whose limit it is.
    public enum Name: String, Sendable, Hashable, CaseIterable {
        /// Of an event, for one pass holder.
        case event
        /// Of the counter that organizes the event, for one pass holder.
        case counter
        /// The tickets of a group's pass in a calendar year.
        case groupAllowance
        /// Of a coupon: for one holder, of all at one event, of all.
        case couponHolder, couponEvent, couponTotal
        /// Of an advantage: of all, for one holder.
        case advantage, advantageHolder
    }

    public var name: Name
    public var volume: Int
    public var period: PeriodLimit.Period
    /// Taken in the current period.
    public var used: Int

    public init(_ name: Name, volume: Int, per period: PeriodLimit.Period, used: Int) {
        (self.name, self.volume, self.period, self.used) = (name, volume, period, used)
    }

    public init(_ name: Name, _ limit: PeriodLimit, used: Int) {
        self.init(name, volume: limit.volume, per: limit.period, used: used)
    }

    public var remaining: Int { max(0, volume - used) }
    public var isReached: Bool { used >= volume }

    /// When there is some of it again: now, at the next period's begin, or never.
    public func nextPossible(at instant: Instant) -> Instant? {
        isReached ? PeriodLimit(volume: 1, per: period)?.freesAgain(at: instant) : instant
    }

    /// That it is reached, how much it allows, and when it frees again.
    public func reached(at instant: Instant, _ pointer: String? = nil) -> Reason {
        var reason = Reason(
            .limitReached, at: pointer, .init("limit", .text(name.rawValue)), .init("volume", .number(volume)),
            .init("used", .number(used)), .init("period", .text(period.rawValue)))
        if let free = PeriodLimit(volume: 1, per: period)?.freesAgain(at: instant) {
            reason.details.append(.init("freesAgainAt", .instant(free)))
        }
        return reason
    }
}
