extension PillarRules {
    /// Why an event cannot be made a pillar's fixed event or a counter's choice at an instant (KIO-05); empty if it
    /// can. `event.notFound` for one that is not known, else all of: the reasons of `EventRules.usability`,
    /// `pillar.eventNotAcceptable` if it belongs to none of the pillar's counters, and `event.noFutureOpening` if it
    /// is over.
    public static func acceptability(of event: EventFacts?, for pillar: PillarFacts, at instant: Instant) -> [Reason] {
        guard let event else { return [Reason(.eventNotFound)] }
        var reasons = EventRules.usability(event, at: instant)
        if !pillar.hosts(event) { reasons.append(Reason(.pillarEventNotAcceptable)) }
        if EventRules.isOver(event, at: instant) { reasons.append(Reason(.eventNoFutureOpening)) }
        return reasons
    }

    /// What the lists of counters and coordinators say of a pillar whose fixed event must be replaced (KIO-10).
    public enum FixedEventWarning: Sendable, Hashable {
        /// The last opening ends then, on a civil day that lies so many days ahead; 0 is today.
        case endsSoon(lastEnd: Instant, days: Int)
        /// It takes no more check-ins; `nil` if it never had an opening.
        case over(lastEnd: Instant?)
    }

    /// `nil` for an event that goes on for more than `warningDays` days.
    public static func fixedEventWarning(
        _ event: EventFacts, at instant: Instant, warningDays: Int
    ) -> FixedEventWarning? {
        let lastEnd = (event.calendarTakingCheckIns ?? event.calendar).lastEnd
        if EventRules.isOver(event, at: instant) { return .over(lastEnd: lastEnd) }
        guard let lastEnd else { return nil }
        // An opening up to midnight ends on the day before that midnight.
        let lastDay = Brussels.date(lastEnd - .tick)
        let days = max(0, lastDay.dayNumber - Brussels.date(instant).dayNumber)
        return days <= warningDays ? .endsSoon(lastEnd: lastEnd, days: days) : nil
    }
}
