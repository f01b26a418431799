import CardRules
import JSONRPC
import Postgres

enum AssociationCreate: Method {
    static let declaration = Declaration(
        "association.create", .writes, by: [.operator, .cardSystemAdministrator],
        "Makes an association that pass holders can join.",
        details: "`association.setRight` says which counters see it, and which let people join.",
        refusals: [.cardSystemNotFound, .associationNameTaken])

    struct Params: Parameters {
        let cardSystem: CardSystemID
        let name: String
        let settings: AssociationSettings

        init(from reader: inout ParameterReader) {
            cardSystem = reader.required("cardSystemId", "Whose pass holders may join it.")
            name = reader.required("name", "What it is called; unique in the card system.")
            settings = AssociationSettings(from: &reader)
        }
    }

    static func run(_ params: Params, in call: Call) throws -> AssociationRecord {
        try call.requireAdministered(params.cardSystem)
        try call.requireFreeAssociationName(params.name, for: nil, in: params.cardSystem)
        let id: AssociationID = call.newID()
        call.audit.object(id)
        var changes = FieldChanges()
        params.settings.add(to: &changes)
        try call.transaction.run([
            """
            insert into association (id, card_system_id, name, end_date_type, renewable_months_before, created_at,
                version)
            values (\(id), \(params.cardSystem), \(params.name), \(EndDateType.custom), 3, \(call.now), 0)
            """,
            "update association set \(fragment: changes.sql) where id = \(id)",
        ])
        return try call.association(id)
    }
}
