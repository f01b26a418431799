import CardRules
import JSONRPC
import Postgres

enum CardSystemUpdate: Method {
    static let declaration = Declaration(
        "cardSystem.update", .writes, by: [.operator, .cardSystemAdministrator],
        "Changes the name or the settings of a card system.",
        details: "What is absent stays; `null` clears the web site or the information.",
        refusals: [.cardSystemNotFound, .cardSystemNameTaken])

    struct Params: Parameters {
        let cardSystem: CardSystemID
        let version: Int?
        let name: String?
        let settings: CardSystemSettings

        init(from reader: inout ParameterReader) {
            cardSystem = reader.required("cardSystemId", "The card system.")
            version = reader.optional("version", "The version it had when it was read; else whatever it is now.")
            name = reader.optional("name", "What it is called; unique.")
            settings = CardSystemSettings(from: &reader)
        }
    }

    static func run(_ params: Params, in call: Call) throws -> CardSystemRecord {
        let id = params.cardSystem
        try call.requireAdministered(id)
        call.audit.object(id)
        var changes = FieldChanges()
        changes.set("name", to: params.name) { "name = \($0)" }
        params.settings.add(to: &changes, at: call.now)
        call.audit.changedFields = changes.names
        let current: Int = try call.transaction.query("select version from card_system where id = \(id) for update")[0][
            0]
        try call.requireVersion(params.version, is: current, changed: changes.names)
        if try call.transaction.first("select from card_system where name = \(params.name) and id <> \(id)") != nil {
            throw Refusal(.cardSystemNameTaken, at: "/name")
        }
        try call.change(.cardSystem, id, by: "update card_system set \(fragment: changes.sql) where id = \(id)")
        return try call.cardSystem(id)
    }
}
