import CardRules
import JSONRPC
import Postgres

/// Somebody who works at a counter.
struct CounterMemberRecord: ResultRecord {
    let account: AccountID
    let email: EmailAddress
    let name: String
    let role: CounterRole
    let isLocked: Bool
    let addedAt: Instant

    static let fields: [ResultField<CounterMemberRecord>] = [
        .init("accountId", "Who it is.") { $0.account },
        .init("email", "What the account logs in with.") { $0.email },
        .init("name", "The person's name.") { $0.name },
        .init("role", "`admin` may add and remove others (PER-03).") { $0.role },
        .init("isLocked", "Whether too many wrong passwords keep the account locked.") { $0.isLocked },
        .init("addedAt", "Since when.") { $0.addedAt },
    ]

    static let columns: SQL = """
        m.account_id, a.email, a.name, m.role, a.locked_at is not null as is_locked, m.added_at
        """
    static let tables: SQL = "counter_member m join account a on a.id = m.account_id"

    init(row: Row) throws {
        account = try row["account_id"]
        email = try row["email"]
        name = try row["name"]
        role = try row["role"]
        isLocked = try row["is_locked"]
        addedAt = try row["added_at"]
    }
}

extension Access {
    /// Who may add and remove members of a counter (PER-03).
    static let changesMembers: Access = [
        .operator, .cardSystemAdministrator, .municipalityAdministrator, .counterAdmin, .counter(.counterMemberWrite),
    ]
}

extension Call {
    /// A member of a counter.
    func member(_ account: AccountID, of counter: CounterID) throws -> CounterMemberRecord {
        let row = try transaction.first(
            """
            select \(fragment: CounterMemberRecord.columns) from \(fragment: CounterMemberRecord.tables)
            where m.counter_id = \(counter) and m.account_id = \(account)
            """)
        guard let row else { throw Refusal(.memberNotFound, at: "/accountId") }
        return try CounterMemberRecord(row: row)
    }

    /// Refuses to take the last admin from a counter, which only an administrator may. The counter must be held, so
    /// that two admins cannot take each other.
    func requireOtherAdmin(than member: CounterMemberRecord, at counter: CounterRecord) throws {
        if member.role != .admin || administers(counter) { return }
        let other = try transaction.first(
            """
            select from counter_member
            where counter_id = \(counter.id) and role = \(CounterRole.admin) and account_id <> \(member.account)
            """)
        if other == nil { throw Refusal(.counterLastAdmin, at: "/accountId") }
    }
}
