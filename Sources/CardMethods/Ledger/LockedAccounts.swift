import CardRules
import Postgres

/// Accounts of the ledger as they are now. Those with a floor are locked until the transaction ends, in the order of
/// their ids, so that no two calls wait for each other; the others keep no balance, so that none is a hot row.
struct LockedAccounts {
    let states: Ledger.Accounts
    /// The accounts that keep a balance.
    let keepingBalance: Set<LedgerAccountID>

    init(_ postings: [Posting], in transaction: Transaction) throws {
        let ids = Array(Set(postings.flatMap { [$0.debit, $0.credit] }))
        let columns: SQL = """
            a.id, a.unit, u.scale, a.normal_side, a.floor_rule, a.posted_debit, a.posted_credit, a.held_debit,
            a.held_credit
            from ledger_account a join ledger_unit u on u.code = a.unit where a.id = any (\(ids))
            """
        let results = try transaction.run([
            """
            select \(fragment: columns) and a.floor_rule = \(FloorRule.noOverdraft.rawValue)
            order by a.id for no key update of a
            """,
            "select \(fragment: columns) and a.floor_rule = \(FloorRule.none.rawValue)",
        ])
        var states: Ledger.Accounts = [:]
        for row in results.joined() { states[try row["id"]] = try LedgerAccountState(row: row) }
        (self.states, keepingBalance) = (states, Set(try results[0].map { try $0["id"] }))
    }

    /// Adds to what is held, or takes off with a negative sign.
    func hold(_ posting: Posting, sign: Int) -> SQL {
        let debit = keepingBalance.contains(posting.debit) ? posting.debit : nil
        let credit = keepingBalance.contains(posting.credit) ? posting.credit : nil
        return """
            update ledger_account set version = version + 1,
                held_debit = held_debit + case when id = \(debit) then \(sign * posting.amount) else 0 end,
                held_credit = held_credit + case when id = \(credit) then \(sign * posting.amount) else 0 end
            where id in (\(debit), \(credit))
            """
    }
}

extension LedgerAccountState {
    fileprivate init(row: Row) throws {
        guard let side = LedgerSide(rawValue: try row["normal_side"]),
            let floor = FloorRule(rawValue: try row["floor_rule"])
        else { throw UnreadableColumn() }
        self.init(
            unit: LedgerUnit(code: try row["unit"], scale: try row["scale"]), normalSide: side, floorRule: floor,
            postedDebit: try row["posted_debit"], postedCredit: try row["posted_credit"],
            heldDebit: try row["held_debit"], heldCredit: try row["held_credit"])
    }
}
