/// A card system that an event takes, with the keys that are chosen for it there.
public struct EventCardSystem: Sendable, Hashable {
    public var cardSystem: CardSystemID
    public var isEnabled: Bool
    public var keys: [DistributionKeyID]

    public init(_ cardSystem: CardSystemID, isEnabled: Bool = true, keys: [DistributionKeyID] = []) {
        (self.cardSystem, self.isEnabled, self.keys) = (cardSystem, isEnabled, keys)
    }
}

/// What has to be known to say which card systems an event takes.
public struct EventCardSystemFacts: Sendable, Hashable {
    /// All that exist, of those that are named.
    public var known: Set<CardSystemID>
    /// Those that counters of the event's organizer work in.
    public var ofOrganizer: Set<CardSystemID>
    /// The keys of the organizer's card systems: whose each is, and whether it is applied without being chosen.
    public var keys: [DistributionKeyID: Key]
    /// Whether there is a sale that is neither cancelled nor lapsed.
    public var hasTicketSales: Bool

    public struct Key: Sendable, Hashable {
        public var cardSystem: CardSystemID
        public var isAutomatic: Bool

        public init(of cardSystem: CardSystemID, isAutomatic: Bool) {
            (self.cardSystem, self.isAutomatic) = (cardSystem, isAutomatic)
        }
    }

    public init(
        known: Set<CardSystemID>, ofOrganizer: Set<CardSystemID>, keys: [DistributionKeyID: Key], hasTicketSales: Bool
    ) {
        (self.known, self.ofOrganizer, self.keys, self.hasTicketSales) = (known, ofOrganizer, keys, hasTicketSales)
    }
}

/// Which card systems an event takes.
public enum EventCardSystemRules {
    /// EVC-01, EVC-02: the organizer's card systems by id, all of them enabled until a set says otherwise; then those
    /// that it names and does not disable.
    public static func cardSystems(
        of organizer: Set<CardSystemID>, set: [EventCardSystem]?
    ) -> [EventCardSystem] {
        let named = Dictionary((set ?? []).map { ($0.cardSystem, $0) }) { first, _ in first }
        return organizer.sorted().map { named[$0] ?? EventCardSystem($0, isEnabled: set == nil) }
    }

    /// EVC-03, EVC-04: everything that is against a set, each with the place of what it is about.
    public static func reasons(against set: [EventCardSystem], _ facts: EventCardSystemFacts) -> [Reason] {
        var reasons = facts.hasTicketSales ? [Reason(.eventHasTicketSales, at: "/eventId")] : []
        for (index, choice) in set.enumerated() {
            let place = "/cardSystems/\(index)"
            if !facts.known.contains(choice.cardSystem) {
                reasons.append(Reason(.cardSystemNotFound, at: "\(place)/cardSystemId"))
            } else if !facts.ofOrganizer.contains(choice.cardSystem) {
                reasons.append(Reason(.cardSystemNotOfOrganizer, at: "\(place)/cardSystemId"))
            }
            for (keyIndex, id) in choice.keys.enumerated() {
                let place = "\(place)/distributionKeyIds/\(keyIndex)"
                guard let key = facts.keys[id] else {
                    reasons.append(Reason(.distributionKeyNotFound, at: place))
                    continue
                }
                if key.cardSystem != choice.cardSystem || key.isAutomatic {
                    reasons.append(Reason(.distributionKeyNotApplicable, at: place))
                }
            }
        }
        return reasons
    }
}
