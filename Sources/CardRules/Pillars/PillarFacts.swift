/// What the rules need to know of a pillar.
public struct PillarFacts: Sendable, Hashable {
    /// What a pillar does while its fixed event takes no check-ins: before, between and after its openings, or because
    /// it cannot be used at all.
    public enum WhenFixedEventEnds: String, Sendable, Hashable, CaseIterable {
        /// It gives no points, and tells why and when next.
        case strict
        /// It goes on with the counter's choice, then automatically.
        case fallback
    }

    public var id: PillarID
    /// Set by an administrator.
    public var fixedEvent: EventID?
    /// Set by one of the pillar's counters.
    public var counterChoice: EventID?
    public var whenFixedEventEnds: WhenFixedEventEnds
    /// Whether the device shows a code to check in by.
    public var showsCheckInCode: Bool
    /// The organizers that the pillar's counters are.
    public var organizers: Set<OrganizerID>
    /// The places that the pillar's counters are.
    public var places: Set<PlaceID>

    public init(
        id: PillarID, fixedEvent: EventID?, counterChoice: EventID?, whenFixedEventEnds: WhenFixedEventEnds,
        showsCheckInCode: Bool, organizers: Set<OrganizerID>, places: Set<PlaceID>
    ) {
        (self.id, self.fixedEvent, self.counterChoice) = (id, fixedEvent, counterChoice)
        (self.whenFixedEventEnds, self.showsCheckInCode) = (whenFixedEventEnds, showsCheckInCode)
        (self.organizers, self.places) = (organizers, places)
    }

    /// Whether an event belongs to one of the pillar's counters, as its organizer or as its location.
    public func hosts(_ event: EventFacts) -> Bool {
        event.organizer.map(organizers.contains) == true || event.place.map(places.contains) == true
    }
}
