import CardRules
import JSONRPC
import Postgres

enum AdvantageCreate: Method {
    static let declaration = Declaration(
        "advantage.create", .writes,
        by: [.operator, .cardSystemAdministrator, .municipalityAdministrator, .counter(.advantageWrite)],
        "Enters a welcome or an exchange advantage (ADV-01 to ADV-03, ADV-14 to ADV-16, S14, S15).",
        details: "An administrator of a municipality enters those that it offers at its counters, staff those of their "
            + "own counter; without `counterIds` it is the first of these (ADV-02). A welcome is for members of its own "
            + "card system and an exchange for all members, if `cardSystemIds` is absent. What may not be meant so, such "
            + "as a period that began already, is told in `warnings`.",
        refusals: [
            .cardSystemNotFound, .municipalityNotFound, .counterNotFound, .counterNotInCardSystem, .advantageNotOnline,
        ])

    struct Params: Parameters {
        let cardSystem: CardSystemID
        let type: AdvantageType
        let fields: AdvantageFields

        init(from reader: inout ParameterReader) {
            cardSystem = reader.required("cardSystemId", "Whose it is.")
            type = reader.required("type", "For becoming a member, or in exchange for points; it stays.")
            fields = AdvantageFields(from: &reader)
            if fields.status == .deleted { reader.refuse("status", "must be active or inactive") }
        }
    }

    static func run(_ params: Params, in call: Call) throws -> AdvantageRecord {
        try call.requireCardSystem(params.cardSystem)
        try call.require(call.knowsOwner(params.cardSystem))
        call.audit.cardSystem = params.cardSystem
        var draft = AdvantageDraft(params.type, of: params.cardSystem, at: call.now)
        draft.apply(params.fields)
        if params.fields.counters == nil { draft.terms.counters = try defaultCounters(params, in: call) }
        if !draft.problems.isEmpty { throw InvalidParameters(problems: draft.problems) }
        try (call.reasons(against: draft, of: params.cardSystem, named: params.fields) + draft.reasons).refuse()
        try call.requireMayWrite(draft, of: params.cardSystem)
        let id: AdvantageID = call.newID()
        call.audit.object(id)
        let row = try call.transaction.query(
            """
            insert into advantage as a (id, card_system_id, entered_at, entered_by, \(fragment: AdvantageDraft.columns))
            values (\(id), \(params.cardSystem), \(call.now), \(call.caller.accountID), \(fragment: draft.values))
            returning \(fragment: AdvantageRecord.columns)
            """)[0]
        try call.recordHistory(of: id)
        return try AdvantageRecord(row: row, today: Brussels.date(call.now))
    }

    /// ADV-02: the counter at which the caller works, or the first one of the municipality that offers it.
    private static func defaultCounters(_ params: Params, in call: Call) throws -> Set<CounterID> {
        if call.scope.administers(params.cardSystem) { return [] }
        if call.scope.atCounter.contains(params.cardSystem), let own = call.caller.counter?.id { return [own] }
        let first = try call.transaction.first(
            """
            select c.id from counter c
            where c.municipality_id = \(params.fields.municipality.applied(to: nil)) and c.status = 'active'
            order by lower(c.name), c.id limit 1
            """)
        return try first.map { [try $0[0]] } ?? []
    }
}
