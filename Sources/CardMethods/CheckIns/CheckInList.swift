import CardRules
import JSONRPC
import Postgres

enum CheckInList: Method {
    static let declaration = Declaration(
        "checkIn.list", .reads, by: .staff(.checkInRead),
        "Lists check-ins, newest first: a counter's own, an administrator's all (CHK-10, S11).",
        details: "Filters by event, time, counter, pillar, pass holder, and by the check-in's own id.")

    struct Params: Parameters {
        let id: CheckInID?
        let cardSystem: CardSystemID?
        let event: EventID?
        let counter: CounterID?
        let pillar: PillarID?
        let holder: PassHolderID?
        let from: Instant?
        let until: Instant?
        let page: PageRequest

        init(from reader: inout ParameterReader) {
            id = reader.optional("checkInId", "This one only.")
            cardSystem = reader.optional("cardSystemId", "Done in this card system.")
            event = reader.optional("eventId", "For this event.")
            counter = reader.optional("counterId", "By this counter.")
            pillar = reader.optional("pillarId", "By this pillar.")
            holder = reader.optional("passHolderId", "Of this pass holder.")
            from = reader.optional("from", "At this instant or later.")
            until = reader.optional("until", "Before this instant.")
            page = PageRequest(from: &reader)
            if let from, let until, from >= until { reader.refuse("until", "must be after from") }
        }

        var conditions: [SQL] {
            [
                id.map { "k.id = \($0)" }, cardSystem.map { "k.card_system_id = \($0)" },
                event.map { "k.event_id = \($0)" }, counter.map { "k.counter_id = \($0)" },
                pillar.map { "k.pillar_id = \($0)" }, holder.map { "k.holder_id = \($0)" },
                from.map { "k.checked_in_at >= \($0)" }, until.map { "k.checked_in_at < \($0)" },
            ].compactMap { $0 as SQL? }
        }
    }

    static func run(_ params: Params, in call: Call) throws -> Page<CheckInRecord> {
        var conditions: [SQL] = ["true", CheckInScope.condition(call)] + params.conditions
        let matching = SQL.joined(conditions, separator: " and ")
        let total: Int? =
            params.page.withTotal
            ? try call.transaction.query("select count(*) from check_in k where \(fragment: matching)")[0][0] : nil
        if let after = params.page.after { conditions.append("k.id < \(after.id)") }
        let rows = try call.acrossCardSystems {
            // A card of another card system may have been used here.
            try call.transaction.query(
                """
                \(fragment: CheckInRecord.select) where \(fragment: SQL.joined(conditions, separator: " and "))
                order by k.id desc limit \(params.page.limit + 1)
                """)
        }
        return params.page.page(try rows.map(CheckInRecord.init), total: total) { PageCursor(id: $0.id) }
    }
}

/// Which check-ins a caller may see and correct.
enum CheckInScope {
    /// All of the card systems that the caller administers; of a counter those that it or its pillars did, and those
    /// for events that it organizes or hosts.
    static func condition(_ call: Call) -> SQL {
        if call.scope.isOperator { return "true" }
        let administered = Array(call.scope.administered)
        guard let counter = call.caller.counter?.id, !call.scope.atCounter.isEmpty else {
            return "k.card_system_id = any (\(administered))"
        }
        let served = Array(call.scope.atCounter)
        return """
            (k.card_system_id = any (\(administered)) or k.card_system_id = any (\(served)) and (
                k.counter_id = \(counter)
                or exists (select from pillar_counter pk where pk.pillar_id = k.pillar_id and pk.counter_id =
                    \(counter))
                or exists (select from counter own join event oe on oe.id = k.event_id where own.id = \(counter)
                    and (oe.organizer_id = own.organizer_id or oe.place_id = any (own.location_ids)))))
            """
    }
}
