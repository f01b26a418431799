import CardRules
import Postgres

/// A person's accounts of points with their balances, locked until the transaction ends.
struct LockedPoints {
    private(set) var accounts: PointsAccounts
    let balance: Int
    let owed: Int
    private let holder: PassHolderID

    init(of holder: PassHolderID, in call: Call) throws {
        self.holder = holder
        let rows = try call.transaction.query(
            """
            select id, kind, posted_debit, posted_credit, held_debit from ledger_account
            where owner_id = \(holder) and unit = 'point' order by id for no key update
            """)
        var ids: [String: LedgerAccountID] = [:]
        var (balance, owed) = (0, 0)
        for row in rows {
            let kind: String = try row["kind"]
            let (debit, credit, held): (Int, Int, Int) = (
                try row["posted_debit"], try row["posted_credit"], try row["held_debit"]
            )
            ids[kind] = try row["id"]
            if kind == PointsAccount.holder.rawValue { balance = credit - debit - held }
            if kind == PointsAccount.owed.rawValue { owed = debit - credit }
        }
        guard let saved = ids[PointsAccount.holder.rawValue] else { throw Refusal(.passHolderNotFound) }
        accounts = PointsAccounts(holder: saved, owed: ids[PointsAccount.owed.rawValue])
        (self.balance, self.owed) = (balance, owed)
    }

    /// Makes the account of owed points, if there is none.
    mutating func openOwedAccount(in call: Call) throws {
        guard accounts.owed == nil else { return }
        let id: LedgerAccountID = call.newID()
        try call.transaction.execute(
            """
            insert into ledger_account (id, unit, kind, owner_id, normal_side, floor_rule)
            values (\(id), 'point', \(PointsAccount.owed.rawValue), \(holder), 'debit', 'noOverdraft')
            """)
        accounts = PointsAccounts(holder: accounts.holder, owed: id)
    }
}
