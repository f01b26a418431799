import CardRules
import JSONRPC
import Postgres

enum EventSetCardSystems: Method {
    static let declaration = Declaration(
        "event.setCardSystems", .writes,
        by: [.operator, .cardSystemAdministrator, .municipalityAdministrator, .counter(.eventCardSystemWrite)],
        "Says which card systems an event of one's own takes, and which distribution keys hold (EVC-02 to EVC-06).",
        details: "Replaces what was said before: a card system that is not named is not taken, and with none it is no "
            + "UiTPAS event. Possible before the event is known here, and no more once tickets are sold.",
        refusals: [
            .organizerNotFound, .cardSystemNotFound, .cardSystemNotOfOrganizer, .distributionKeyNotFound,
            .distributionKeyNotApplicable, .eventHasTicketSales,
        ])

    struct Params: Parameters {
        let event: EventReference
        let organizer: OrganizerID?
        let version: Int?
        let cardSystems: [EventCardSystem]

        init(from reader: inout ParameterReader) {
            event = reader.required("eventId", "The cdbid, or the whole link of UiTdatabank.")
            organizer = reader.optional(
                "organizerId", "Who will organize it, while the event is not known; at a counter its own if absent.")
            version = reader.optional("version", "The version that the change was made against.")
            let named: [EventCardSystemParams] = reader.required("cardSystems", "All that it takes.")
            cardSystems = named.map(\.choice)
            if Set(cardSystems.map(\.cardSystem)).count < cardSystems.count {
                reader.refuse("cardSystems", "must name each card system once")
            }
        }
    }

    static func run(_ params: Params, in call: Call) throws -> EventCardSystemsRecord {
        let id = params.event.id
        let event = try call.transaction.first("select organizer_id, version from event where id = \(id) for update")
        let organizer = try organizer(params, of: event, in: call)
        try call.requireOrganizer(organizer)
        call.audit.object(id)
        call.audit.changedFields = ["cardSystems"]
        let version = try event.map { try $0["version"] as Int }
        if let version { try call.requireVersion(params.version, is: version, changed: call.audit.changedFields) }
        let stored = try EventCardSystems(of: id, organizer: organizer, at: call.now, in: call)
        let facts = try call.asPlatform {
            let named = params.cardSystems.map(\.cardSystem)
            return stored.facts(
                known: Set(
                    try call.transaction.query("select id from card_system where id = any (\(named))")
                        .map { try $0[0] as CardSystemID }),
                hasTicketSales: try call.transaction.query(
                    "select \(fragment: EventCardSystems.hasTicketSales(event: "\(id)", at: call.now))")[0][0])
        }
        try EventCardSystemRules.reasons(against: params.cardSystems, facts).refuse()
        try write(params.cardSystems, of: id, organizer: organizer, in: call)
        return try EventCardSystems(of: id, organizer: organizer, at: call.now, in: call)
            .record(version: version.map { $0 + 1 })
    }

    /// Who organizes the event, or will.
    private static func organizer(_ params: Params, of event: Row?, in call: Call) throws -> OrganizerID {
        if let event {
            guard let organizer = try event["organizer_id"] as OrganizerID? else {
                throw Refusal(.organizerNotFound, at: "/eventId")
            }
            return organizer
        }
        if let organizer = params.organizer { return organizer }
        let own = try call.transaction.query(
            "select organizer_id from counter where id = \(call.caller.counter?.id)")
        guard let organizer = try own.compactMap({ try $0[0] as OrganizerID? }).first else {
            throw InvalidParameters(problems: [
                Problem(pointer: "/organizerId", reason: "must be given while the event is not known")
            ])
        }
        return organizer
    }

    private static func write(
        _ cardSystems: [EventCardSystem], of event: EventID, organizer: OrganizerID, in call: Call
    ) throws {
        let set: ID<Never> = call.newID()
        try call.transaction.run(
            [
                """
                insert into event_card_system_set (id, event_id, organizer_id, valid_from, set_by)
                values (\(set), \(event), \(organizer), \(call.now), \(call.caller.accountID))
                """
            ]
                + cardSystems.map { choice in
                    """
                    insert into event_card_system (set_id, card_system_id, is_enabled, distribution_key_ids)
                    values (\(set), \(choice.cardSystem), \(choice.isEnabled), \(choice.keys))
                    """
                }
                // Whoever remembers the event is told.
                + ["update event set version = version + 1 where id = \(event)"])
    }
}

/// A card system that an event takes, as `event.setCardSystems` takes it.
struct EventCardSystemParams: ObjectParameter {
    let choice: EventCardSystem

    init(from reader: inout ParameterReader) {
        let cardSystem: CardSystemID = reader.required("cardSystemId", "The card system.")
        let isEnabled: Bool = reader.optional("isEnabled", default: true, "False says that it is not taken.")
        let keys: [DistributionKeyID]? = reader.optional(
            "distributionKeyIds", "Keys of it that hold for the event; without any, the counter's or automatic ones.")
        if !isEnabled, keys?.isEmpty == false {
            reader.refuse("distributionKeyIds", "needs a card system that is taken")
        }
        choice = EventCardSystem(cardSystem, isEnabled: isEnabled, keys: keys ?? [])
    }
}
