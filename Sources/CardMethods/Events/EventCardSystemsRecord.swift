import CardRules
import JSONRPC
import Postgres

/// The card systems of an event's organizer, which of them the event takes, and the keys that are chosen there.
struct EventCardSystemsRecord: ResultRecord {
    let event: EventID
    let organizer: OrganizerID
    let cardSystems: [CardSystem]
    /// `nil` while the event is not known.
    let version: Int?

    static let fields: [ResultField<EventCardSystemsRecord>] = [
        .init("eventId", "The cdbid.") { $0.event },
        .init("organizerId", "Who organizes it.") { $0.organizer },
        .init("cardSystems", "All card systems of the organizer, by id.") { $0.cardSystems },
        .init("version", "For writes; absent while the event is not known.") { $0.version },
    ]

    struct CardSystem: ResultRecord {
        let id: CardSystemID
        let name: String
        let isEnabled: Bool
        let keys: [Key]

        static let fields: [ResultField<CardSystem>] = [
            .init("cardSystemId", "The card system.") { $0.id },
            .init("name", "What it is called.") { $0.name },
            .init("isEnabled", "Whether the event takes it.") { $0.isEnabled },
            .init("manualDistributionKeys", "Its keys that hold only where they are chosen, by name.") { $0.keys },
        ]
    }

    struct Key: ResultRecord {
        let id: DistributionKeyID
        let name: String
        let isEnabled: Bool

        static let fields: [ResultField<Key>] = [
            .init("distributionKeyId", "The distribution key.") { $0.id },
            .init("name", "What it is called.") { $0.name },
            .init("isEnabled", "Whether it is chosen for the event.") { $0.isEnabled },
        ]
    }
}

/// What is stored of an organizer's card systems and of an event there; loaded where all card systems are visible.
struct EventCardSystems {
    private let event: EventID
    private let organizer: OrganizerID
    private let names: [CardSystemID: String]
    private let keys: [(id: DistributionKeyID, name: String, facts: EventCardSystemFacts.Key)]
    private let set: [EventCardSystem]?

    /// As of an instant: of the sets that were made for this organizer the last one holds.
    init(of event: EventID, organizer: OrganizerID, at instant: Instant, in call: Call) throws {
        (self.event, self.organizer) = (event, organizer)
        let works: SQL = """
            select k.card_system_id from counter c join counter_card_system k on k.counter_id = c.id
            where c.organizer_id = \(organizer)
            """
        let answers = try call.asPlatform {
            try call.transaction.run([
                "select s.id, s.name from card_system s where s.id in (\(fragment: works))",
                """
                select k.id, k.card_system_id, k.name, coalesce(t.is_automatic, false) as is_automatic
                from distribution_key k left join lateral (
                    select is_automatic from distribution_key_term t
                    where t.distribution_key_id = k.id and t.valid_from <= \(instant)
                    order by t.valid_from desc limit 1
                ) as t on true
                where k.card_system_id in (\(fragment: works)) order by lower(k.name), k.id
                """,
                """
                select p.id, s.card_system_id, s.is_enabled, s.distribution_key_ids
                from (
                    select id from event_card_system_set
                    where event_id = \(event) and organizer_id = \(organizer) and valid_from <= \(instant)
                    order by valid_from desc, number desc limit 1
                ) as p left join event_card_system s on s.set_id = p.id
                """,
            ])
        }
        names = Dictionary(uniqueKeysWithValues: try answers[0].map { (try $0["id"], try $0["name"]) })
        keys = try answers[1].map {
            let facts = EventCardSystemFacts.Key(
                of: try $0["card_system_id"], isAutomatic: try $0["is_automatic"])
            return (id: try $0["id"], name: try $0["name"], facts: facts)
        }
        // A set of none is a set: it has one row, of no card system.
        set = answers[2].isEmpty ? nil : try answers[2].compactMap(Self.choice)
    }

    private static func choice(_ row: Row) throws -> EventCardSystem? {
        guard let cardSystem = try row["card_system_id"] as CardSystemID? else { return nil }
        return EventCardSystem(
            cardSystem, isEnabled: try row["is_enabled"], keys: try row["distribution_key_ids"])
    }

    func facts(known: Set<CardSystemID>, hasTicketSales: Bool) -> EventCardSystemFacts {
        EventCardSystemFacts(
            known: known, ofOrganizer: Set(names.keys),
            keys: Dictionary(uniqueKeysWithValues: keys.map { ($0.id, $0.facts) }), hasTicketSales: hasTicketSales)
    }

    func record(version: Int?) -> EventCardSystemsRecord {
        let cardSystems = EventCardSystemRules.cardSystems(of: Set(names.keys), set: set).map { choice in
            EventCardSystemsRecord.CardSystem(
                id: choice.cardSystem, name: names[choice.cardSystem] ?? "", isEnabled: choice.isEnabled,
                keys: keys.filter { $0.facts.cardSystem == choice.cardSystem && !$0.facts.isAutomatic }.map {
                    .init(id: $0.id, name: $0.name, isEnabled: choice.keys.contains($0.id))
                })
        }
        return EventCardSystemsRecord(
            event: event, organizer: organizer, cardSystems: cardSystems, version: version)
    }

    /// Whether an event has a sale that is neither cancelled nor lapsed; as a condition.
    static func hasTicketSales(event: SQL, at now: Instant) -> SQL {
        """
        exists (select from ticket_sale live where live.event_id = \(fragment: event)
            and (live.status = 'confirmed' or live.status = 'reserved' and live.reserved_until > \(now)))
        """
    }
}
