import CardRules
import JSONRPC
import Postgres

enum CounterCreate: Method {
    static let declaration = Declaration(
        "counter.create", .writes, by: [.operator],
        "Makes a counter for a card system, on its request; an administrator then activates it.",
        refusals: [.cardSystemNotFound, .municipalityNotFound, .counterNameTaken, .counterKeyTaken])

    struct Params: Parameters {
        let cardSystem: CardSystemID
        let name: String
        let fields: CounterFields

        init(from reader: inout ParameterReader) {
            cardSystem = reader.required("cardSystemId", "The card system.")
            name = reader.required("name", "What it is called; unique in the card system.")
            fields = CounterFields(from: &reader)
        }
    }

    static func run(_ params: Params, in call: Call) throws -> CounterRecord {
        let cardSystem = params.cardSystem
        try call.requireAdministered(cardSystem)
        try call.requireMunicipality(params.fields.municipality.applied(to: nil), in: cardSystem)
        let id: CounterID = call.newID()
        try call.requireFree(name: params.name, key: params.fields.key.applied(to: nil), for: id, in: cardSystem)
        var changes = FieldChanges()
        params.fields.add(to: &changes)
        try call.transaction.run([
            """
            insert into counter (id, card_system_id, name, created_at, version)
            values (\(id), \(cardSystem), \(params.name), \(call.now), 0)
            """,
            "update counter set \(fragment: changes.sql) where id = \(id)",
            "insert into counter_card_system (counter_id, card_system_id) values (\(id), \(cardSystem))",
        ])
        return try call.shownCounter(id)
    }
}
