import CardRules
import JSONRPC
import Postgres

enum PermissionGroupList: Method {
    static let declaration = Declaration(
        "permissionGroup.list", .reads, by: [.operator, .cardSystemAdministrator, .municipalityAdministrator],
        "Lists the permission groups of a card system by name.", refusals: [.cardSystemNotFound])

    struct Params: Parameters {
        let cardSystem: CardSystemID
        let page: PageRequest

        init(from reader: inout ParameterReader) {
            cardSystem = reader.required("cardSystemId", "The card system.")
            page = PageRequest(from: &reader)
        }
    }

    static func run(_ params: Params, in call: Call) throws -> Page<PermissionGroupRecord> {
        try call.requireCardSystem(params.cardSystem)
        try call.require(call.scope.isOperator || call.scope.cardSystems.contains(params.cardSystem))
        let list = Listing(
            columns: PermissionGroupRecord.columns, tables: "permission_group g",
            conditions: ["g.card_system_id = \(params.cardSystem)"], key: "lower(g.name)", id: "g.id")
        return try list.page(params.page, call.transaction, PermissionGroupRecord.init(row:))
    }
}
