import CardRules
import JSONRPC
import Postgres

/// What a counter may do in one card system that it works in (PER-01).
struct CounterPermissions: ResultRecord {
    let cardSystem: CardSystemID
    let permissions: [Permission]

    static let fields: [ResultField<CounterPermissions>] = [
        .init("cardSystemId", "A card system that the counter works in.") { $0.cardSystem },
        .init("permissions", "What it may do there, by all of its permission groups.") { $0.permissions },
    ]

    /// The rights of counters by card system: those of their groups add up within a card system, and never across
    /// (PER-07). A card system in which a counter is in no group is there, without rights.
    static func read(
        _ counters: [CounterID], in transaction: Transaction
    ) throws -> [CounterID: [CardSystemID: Set<Permission>]] {
        let rows = try transaction.query(
            """
            select s.counter_id, s.card_system_id, array(
                select permission from counter_permission_group cg
                join permission_group g on g.id = cg.permission_group_id, unnest(g.permissions) as permission
                where cg.counter_id = s.counter_id and cg.card_system_id = s.card_system_id) as permissions
            from counter_card_system s where s.counter_id = any (\(counters))
            """)
        var rights: [CounterID: [CardSystemID: Set<Permission>]] = [:]
        for row in rows {
            let names: [String] = try row["permissions"]
            rights[try row["counter_id"], default: [:]][try row["card_system_id"]] = Set(
                names.compactMap(Permission.init))
        }
        return rights
    }

    /// The same in a stable order.
    static func list(_ rights: [CardSystemID: Set<Permission>]) -> [CounterPermissions] {
        rights.sorted { $0.key < $1.key }.map { cardSystem, permissions in
            CounterPermissions(cardSystem: cardSystem, permissions: Permission.allCases.filter(permissions.contains))
        }
    }
}
