import CardRules
import JSONRPC
import Postgres

enum AssociationUpdate: Method {
    static let declaration = Declaration(
        "association.update", .writes, by: [.operator, .cardSystemAdministrator],
        "Changes an association; memberships that there are keep their end dates until they are renewed.",
        refusals: [.associationNotFound, .associationNameTaken])

    struct Params: Parameters {
        let association: AssociationID
        let version: Int?
        let name: String?
        let settings: AssociationSettings

        init(from reader: inout ParameterReader) {
            association = reader.required("associationId", "The association.")
            version = reader.optional("version", "The version it had when it was read; else whatever it is now.")
            name = reader.optional("name", "What it is called; unique in the card system.")
            settings = AssociationSettings(from: &reader)
        }
    }

    static func run(_ params: Params, in call: Call) throws -> AssociationRecord {
        let old = try call.administeredAssociation(params.association)
        var changes = FieldChanges()
        changes.set("name", to: params.name) { "name = \($0)" }
        params.settings.add(to: &changes)
        call.audit.changedFields = changes.names
        try call.requireVersion(params.version, is: old.version, changed: changes.names)
        try call.requireFreeAssociationName(params.name, for: old.id, in: old.cardSystem)
        try call.transaction.execute("update association set \(fragment: changes.sql) where id = \(old.id)")
        return try call.association(old.id)
    }
}
