import CardRules
import JSONRPC
import Postgres

enum GroupPassUpdate: Method {
    static let declaration = Declaration(
        "groupPass.update", .writes, by: .staff(.groupPassWrite), "Changes what is said of a group.",
        details: "What is absent stays; `null` clears a field. `groupPass.renew` changes how long the pass holds, "
            + "`groupPass.replaceCard` the card, and with it whether the group has opportunity.",
        refusals: [.groupPassNotFound])

    struct Params: Parameters {
        let pass: GroupPassID
        let version: Int?
        let name: String?
        let fields: GroupFields
        let address: AddressParams?

        init(from reader: inout ParameterReader) {
            pass = reader.required("groupPassId", "The group pass.")
            version = reader.optional("version", "The version it had when it was read; else whatever it is now.")
            name = reader.optional("name", "What the group is called.")
            fields = GroupFields(from: &reader)
            address = reader.optional("address", "Where it is at home.")
        }
    }

    static func run(_ params: Params, in call: Call) throws -> GroupPassRecord {
        let pass = try call.groupPass(params.pass, lock: true)
        var changes = FieldChanges()
        changes.set("name", to: params.name) { "name = \($0), name_key = \($0.lowercased())" }
        params.fields.add(to: &changes)
        changes.set("address", to: params.address?.address) {
            "street = \($0.street), postal_code = \($0.postalCode), city = \($0.city), country = \($0.country)"
        }
        call.audit.changedFields = changes.names
        try call.requireVersion(params.version, is: pass.version, changed: changes.names)
        try call.transaction.execute("update group_pass set \(fragment: changes.sql) where id = \(pass.id)")
        return try call.groupPass(pass.id)
    }
}
