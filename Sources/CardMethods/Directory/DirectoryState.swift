import CardRules

/// What is asked all day, as plain values: pillars, the counters they stand at, the events they may show.
struct DirectoryState: Sendable {
    struct CardSystemEntry: Sendable {
        var margins: CheckInMargins
        var warningDays: Int
    }

    struct CounterEntry: Sendable {
        var cardSystem: CardSystemID
        var isActive: Bool
        var organizer: OrganizerID?
        var places: [PlaceID]
        var cardSystems: [CardSystemID]
    }

    struct PillarEntry: Sendable {
        var facts: PillarFacts
        var cardSystem: CardSystemID
        var counters: [CounterID]
        var version: Int
        /// The hash of its device's credential; `nil` without a device.
        var credential: [UInt8]?
    }

    struct EventEntry: Sendable {
        var facts: EventFacts
        var checkInCode: String
    }

    var cardSystems: [CardSystemID: CardSystemEntry] = [:]
    var counters: [CounterID: CounterEntry] = [:]
    var pillars: [PillarID: PillarEntry] = [:]
    private(set) var events: [EventID: EventEntry] = [:]
    private var byOrganizer: [OrganizerID: Set<EventID>] = [:]
    private var byPlace: [PlaceID: Set<EventID>] = [:]
    private var marginsByOrganizer: [OrganizerID: CheckInMargins] = [:]

    /// Takes an event in, or replaces what was known of it.
    mutating func put(_ event: EventEntry) {
        remove(event.facts.id)
        events[event.facts.id] = event
        if let organizer = event.facts.organizer { byOrganizer[organizer, default: []].insert(event.facts.id) }
        if let place = event.facts.place { byPlace[place, default: []].insert(event.facts.id) }
    }

    mutating func remove(_ id: EventID) {
        guard let old = events.removeValue(forKey: id) else { return }
        if let organizer = old.facts.organizer { byOrganizer[organizer]?.remove(id) }
        if let place = old.facts.place { byPlace[place]?.remove(id) }
    }

    /// The event with the margins that hold for it: of the card systems of its organizer's counters the widest.
    func event(_ id: EventID) -> EventEntry? {
        guard var entry = events[id] else { return nil }
        entry.facts.checkInMargins = margins(of: entry.facts)
        return entry
    }

    private func margins(of event: EventFacts) -> CheckInMargins {
        event.organizer.flatMap { marginsByOrganizer[$0] } ?? .standard
    }

    /// Works out what follows from counters and card systems; to be called after either changed.
    mutating func index() {
        var margins: [OrganizerID: [CheckInMargins]] = [:]
        for counter in counters.values {
            guard let organizer = counter.organizer else { continue }
            margins[organizer, default: []] += counter.cardSystems.compactMap { cardSystems[$0]?.margins }
        }
        marginsByOrganizer = margins.mapValues { CheckInMargins.widest(of: $0) }
    }

    /// The pillars whose choice may look at one of the events: there may be thousands, so no facts are made for it.
    func pillars(near ids: Set<EventID>) -> Set<PillarID> {
        if ids.isEmpty { return [] }
        let events = ids.compactMap { self.events[$0]?.facts }
        let hosts = Set(
            counters.filter { counter in
                events.contains { event in
                    counter.value.organizer != nil && counter.value.organizer == event.organizer
                        || event.place.map(counter.value.places.contains) == true
                }
            }.keys)
        return Set(
            pillars.filter { pillar in
                [pillar.value.facts.fixedEvent, pillar.value.facts.counterChoice].contains {
                    $0.map(ids.contains) == true
                } || pillar.value.counters.contains(where: hosts.contains)
            }.keys)
    }

    /// All events that a pillar's choice looks at.
    func events(for pillar: PillarEntry) -> [EventFacts] {
        var ids = Set<EventID>()
        for organizer in pillar.facts.organizers { ids.formUnion(byOrganizer[organizer] ?? []) }
        for place in pillar.facts.places { ids.formUnion(byPlace[place] ?? []) }
        ids.formUnion([pillar.facts.fixedEvent, pillar.facts.counterChoice].compactMap(\.self))
        return ids.compactMap { event($0)?.facts }
    }

    /// The events that can decide on what a pillar shows: a strict one with a fixed event looks at no other.
    func events(deciding pillar: PillarEntry) -> [EventFacts] {
        guard pillar.facts.whenFixedEventEnds == .strict, let fixed = pillar.facts.fixedEvent else {
            return events(for: pillar)
        }
        return [event(fixed)?.facts].compactMap(\.self)
    }

    /// The pillar's facts with the organizers and places that its counters are now.
    func pillar(_ id: PillarID) -> PillarEntry? {
        guard var pillar = pillars[id] else { return nil }
        let counters = pillar.counters.compactMap { self.counters[$0] }
        pillar.facts.organizers = Set(counters.compactMap(\.organizer))
        pillar.facts.places = Set(counters.flatMap(\.places))
        return pillar
    }
}
