import CardRules
import JSONRPC
import Postgres

/// A guide or a counter that may use a group's pass.
struct GroupPassDelegateRecord: ResultRecord {
    let id: GroupPassDelegateID
    let account: AccountID?
    let counter: CounterID?
    let name: String?
    let email: EmailAddress?
    let ticketsUsed: Int
    let addedAt: Instant
    let endedAt: Instant?

    static let fields: [ResultField<GroupPassDelegateRecord>] = [
        .init("id", "The delegation.") { $0.id },
        .init("accountId", "The guide; absent for a counter.") { $0.account },
        .init("counterId", "The counter; absent for a guide.") { $0.counter },
        .init("name", "What he or it is called.") { $0.name },
        .init("email", "What the guide logs in with.") { $0.email },
        .init("ticketsUsed", "How many tickets were bought so this calendar year.") { $0.ticketsUsed },
        .init("addedAt", "Since when.") { $0.addedAt },
        .init("endedAt", "When it ended.") { $0.endedAt },
    ]

    static let tables: SQL = """
        group_pass_delegate d left join account a on a.id = d.account_id left join counter b on b.id = d.counter_id
        """

    static func columns(on today: CivilDate) -> SQL {
        """
        d.id, d.account_id, d.counter_id, coalesce(a.name, b.name) as name, a.email, d.added_at, d.ended_at,
        coalesce((select -sum(e.change) from group_allowance_entry e
            where e.group_pass_id = d.group_pass_id and e.year = \(today.year) and e.reason = 'sale'
                and (e.account_id = d.account_id or e.counter_id = d.counter_id)), 0)::integer as tickets_used
        """
    }

    init(row: Row) throws {
        id = try row["id"]
        account = try row["account_id"]
        counter = try row["counter_id"]
        name = try row["name"]
        email = try row["email"]
        ticketsUsed = try row["tickets_used"]
        addedAt = try row["added_at"]
        endedAt = try row["ended_at"]
    }
}

extension Call {
    func groupPassDelegate(_ id: GroupPassDelegateID) throws -> GroupPassDelegateRecord {
        let row = try transaction.query(
            """
            select \(fragment: GroupPassDelegateRecord.columns(on: Brussels.date(now)))
            from \(fragment: GroupPassDelegateRecord.tables) where d.id = \(id)
            """)[0]
        return try GroupPassDelegateRecord(row: row)
    }
}
