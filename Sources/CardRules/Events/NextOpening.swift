extension EventRules {
    /// The opening that is on at an instant, or else the next one to come, of those that take place; `nil` if there is
    /// none any more.
    public static func opening(of event: EventFacts, onOrAfter instant: Instant) -> Opening? {
        guard let calendar = event.calendarTakingCheckIns else { return nil }
        return calendar.openings(in: instant..<(instant + .tick)).first ?? calendar.nextOpening(after: instant)
    }
}

extension EventCalendar {
    /// The start of the first opening and the end of the last one; `nil` for a side that is open. A calendar with days
    /// on which it never opens has the bounds of these days.
    public var bounds: (start: Instant?, end: Instant?) {
        switch self {
        case .permanent: (nil, nil)
        case .periodic(let start, let end, _):
            (nextOpening(after: Brussels.instant(Brussels.date(start)) - .tick)?.start ?? start, lastEnd ?? end)
        case .single(let start, _): (start, lastEnd)
        case .multiple(let subEvents): (subEvents.map(\.start).min(), lastEnd)
        }
    }
}
