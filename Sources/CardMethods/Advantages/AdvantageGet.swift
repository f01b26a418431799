import CardRules
import JSONRPC
import Postgres

enum AdvantageGet: Method {
    static let declaration = Declaration(
        "advantage.get", .reads,
        by: [
            .counter(.advantageRead), .counter(.advantageWrite), .cardSystemAdministrator, .municipalityAdministrator,
            .operator,
        ],
        "Tells all of an advantage, now or as it was at an instant.",
        details: "One that may be taken in own card systems is told to them too, without what is its owner's.",
        refusals: [.advantageNotFound])

    struct Params: Parameters {
        let advantage: AdvantageID
        let at: Instant?

        init(from reader: inout ParameterReader) {
            advantage = reader.required("advantageId", "The advantage.")
            at = reader.optional("at", "As it was then; as it is now if absent.")
        }
    }

    static func run(_ params: Params, in call: Call) throws -> AdvantageRecord {
        let row = try call.transaction.first(
            """
            select \(fragment: AdvantageRecord.columns) from \(fragment: source(params)) a
            where a.id = \(params.advantage) and a.status <> 'deleted'
            """)
        guard let row else { throw Refusal(.advantageNotFound, at: "/advantageId") }
        let record = try AdvantageRecord(
            row: row, today: Brussels.date(params.at ?? call.now), asOf: params.at != nil)
        // One of another card system is known while its members may take it.
        let isTakenHere =
            record.draft.terms.status == .active && call.scope.cardSystems.contains(where: record.draft.terms.applies)
        guard call.knowsOwner(record.cardSystem) || isTakenHere else {
            throw Refusal(.advantageNotFound, at: "/advantageId")
        }
        return record.shown(to: call)
    }

    private static func source(_ params: Params) -> SQL {
        guard let at = params.at else { return "advantage" }
        return """
            (select stored.* from advantage_history h
                cross join lateral jsonb_populate_record(null::advantage, h.terms) stored
                where h.advantage_id = \(params.advantage) and h.valid_from <= \(at) order by h.version desc limit 1)
            """
    }
}
