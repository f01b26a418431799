/// Which event a pillar gives points for.
public enum PillarRules {
    /// The event of a pillar at an instant (KIO-02, KIO-03, KIO-04): the administrator's fixed event, else the
    /// counter's choice, else the best candidate. A fixed event that takes no check-ins now leaves a strict pillar
    /// without an event. A counter's choice that takes none now, or that belongs to none of the pillar's counters any
    /// more, is passed over: it is a wish for the day, which must not silence a pillar on the next.
    ///
    /// `events` are those the pillar's facts name and all events of its counters; others do no harm.
    public static func assignment(
        of pillar: PillarFacts, among events: [EventFacts], at instant: Instant
    ) -> Assignment {
        var search = Search(pillar: pillar, events: events, instant: instant)
        if let id = pillar.fixedEvent {
            if let window = search.ask(.fixed, id) { return search.found(id, .fixed, window) }
            if pillar.whenFixedEventEnds == .strict { return search.nothing() }
        }
        if let id = pillar.counterChoice, let window = search.ask(.counterChoice, id) {
            return search.found(id, .counterChoice, window)
        }
        if let best = search.askCandidates() { return search.found(best.id, .automatic, best.window) }
        return search.nothing()
    }

    /// An event that the automatic choice looks at.
    public struct Candidate: Sendable, Hashable {
        public var event: EventFacts
        /// The window that is open, or every reason why none is and when one opens.
        public var checkIns: CheckInWindow
        /// From now to the start of the current opening, either side; `nil` for an event that takes no check-ins now.
        public var distance: Instant.Span?
    }

    /// All events of the pillar's counters, the automatic choice first. Those that take check-ins now by the distance
    /// of their opening's start to now, either side; then the others, those first that open first; ties by id.
    public static func candidates(
        for pillar: PillarFacts, among events: [EventFacts], at instant: Instant
    ) -> [Candidate] {
        let candidates = events.filter(pillar.hosts).map { event in
            let checkIns = EventRules.checkInWindow(event, at: instant)
            guard case .open(let window) = checkIns else { return Candidate(event: event, checkIns: checkIns) }
            let distance = (window.opening.start - instant).magnitude
            return Candidate(event: event, checkIns: checkIns, distance: distance)
        }
        return candidates.sorted { rank($0) < rank($1) }
    }

    private static func rank(_ candidate: Candidate) -> (Int64, Int64, EventID) {
        let never = Int64.max
        switch candidate.checkIns {
        case .open: return (candidate.distance?.microseconds ?? never, 0, candidate.event.id)
        case .closed(_, let opens): return (never, opens?.microseconds ?? never, candidate.event.id)
        }
    }
}

extension PillarRules {
    /// The sources asked one after the other, with what each contributes to the answer's reasons and its end.
    private struct Search {
        let pillar: PillarFacts
        let events: [EventFacts]
        let instant: Instant
        var passedOver: [Assignment.PassedOver] = []
        /// When something next takes check-ins.
        var opens: [Instant] = []
        /// When what was asked may answer otherwise.
        var changes: [Instant] = []

        init(pillar: PillarFacts, events: [EventFacts], instant: Instant) {
            (self.pillar, self.events, self.instant) = (pillar, events, instant)
        }

        /// The window of the event that a source names.
        mutating func ask(_ source: Assignment.Source, _ id: EventID) -> CheckInWindow.Window? {
            guard let event = events.first(where: { $0.id == id }) else {
                passedOver.append(.init(source: source, event: id, reasons: [Reason(.eventNotFound)]))
                return nil
            }
            if source == .counterChoice, !pillar.hosts(event) {
                passedOver.append(.init(source: source, event: id, reasons: [Reason(.pillarEventNotAcceptable)]))
                return nil
            }
            note(change: EventRules.nextChange(event, after: instant))
            switch EventRules.checkInWindow(event, at: instant) {
            case .open(let window):
                return window
            case .closed(let reasons, let next):
                passedOver.append(.init(source: source, event: id, reasons: reasons))
                note(opens: next)
                return nil
            }
        }

        /// The best candidate, if it takes check-ins.
        mutating func askCandidates() -> (id: EventID, window: CheckInWindow.Window)? {
            var best: (id: EventID, window: CheckInWindow.Window)?
            for candidate in PillarRules.candidates(for: pillar, among: events, at: instant) {
                let id = candidate.event.id
                switch candidate.checkIns {
                case .open(let window):
                    if let best { note(change: overtaking(by: window, of: best.window, winsTies: id < best.id)) }
                    best = best ?? (id, window)
                    note(change: EventRules.nextChange(candidate.event, after: instant))
                case .closed(_, let next):
                    note(opens: next)
                }
            }
            if best == nil {
                var reason = Reason(.pillarNoEvent)
                if let next = opens.min() { reason.details = [.init("opensAt", .instant(next))] }
                passedOver.append(.init(source: .automatic, event: nil, reasons: [reason]))
            }
            return best
        }

        private mutating func note(change: Instant?) { if let change { changes.append(change) } }
        private mutating func note(opens next: Instant?) { if let next { opens.append(next) } }

        func found(_ id: EventID, _ source: Assignment.Source, _ window: CheckInWindow.Window) -> Assignment {
            Assignment(outcome: .event(id, source, window), passedOver: passedOver, validUntil: (changes + opens).min())
        }

        func nothing() -> Assignment {
            Assignment(
                outcome: .none(nextAt: opens.min()), passedOver: passedOver, validUntil: (changes + opens).min())
        }

        /// When a later start becomes nearer than the best one; `nil` for an earlier one, which only moves away.
        private func overtaking(
            by other: CheckInWindow.Window, of best: CheckInWindow.Window, winsTies: Bool
        ) -> Instant? {
            guard other.opening.start > best.opening.start else { return nil }
            let middle = Instant.middle(best.opening.start, other.opening.start)
            let isTie = middle - best.opening.start == other.opening.start - middle
            return isTie && !winsTies ? middle + .tick : middle
        }
    }
}
