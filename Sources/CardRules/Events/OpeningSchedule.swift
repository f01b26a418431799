/// Opening hours on some days of the week, in Brussels time.
public struct OpeningHours: Sendable, Hashable {
    public var days: Set<Weekday>
    public var opens: TimeOfDay
    /// The next time the clock shows this: where it is not after `opens` it is that of the next day, so that 20:00 to
    /// 02:00 runs over midnight, and equal times are a whole day long.
    public var closes: TimeOfDay

    public init(days: Set<Weekday>, opens: TimeOfDay, closes: TimeOfDay) {
        (self.days, self.opens, self.closes) = (days, opens, closes)
    }

    /// The opening that begins on a day, whatever its weekday.
    func opening(on day: CivilDate) -> Opening {
        let start = Brussels.instant(day, opens)
        let end = Brussels.instant(closes > opens ? day : day.adding(days: 1), closes)
        // In the hour that the spring change skips, hours such as 02:30 to 03:15 would end before they begin.
        return Opening(start: start, end: max(start, end))
    }
}

/// Days on which other hours hold than in the week.
public struct AdjustedDays: Sendable, Hashable {
    /// Both ends included.
    public var days: ClosedRange<CivilDate>
    /// All hours of these days. A day whose weekday they do not name is closed; no hours mean whole days.
    public var hours: [OpeningHours]

    public init(days: ClosedRange<CivilDate>, hours: [OpeningHours]) { (self.days, self.hours) = (days, hours) }
}

/// When an event is open, day by day: a closed day beats an adjusted day, which beats the hours of the week. Of two
/// adjusted ranges that hold the same day the first listed counts. Hours over midnight belong to the day on which
/// they open, so a closed day does not cut off the night before it.
public struct OpeningSchedule: Sendable, Hashable {
    /// No hours mean whole days, from midnight to midnight.
    public var weekly: [OpeningHours]
    /// Both ends of each range included.
    public var closed: [ClosedRange<CivilDate>]
    public var adjusted: [AdjustedDays]

    public init(
        weekly: [OpeningHours] = [], closed: [ClosedRange<CivilDate>] = [], adjusted: [AdjustedDays] = []
    ) {
        (self.weekly, self.closed, self.adjusted) = (weekly, closed, adjusted)
    }

    /// The openings that begin on a day, by their start.
    public func openings(on day: CivilDate) -> [Opening] {
        guard let hours = hours(on: day) else { return [] }
        if hours.isEmpty { return [Opening(start: Brussels.instant(day), end: Brussels.end(of: day))] }
        let weekday = day.weekday
        return hours.filter { $0.days.contains(weekday) }.map { $0.opening(on: day) }.sorted()
    }

    /// The hours that govern a day; `nil` on a closed day.
    private func hours(on day: CivilDate) -> [OpeningHours]? {
        if closed.contains(where: { $0.contains(day) }) { return nil }
        return adjusted.first { $0.days.contains(day) }?.hours ?? weekly
    }

    private func isOpen(on day: CivilDate) -> Bool {
        guard let hours = hours(on: day) else { return false }
        let weekday = day.weekday
        return hours.isEmpty || hours.contains { $0.days.contains(weekday) }
    }

    /// The first day from `first` to `last` with an opening; `nil` if there is none.
    ///
    /// Between two borders of closed and adjusted ranges the same hours govern every day: where seven days in a row
    /// have no opening, no other up to the next border has one. So the work depends on the number of ranges, never on
    /// the length of time.
    func firstOpenDay(from first: CivilDate, through last: CivilDate) -> CivilDate? {
        let borders = borders
        var day = first
        while day <= last {
            let border = borders.filter { $0 > day }.min() ?? last.adding(days: 1)
            let limit = min(border.adding(days: -1), last, day.adding(days: 6))
            if let found = Self.days(day, through: limit).first(where: isOpen) { return found }
            day = border
        }
        return nil
    }

    /// The last day from `first` to `last` with an opening, found as `firstOpenDay` finds the first.
    func lastOpenDay(from first: CivilDate, through last: CivilDate) -> CivilDate? {
        let borders = borders
        var day = last
        while day >= first {
            let border = borders.filter { $0 <= day }.max() ?? first
            let limit = max(border, first, day.adding(days: -6))
            if let found = Self.days(limit, through: day).last(where: isOpen) { return found }
            day = border.adding(days: -1)
        }
        return nil
    }

    /// The days on which other hours may begin to govern than on the day before.
    private var borders: [CivilDate] {
        (closed + adjusted.map(\.days)).flatMap { [$0.lowerBound, $0.upperBound.adding(days: 1)] }
    }

    /// Every day from `first` to `last`; none if these are the wrong way round.
    static func days(_ first: CivilDate, through last: CivilDate) -> some BidirectionalCollection<CivilDate> {
        let first = first.dayNumber
        return (first..<max(first, last.dayNumber + 1)).lazy.map(CivilDate.init(dayNumber:))
    }
}
