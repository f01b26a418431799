import CardRules
import JSONRPC
import Postgres

enum PillarSetFixedEvent: Method {
    static let declaration = Declaration(
        "pillar.setFixedEvent", .writes, by: [.cardSystemAdministrator, .operator],
        "Fixes a pillar on an event; that wins over what a counter chose (KIO-03, KIO-05).",
        refusals: [
            .pillarNotFound, .eventNotFound, .pillarEventNotAcceptable, .eventNotPublished, .eventUnavailable,
            .eventNoFutureOpening,
        ])

    static func run(_ params: PillarEventParams, in call: Call) throws -> PillarRecord {
        let pillar = try call.pillar(params.pillar, lock: true)
        try call.requireAcceptable(params.event, for: pillar)
        call.audit.changedFields = ["fixedEventId"]
        try call.transaction.execute(
            "update pillar set fixed_event_id = \(params.event), version = version + 1 where id = \(pillar.id)")
        return try call.pillar(pillar.id).warned(call)
    }
}
