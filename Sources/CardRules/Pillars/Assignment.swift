/// What a pillar shows at an instant, why, and until when that is known to hold.
public struct Assignment: Sendable, Hashable {
    /// What decided on the event, first things first (KIO-03).
    public enum Source: String, Sendable, Hashable, CaseIterable {
        case fixed, counterChoice, automatic
    }

    public enum Outcome: Sendable, Hashable {
        /// Check-ins are given for this event, in this window.
        case event(EventID, Source, CheckInWindow.Window)
        /// No points are given; `nextAt` is when an event is next shown, `nil` if none is by what is known now.
        case none(nextAt: Instant?)
    }

    /// A source that was asked before and gave no event.
    public struct PassedOver: Sendable, Hashable {
        public var source: Source
        /// The event that the source names; `nil` for the automatic choice.
        public var event: EventID?
        /// At least one.
        public var reasons: [Reason]
    }

    public var outcome: Outcome
    /// Why the sources before the one that decided gave nothing; all of them if there is no event.
    public var passedOver: [PassedOver]
    /// The first instant at which the answer may be another, as long as no fact changes: it may be served until then.
    /// `nil` if it never will be another.
    public var validUntil: Instant?

    /// What a check-in at the pillar is refused with; `nil` while there is an event.
    public var refusal: Refusal? {
        guard case .none = outcome else { return nil }
        return Refusal(passedOver.flatMap(\.reasons))
    }
}
