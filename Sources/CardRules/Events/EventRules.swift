/// Whether an event can be used, and when it takes check-ins.
public enum EventRules {
    /// Why the event cannot be used at an instant, whatever its opening times; empty if it can:
    /// - `event.notPublished`, with what is missing: it is validated or waits for validation, its date of publication
    ///   is reached, its organizer is known;
    /// - `event.unavailable` if it, or each of its occasions, is cancelled or postponed.
    public static func usability(_ event: EventFacts, at instant: Instant) -> [Reason] {
        var reasons: [Reason] = []
        var missing: [Reason.Detail] = []
        if !isValidated(event) { missing.append(.init("workflowStatus", .text(event.workflowStatus.rawValue))) }
        if let from = event.availableFrom, from > instant { missing.append(.init("availableFrom", .instant(from))) }
        if event.organizer == nil { missing.append(.init("organizer", .text("unknown"))) }
        if !missing.isEmpty {
            var reason = Reason(.eventNotPublished)
            reason.details = missing
            reasons.append(reason)
        }
        if event.calendarTakingCheckIns == nil { reasons.append(Reason(.eventUnavailable)) }
        return reasons
    }

    /// Whether the event takes check-ins at an instant (CHK-01). Closed, it names every reason: those of `usability`,
    /// `event.unavailable` for an occasion that is cancelled or postponed, `checkIn.outsideOpening` outside of every
    /// window, and `event.noFutureOpening` if none comes any more.
    public static func checkInWindow(_ event: EventFacts, at instant: Instant) -> CheckInWindow {
        var reasons = usability(event, at: instant)
        let margins = event.checkInMargins
        let calendar = event.calendarTakingCheckIns
        let opening = calendar?.opening(around: instant, margins)
        if reasons.isEmpty, let opening {
            let window = opening.window(margins)
            return .open(.init(start: window.lowerBound, end: window.upperBound, opening: opening))
        }
        let opens = nextWindow(of: event, after: instant)
        if event.calendar.opening(around: instant, margins) == nil {
            var reason = Reason(.checkInOutsideOpening)
            if let opens { reason.details = [.init("opensAt", .instant(opens))] }
            reasons.append(reason)
        } else if calendar != nil, opening == nil {
            reasons.append(Reason(.eventUnavailable))
        }
        if isOver(event, at: instant) { reasons.append(Reason(.eventNoFutureOpening)) }
        return .closed(reasons: reasons, nextOpens: opens)
    }

    /// CHK-07: what is against a check-in by the event's own code now. Of an event that is over the code has expired.
    public static func reasonsAgainstCode(_ event: EventFacts, at instant: Instant) -> [Reason] {
        if isOver(event, at: instant) { return [Reason(.checkInCodeExpired, at: "/code")] }
        if case .closed(let reasons, _) = checkInWindow(event, at: instant) { return reasons }
        return []
    }

    /// Whether no check-in window is open or to come. Of an event that is cancelled or postponed as a whole, the
    /// windows are counted that it would have had.
    public static func isOver(_ event: EventFacts, at instant: Instant) -> Bool {
        !(event.calendarTakingCheckIns ?? event.calendar).hasWindow(from: instant, event.checkInMargins)
    }

    /// The first instant after the given one at which `checkInWindow` may answer otherwise than it does there; `nil`
    /// if it never will as long as the event's facts stay as they are.
    public static func nextChange(_ event: EventFacts, after instant: Instant) -> Instant? {
        // The calendar with all its occasions changes at least where the part of it that takes check-ins does.
        let changes = [event.calendar.nextChange(after: instant, event.checkInMargins), event.availableFrom]
        return changes.compactMap(\.self).filter { $0 > instant }.min()
    }

    /// The first instant after the given one at which the event, closed now, takes check-ins.
    private static func nextWindow(of event: EventFacts, after instant: Instant) -> Instant? {
        guard isValidated(event), event.organizer != nil else { return nil }
        guard let calendar = event.calendarTakingCheckIns else { return nil }
        var earliest = instant
        if let from = event.availableFrom, from > instant {
            if calendar.opening(around: from, event.checkInMargins) != nil { return from }
            earliest = from
        }
        return calendar.nextWindow(after: earliest, event.checkInMargins)
    }

    private static func isValidated(_ event: EventFacts) -> Bool {
        event.workflowStatus == .readyForValidation || event.workflowStatus == .approved
    }
}

/// Whether an event takes check-ins.
public enum CheckInWindow: Sendable, Hashable {
    case open(Window)
    /// With at least one reason, and when the event next takes check-ins; `nil` if it does not by what is known now.
    case closed(reasons: [Reason], nextOpens: Instant?)

    /// A time in which check-ins are taken, both ends included, and the opening it belongs to.
    public struct Window: Sendable, Hashable {
        public var start: Instant
        public var end: Instant
        public var opening: Opening
    }
}
