import CardRules
import JSONRPC
import Postgres

enum PermissionGroupCreate: Method {
    static let declaration = Declaration(
        "permissionGroup.create", .writes, by: [.operator, .cardSystemAdministrator],
        "Makes a permission group.", details: "`permission.list` tells what there is to permit.",
        refusals: [.cardSystemNotFound, .permissionGroupNameTaken])

    struct Params: Parameters {
        let cardSystem: CardSystemID
        let name: String
        let permissions: [Permission]

        init(from reader: inout ParameterReader) {
            cardSystem = reader.required("cardSystemId", "The card system.")
            name = reader.required("name", "What it is called; unique in the card system.")
            permissions = reader.required("permissions", "What its counters may do.")
        }
    }

    static func run(_ params: Params, in call: Call) throws -> PermissionGroupRecord {
        try call.requireAdministered(params.cardSystem)
        try call.requireFreeName(params.name, in: params.cardSystem)
        let id: ID<PermissionGroupKind> = call.newID()
        try call.transaction.execute(
            PermissionGroupRecord.insert(
                id, cardSystem: params.cardSystem, name: params.name,
                Permission.allCases.filter(params.permissions.contains)))
        return try call.permissionGroup(id)
    }
}
