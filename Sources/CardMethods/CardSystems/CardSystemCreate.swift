import CardRules
import JSONRPC
import Postgres

enum CardSystemCreate: Method {
    static let declaration = Declaration(
        "cardSystem.create", .writes, by: [.operator],
        "Makes a card system, with the usual permission groups to begin with.", refusals: [.cardSystemNameTaken])

    struct Params: Parameters {
        let name: String
        let settings: CardSystemSettings

        init(from reader: inout ParameterReader) {
            name = reader.required("name", "What it is called; unique.")
            settings = CardSystemSettings(from: &reader)
        }
    }

    static func run(_ params: Params, in call: Call) throws -> CardSystemRecord {
        let id: CardSystemID = call.newID()
        call.audit.cardSystem = id
        call.audit.object(id)
        if try call.transaction.first("select from card_system where name = \(params.name)") != nil {
            throw Refusal(.cardSystemNameTaken, at: "/name")
        }
        var changes = FieldChanges()
        params.settings.add(to: &changes, at: call.now)
        try call.transaction.run(
            [
                """
                insert into card_system (id, name, created_at, version) values (\(id), \(params.name), \(call.now), 0)
                """,
                "update card_system set \(fragment: changes.sql) where id = \(id)",
                "insert into tenant_head (card_system_id, hash) values (\(id), sha256(''))",
            ]
                + StandardGroup.allCases.map { group in
                    PermissionGroupRecord.insert(
                        call.newID(), cardSystem: id, name: group.name.nl,
                        Permission.allCases.filter(group.permissions.contains))
                })
        return try call.cardSystem(id)
    }
}
