/// How often something may be done in a calendar period, by Brussels time.
public struct PeriodLimit: Sendable, Hashable {
    /// At least 1.
    public let volume: Int
    public let period: Period

    /// A calendar period. The week starts on Monday, the quarters in January, April, July and October.
    public enum Period: String, Sendable, Hashable, CaseIterable {
        case day, week, month, quarter, year
        /// All of time.
        case absolute
    }

    /// `nil` for a volume below 1.
    public init?(volume: Int, per period: Period) {
        guard volume >= 1 else { return nil }
        (self.volume, self.period) = (volume, period)
    }

    /// The first and last day of the period that an instant lies in. For `absolute` these are the first day that can be
    /// written, 0001-01-01, and `nil`.
    public func period(containing instant: Instant) -> (start: CivilDate, end: CivilDate?) {
        let day = Brussels.date(instant)
        let start: CivilDate
        switch period {
        case .day: return (day, day)
        case .week:
            start = day.adding(days: -day.weekday.rawValue)
            return (start, start.adding(days: 6))
        case .month: start = CivilDate(existing: day.year, day.month, 1)
        case .quarter: start = CivilDate(existing: day.year, day.month - (day.month - 1) % 3, 1)
        case .year: start = CivilDate(existing: day.year, 1, 1)
        case .absolute: return (CivilDate(existing: 1, 1, 1), nil)
        }
        let months = period == .month ? 1 : period == .quarter ? 3 : 12
        return (start, start.adding(months: months).adding(days: -1))
    }

    /// When a limit that is reached at an instant frees again: the first instant of the next period; `nil` if never.
    public func freesAgain(at instant: Instant) -> Instant? {
        period(containing: instant).end.map(Brussels.end(of:))
    }
}

extension Reason {
    /// A limit is reached: which, its volume, what was used of it, and when it frees again.
    ///
    /// - Parameter name: Whose limit it is, such as `event`.
    static func limitReached(_ name: String, _ limit: PeriodLimit, used: Int, at instant: Instant) -> Reason {
        var reason = Reason(
            .limitReached, at: nil, .init("limit", .text(name)), .init("volume", .number(limit.volume)),
            .init("used", .number(used)), .init("period", .text(limit.period.rawValue)))
        if let free = limit.freesAgain(at: instant) { reason.details.append(.init("freesAgainAt", .instant(free))) }
        return reason
    }
}
