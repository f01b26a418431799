import CardRules
import JSONRPC
import Postgres

/// Which check-ins an overview is about.
struct CheckInFilter: Sendable {
    let id: CheckInID?
    let cardSystem: CardSystemID?
    let event: EventID?
    let counter: CounterID?
    let pillar: PillarID?
    let holder: PassHolderID?
    let isCancelled: Bool?
    let from: Instant?
    let until: Instant?

    init(from reader: inout ParameterReader) {
        let id: CheckInID? = reader.optional("checkInId", "This one only.")
        let cardSystem: CardSystemID? = reader.optional("cardSystemId", "Done in this card system.")
        let event: EventID? = reader.optional("eventId", "For this event.")
        let isCancelled: Bool? = reader.optional(
            "isCancelled", "Only those that were cancelled, or only those that stand.")
        self.init(id, cardSystem, event, isCancelled: isCancelled, from: &reader)
    }

    /// Those that stand, of one event in one card system.
    init(ofOneEvent reader: inout ParameterReader) {
        let cardSystem: CardSystemID = reader.required("cardSystemId", "Done in this card system.")
        let event: EventID = reader.required("eventId", "For this event.")
        self.init(nil, cardSystem, event, isCancelled: false, from: &reader)
    }

    private init(
        _ id: CheckInID?, _ cardSystem: CardSystemID?, _ event: EventID?, isCancelled: Bool?,
        from reader: inout ParameterReader
    ) {
        (self.id, self.cardSystem, self.event, self.isCancelled) = (id, cardSystem, event, isCancelled)
        counter = reader.optional("counterId", "By this counter.")
        pillar = reader.optional("pillarId", "By this pillar.")
        holder = reader.optional("passHolderId", "Of this pass holder.")
        from = reader.optional("from", "At this instant or later.")
        until = reader.optional("until", "Before this instant.")
        if let from, let until, from >= until { reader.refuse("until", "must be after from") }
    }

    /// Those that fit, among those that the caller may see.
    func condition(_ call: Call) -> SQL {
        let conditions: [SQL?] = [
            CheckInScope.condition(call), id.map { "k.id = \($0)" }, cardSystem.map { "k.card_system_id = \($0)" },
            event.map { "k.event_id = \($0)" }, counter.map { "k.counter_id = \($0)" },
            pillar.map { "k.pillar_id = \($0)" }, holder.map { "k.holder_id = \($0)" },
            isCancelled.map { "(k.cancelled_at is not null) = \($0)" },
            from.map { "k.checked_in_at >= \($0)" }, until.map { "k.checked_in_at < \($0)" },
        ]
        return SQL.joined(conditions.compactMap(\.self), separator: " and ")
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
