import CardRules
import JSONRPC
import Postgres

/// A counter that the caller may choose, with what it may do per card system (PER-01).
struct CounterChoice: ResultRecord {
    let id: CounterID
    let name: String
    let role: CounterRole
    let isActive: Bool
    var permissions: [CounterPermissions] = []

    static let fields: [ResultField<CounterChoice>] = [
        .init("id", "The counter.") { $0.id },
        .init("name", "What it is called.") { $0.name },
        .init("role", "What the caller is there.") { $0.role },
        .init("isActive", "Whether it is active; until then it has no rights.") { $0.isActive },
        .init("cardSystems", "Where it works, and what it may do there.") { $0.permissions },
    ]

    init(row: Row) throws {
        id = try row["id"]
        name = try row["name"]
        role = try row["role"]
        isActive = try row["status"] == CounterStatus.active
    }

    /// The counters of an account, those chosen last first. The transaction must work as the platform.
    static func page(
        of account: AccountID, _ request: PageRequest, in transaction: Transaction
    ) throws -> Page<CounterChoice> {
        let list = Listing(
            columns: "c.id, c.name, c.status, m.role", tables: "counter_member m join counter c on c.id = m.counter_id",
            conditions: ["m.account_id = \(account)"],
            // Text whose order is the reverse of time; who was never chosen comes last, by name.
            key: """
                lpad((10000000000000000 - coalesce((extract(epoch from m.last_chosen_at) * 1000000)::bigint, 0))::text,
                    17, '0') || lower(c.name)
                """, id: "c.id")
        let page = try list.page(request, transaction, CounterChoice.init(row:))
        let rights = try CounterPermissions.read(page.items.map(\.id), in: transaction)
        let items = page.items.map { choice in
            var choice = choice
            choice.permissions = CounterPermissions.list(rights[choice.id] ?? [:])
            return choice
        }
        return Page(items: items, nextCursor: page.nextCursor, total: page.total)
    }
}

extension CounterRole: WordParameter, PostgresValue {}
