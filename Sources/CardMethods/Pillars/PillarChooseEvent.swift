import CardRules
import JSONRPC
import Postgres

enum PillarChooseEvent: Method {
    static let declaration = Declaration(
        "pillar.chooseEvent", .writes, by: [.counterStaff, .cardSystemAdministrator, .operator],
        "A counter chooses the event of its pillar; without an event, the choice is automatic again.",
        details: "An administrator's fixed event wins over the choice (KIO-03).",
        refusals: [
            .pillarNotFound, .eventNotFound, .pillarEventNotAcceptable, .eventNotPublished, .eventUnavailable,
            .eventNoFutureOpening,
        ])

    struct Params: Parameters {
        let pillar: PillarID
        let event: EventID?

        init(from reader: inout ParameterReader) {
            pillar = reader.required("pillarId", "The pillar.")
            event = reader.optional("eventId", "The event's cdbid; absent: the pillar chooses by itself.")
        }
    }

    static func run(_ params: Params, in call: Call) throws -> PillarRecord {
        let pillar = try call.pillar(params.pillar, lock: true)
        if let event = params.event { try call.requireAcceptable(event, for: pillar) }
        call.audit.changedFields = ["chosenEventId"]
        try call.transaction.execute(
            "update pillar set chosen_event_id = \(params.event), version = version + 1 where id = \(pillar.id)")
        return try call.pillar(pillar.id).warned(call)
    }
}
