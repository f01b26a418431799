/// When an event takes place.
public enum EventCalendar: Sendable, Hashable {
    /// Once; from a midnight to the same midnight is that whole day.
    case single(start: Instant, end: Instant)
    /// On several occasions, at least one.
    case multiple([SubEvent])
    /// By the schedule on the civil days from that of `start` to that of `end`, both included.
    case periodic(start: Instant, end: Instant, OpeningSchedule)
    /// By the schedule, without end.
    case permanent(OpeningSchedule)

    /// One occasion of an event.
    public struct SubEvent: Sendable, Hashable {
        public var start: Instant
        /// Not before the start; from a midnight to the same midnight is that whole day.
        public var end: Instant
        /// `nil` for the event's own.
        public var status: EventStatus?
        /// `nil` for the event's own.
        public var bookingAvailability: BookingAvailability?

        public init(
            start: Instant, end: Instant, status: EventStatus? = nil, bookingAvailability: BookingAvailability? = nil
        ) {
            (self.start, self.end) = (start, end)
            (self.status, self.bookingAvailability) = (status, bookingAvailability)
        }
    }

    /// The openings of which a part lies in the range, by their start. A permanent event has some every day: mind the
    /// length of the range.
    public func openings(in range: Range<Instant>) -> [Opening] {
        if range.isEmpty { return [] }
        return openings(from: range.lowerBound, through: range.upperBound).filter {
            $0.start < range.upperBound && ($0.end > range.lowerBound || $0.start >= range.lowerBound)
        }
    }

    /// The first opening that starts after an instant; `nil` if there is none.
    public func nextOpening(after instant: Instant) -> Opening? {
        switch days {
        case .listed(let openings):
            return openings.filter { $0.start > instant }.min()
        case .scheduled(let schedule, let first, let last):
            let today = max(first, Brussels.date(instant))
            if today <= last, let later = schedule.openings(on: today).first(where: { $0.start > instant }) {
                return later
            }
            return schedule.firstOpenDay(from: max(first, today.adding(days: 1)), through: last)
                .flatMap { schedule.openings(on: $0).first }
        }
    }

    /// The end of the last opening; `nil` for an event that is permanent or never opens.
    public var lastEnd: Instant? {
        switch days {
        case .listed(let openings):
            return openings.map(\.end).max()
        case .scheduled(let schedule, let first, let last):
            if case .permanent = self { return nil }
            guard let day = schedule.lastOpenDay(from: first, through: last) else { return nil }
            // A night that opens the day before may end later than the last day's own hours.
            return [day, day.adding(days: -1)].filter { $0 >= first }.flatMap(schedule.openings(on:)).map(\.end).max()
        }
    }

    /// The openings that have at least a moment from `lower` to `upper`, both included, by their start.
    func openings(from lower: Instant, through upper: Instant) -> [Opening] {
        switch days {
        case .listed(let openings):
            return openings.filter { $0.start <= upper && $0.end >= lower }.sorted()
        case .scheduled(let schedule, let first, let last):
            // An opening lasts a day at most, so one that began the day before may still be open.
            let days = OpeningSchedule.days(
                max(first, Brussels.date(lower).adding(days: -1)), through: min(last, Brussels.date(upper)))
            return days.flatMap(schedule.openings(on:)).filter { $0.start <= upper && $0.end >= lower }
        }
    }

    /// Either a list of openings, or a schedule between two days.
    private enum Days {
        case listed([Opening])
        case scheduled(OpeningSchedule, first: CivilDate, last: CivilDate)
    }

    private var days: Days {
        switch self {
        case .single(let start, let end):
            .listed([Self.opening(start, end)])
        case .multiple(let subEvents):
            .listed(subEvents.map { Self.opening($0.start, $0.end) })
        case .periodic(let start, let end, let schedule):
            .scheduled(schedule, first: Brussels.date(start), last: Brussels.date(end))
        case .permanent(let schedule):
            .scheduled(schedule, first: CivilDate(existing: 1, 1, 1), last: CivilDate(existing: 9999, 12, 31))
        }
    }

    private static func opening(_ start: Instant, _ end: Instant) -> Opening {
        guard start == end, case let (date, time) = Brussels.civil(start), time == .midnight else {
            return Opening(start: start, end: end)
        }
        return Opening(start: start, end: Brussels.end(of: date))
    }
}
