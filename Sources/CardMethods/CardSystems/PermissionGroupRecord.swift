import CardRules
import JSONRPC
import Postgres

/// A named set of permissions that counters are given.
struct PermissionGroupRecord: ResultRecord {
    let id: ID<PermissionGroupKind>
    let cardSystem: CardSystemID
    let name: String
    let permissions: [Permission]
    let version: Int

    static let fields: [ResultField<PermissionGroupRecord>] = [
        .init("id", "The permission group.") { $0.id },
        .init("cardSystemId", "Whose it is.") { $0.cardSystem },
        .init("name", "What it is called.") { $0.name },
        .init("permissions", "What its counters may do in this card system.") { $0.permissions },
        .init("version", "Give it back with an update.") { $0.version },
    ]

    static let columns: SQL = "g.id, g.card_system_id, g.name, g.permissions, g.version"

    init(row: Row) throws {
        id = try row["id"]
        cardSystem = try row["card_system_id"]
        name = try row["name"]
        let names: [String] = try row["permissions"]
        permissions = names.compactMap(Permission.init)
        version = try row["version"]
    }

    static func insert(
        _ id: ID<PermissionGroupKind>, cardSystem: CardSystemID, name: String, _ permissions: [Permission]
    ) -> SQL {
        """
        insert into permission_group (id, card_system_id, name, permissions)
        values (\(id), \(cardSystem), \(name), \(permissions))
        """
    }
}

enum PermissionGroupKind {}

extension Call {
    /// A permission group of a card system that the caller administers.
    ///
    /// - Parameter lock: Whether it is held until the transaction ends, also against being given to a counter.
    func permissionGroup(_ id: ID<PermissionGroupKind>, lock: Bool = false) throws -> PermissionGroupRecord {
        let row = try transaction.first(
            """
            select \(fragment: PermissionGroupRecord.columns) from permission_group g where g.id = \(id)
            \(fragment: lock ? "for update" : "")
            """)
        guard let row else { throw Refusal(.permissionGroupNotFound, at: "/permissionGroupId") }
        let group = try PermissionGroupRecord(row: row)
        try requireAdministered(group.cardSystem)
        audit.object(id)
        return group
    }

    /// Refuses a name that another permission group of the card system has.
    func requireFreeName(
        _ name: String?, for id: ID<PermissionGroupKind>? = nil, in cardSystem: CardSystemID
    ) throws {
        let other = try transaction.first(
            """
            select from permission_group
            where card_system_id = \(cardSystem) and name = \(name) and id is distinct from \(id)
            """)
        if other != nil { throw Refusal(.permissionGroupNameTaken, at: "/name") }
    }
}
