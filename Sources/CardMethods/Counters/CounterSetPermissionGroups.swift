import CardRules
import JSONRPC
import Postgres

enum CounterSetPermissionGroups: Method {
    static let declaration = Declaration(
        "counter.setPermissionGroups", .writes, by: [.cardSystemAdministrator],
        "Puts a counter into permission groups of one card system: these and no others (PER-02).",
        details: "Only that card system's administrator says what a counter may do there.",
        refusals: [.counterNotFound, .cardSystemNotFound, .counterNotInCardSystem, .permissionGroupNotFound])

    struct Params: Parameters {
        let counter: CounterID
        let cardSystem: CardSystemID
        let groups: [ID<PermissionGroupKind>]

        init(from reader: inout ParameterReader) {
            counter = reader.required("counterId", "The counter.")
            cardSystem = reader.required("cardSystemId", "The card system whose groups they are.")
            groups = reader.required("permissionGroupIds", "All of its groups there; empty for no rights.")
        }
    }

    static func run(_ params: Params, in call: Call) throws -> CounterRecord {
        try call.requireAdministered(params.cardSystem)
        let counter = try call.counter(params.counter)
        call.audit.changedFields = ["permissionGroups"]
        let works = try call.transaction.first(
            """
            select from counter_card_system
            where counter_id = \(counter.id) and card_system_id = \(params.cardSystem)
            """)
        if works == nil { throw Refusal(.counterNotInCardSystem, at: "/cardSystemId") }
        // Held, so that none is removed meanwhile.
        let known: [ID<PermissionGroupKind>] = try call.transaction.query(
            """
            select id from permission_group
            where card_system_id = \(params.cardSystem) and id = any (\(params.groups)) for share
            """
        ).map { try $0[0] }
        try params.groups.enumerated().filter { !known.contains($0.element) }
            .map { Reason(.permissionGroupNotFound, at: "/permissionGroupIds/\($0.offset)") }.refuse()
        try call.transaction.run([
            """
            delete from counter_permission_group
            where counter_id = \(counter.id) and card_system_id = \(params.cardSystem)
                and permission_group_id <> all (\(known))
            """,
            """
            insert into counter_permission_group (counter_id, card_system_id, permission_group_id)
            select \(counter.id), \(params.cardSystem), unnest(\(known)) on conflict do nothing
            """,
        ])
        return try call.shownCounter(counter.id)
    }
}
