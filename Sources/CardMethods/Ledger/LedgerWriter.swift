import CardRules
import Postgres

/// Posts groups of transfers for one call: locks the accounts, lets the rules decide, writes. A batch of strangers does
/// the same for all of its calls at once: see `TransferRows`.
enum LedgerWriter {
    /// Posts a group whole or not at all, and tells the accounts as they are then.
    ///
    /// - Throws: `ledger.insufficient` for each account that would go below its floor.
    @discardableResult
    static func post(_ group: TransferGroup, _ note: LedgerNote, in transaction: Transaction) throws -> Ledger.Accounts
    {
        let accounts = try LockedAccounts(group.postings, in: transaction)
        do {
            let after = try Ledger.apply(group, to: accounts.states)
            try write(group, of: accounts, reversing: nil, note, in: transaction)
            return after
        } catch let failure as LedgerFailure {
            throw failure.thrown
        }
    }

    /// Takes a group back, once (I9). A group that is not there is a fault of ours.
    ///
    /// - Throws: `ledger.alreadyReversed`; `ledger.insufficient` where the amounts are spent.
    @discardableResult
    static func reverse(
        _ id: TransferID, as reversal: TransferID, _ note: LedgerNote, in transaction: Transaction
    ) throws -> Ledger.Accounts {
        let rows = try transaction.query(
            """
            select t.id, t.debit_account_id, t.credit_account_id, t.amount, t.unit, u.scale
            from transfer t join ledger_unit u on u.code = t.unit where t.group_id = \(id) order by t.id
            """)
        do {
            let group = try TransferGroup(id: id, postings: try rows.map(Posting.init))
            let accounts = try LockedAccounts(group.postings, in: transaction)
            let transfers: [TransferID] = try rows.map { try $0["id"] }
            // Only now: who waited for the locks sees what was done meanwhile.
            let reversals = try transaction.query("select from transfer where reverses_id = any (\(transfers)) limit 1")
            let (taken, after) = try Ledger.reverse(
                group, as: reversal, isReversed: !reversals.isEmpty, in: accounts.states)
            try write(taken, of: accounts, reversing: transfers, note, in: transaction)
            return after
        } catch let failure as LedgerFailure {
            throw failure.thrown
        }
    }

    /// - Parameter transfers: The transfers that the postings take back, in their order.
    private static func write(
        _ group: TransferGroup, of accounts: LockedAccounts, reversing transfers: [TransferID]?, _ note: LedgerNote,
        in transaction: Transaction
    ) throws {
        var rows = TransferRows()
        for (index, posting) in group.postings.enumerated() {
            rows.add(posting, of: accounts, group: group.id.any, reverses: transfers?[index], note)
        }
        try transaction.run(rows.statements(at: note.recordedAt))
    }
}

extension TransferRows {
    /// Adds a posting of one call, and tells the transfer that it is.
    @discardableResult
    mutating func add(
        _ posting: Posting, of accounts: LockedAccounts, group: ID<Never>, reverses: TransferID? = nil,
        _ note: LedgerNote
    ) -> TransferID {
        add(
            unit: posting.unit.code, debit: posting.debit, credit: posting.credit, amount: posting.amount,
            reason: note.reason, group: group, reference: note.reference, reverses: reverses,
            cardSystem: note.cardSystem, keepsBalance: accounts.keepingBalance, eventAt: note.eventAt)
    }
}

extension Posting {
    /// Reads a row of `transfer` or `hold`, with the scale of its unit.
    init(row: Row) throws {
        try self.init(
            debit: try row["debit_account_id"], credit: try row["credit_account_id"], amount: try row["amount"],
            unit: LedgerUnit(code: try row["unit"], scale: try row["scale"]))
    }
}
