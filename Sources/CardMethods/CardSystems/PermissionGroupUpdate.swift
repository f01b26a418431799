import CardRules
import JSONRPC
import Postgres

enum PermissionGroupUpdate: Method {
    static let declaration = Declaration(
        "permissionGroup.update", .writes, by: [.operator, .cardSystemAdministrator],
        "Changes a permission group, and with it what all of its counters may do.",
        refusals: [.permissionGroupNotFound, .permissionGroupNameTaken])

    struct Params: Parameters {
        let group: ID<PermissionGroupKind>
        let version: Int?
        let name: String?
        let permissions: [Permission]?

        init(from reader: inout ParameterReader) {
            group = reader.required("permissionGroupId", "The permission group.")
            version = reader.optional("version", "The version it had when it was read; else whatever it is now.")
            name = reader.optional("name", "What it is called; unique in the card system.")
            permissions = reader.optional("permissions", "What its counters may do, all of it.")
        }
    }

    static func run(_ params: Params, in call: Call) throws -> PermissionGroupRecord {
        let old = try call.permissionGroup(params.group, lock: true)
        var changes = FieldChanges()
        changes.set("name", to: params.name) { "name = \($0)" }
        changes.set("permissions", to: params.permissions) { permissions in
            "permissions = \(Permission.allCases.filter(permissions.contains))"
        }
        call.audit.changedFields = changes.names
        try call.requireVersion(params.version, is: old.version, changed: changes.names)
        try call.requireFreeName(params.name, for: old.id, in: old.cardSystem)
        try call.transaction.execute("update permission_group set \(fragment: changes.sql) where id = \(old.id)")
        return try call.permissionGroup(old.id)
    }
}
