import CardRules
import JSONRPC
import Postgres

enum PillarClearFixedEvent: Method {
    static let declaration = Declaration(
        "pillar.clearFixedEvent", .writes, by: [.cardSystemAdministrator, .operator],
        "Lets a pillar show the counter's choice or the automatic event again (KIO-06).",
        refusals: [.pillarNotFound, .pillarNoFixedEvent])

    static func run(_ params: PillarParams, in call: Call) throws -> PillarRecord {
        let pillar = try call.pillar(params.pillar, lock: true)
        if pillar.fixedEvent == nil { throw Refusal(.pillarNoFixedEvent) }
        call.audit.changedFields = ["fixedEventId"]
        try call.transaction.execute(
            "update pillar set fixed_event_id = null, version = version + 1 where id = \(pillar.id)")
        return try call.pillar(pillar.id)
    }
}
