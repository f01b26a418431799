extension EventCalendar {
    /// The opening for which check-ins are taken at an instant: one whose window, the margins included, holds it. Of
    /// several the one that is really open (from its start up to its end), then the nearest in time, then the one
    /// whose start is nearest, then the longer one. `nil` outside of every window.
    public func opening(around instant: Instant, _ margins: CheckInMargins) -> Opening? {
        openings(from: instant - margins.after, through: instant + margins.before)
            .min { Self.rank($0, at: instant) < Self.rank($1, at: instant) }
    }

    /// Whether a window is open at the instant or opens later.
    public func hasWindow(from instant: Instant, _ margins: CheckInMargins) -> Bool {
        opening(around: instant, margins) != nil || nextWindow(after: instant, margins) != nil
    }

    /// The begin of the first window that begins after an instant.
    func nextWindow(after instant: Instant, _ margins: CheckInMargins) -> Instant? {
        nextOpening(after: instant + margins.before).map { $0.start - margins.before }
    }

    /// The first instant after the given one at which `opening(around:)` may answer otherwise than it does there;
    /// `nil` if it never will.
    func nextChange(after instant: Instant, _ margins: CheckInMargins) -> Instant? {
        let near = openings(from: instant - margins.after, through: instant + margins.before)
        var changes = near.flatMap { [$0.start, $0.end, $0.end + margins.after + .tick] }
        // Between two openings the later one is the nearer from the middle on.
        for past in near where past.end <= instant {
            for coming in near where coming.start > instant {
                changes.append(.middle(past.end, coming.start))
            }
        }
        if let next = nextWindow(after: instant, margins) { changes.append(next) }
        return changes.filter { $0 > instant }.min()
    }

    /// The lowest is the current opening.
    private static func rank(_ opening: Opening, at instant: Instant) -> (Int, Int64, Int64, Int64) {
        let isOpen = opening.start <= instant && instant < opening.end
        let away = max(opening.start - instant, instant - opening.end, Instant.Span(microseconds: 0))
        let fromStart = (opening.start - instant).magnitude
        return (isOpen ? 0 : 1, away.microseconds, fromStart.microseconds, -opening.end.microseconds)
    }
}

extension Instant.Span {
    /// The least length of time there is: what lies between a window's last instant and the first one outside.
    static let tick = Instant.Span(microseconds: 1)
}

extension Instant {
    /// The first instant that is not nearer to the first of two than to the second.
    static func middle(_ first: Instant, _ second: Instant) -> Instant {
        Instant(microseconds: -(-(first.microseconds + second.microseconds)).floorDivided(by: 2))
    }
}
