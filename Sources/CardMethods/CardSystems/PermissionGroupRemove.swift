import CardRules
import JSONRPC
import Postgres

enum PermissionGroupRemove: Method {
    static let declaration = Declaration(
        "permissionGroup.remove", .writes, by: [.operator, .cardSystemAdministrator],
        "Removes a permission group that no counter is in.",
        refusals: [.permissionGroupNotFound, .permissionGroupInUse])

    struct Params: Parameters {
        let group: ID<PermissionGroupKind>
        init(from reader: inout ParameterReader) {
            group = reader.required("permissionGroupId", "The permission group.")
        }
    }

    static func run(_ params: Params, in call: Call) throws -> Done {
        let group = try call.permissionGroup(params.group, lock: true)
        let use = try call.transaction.first(
            "select from counter_permission_group where permission_group_id = \(group.id) limit 1")
        if use != nil { throw Refusal(.permissionGroupInUse, at: "/permissionGroupId") }
        try call.transaction.execute("delete from permission_group where id = \(group.id)")
        return Done()
    }
}
