import CardRules
import Postgres

/// Amounts that are kept free for a posting that may come. Each hold ends once (I8): posted in full or with less,
/// voided, or expired when its time has come.
enum LedgerHolds {
    /// - Throws: `ledger.insufficient`.
    static func place(_ hold: Hold, _ note: LedgerNote, in transaction: Transaction) throws {
        let accounts = try LockedAccounts([hold.posting], in: transaction)
        do { _ = try Ledger.place(hold, on: accounts.states) } catch { throw error.thrown }
        try transaction.run([
            """
            insert into hold (id, card_system_id, unit, debit_account_id, credit_account_id, amount, reason,
                reference_id, placed_at, expires_at)
            values (\(hold.id), \(note.cardSystem), \(hold.posting.unit.code), \(hold.posting.debit),
                \(hold.posting.credit), \(hold.posting.amount), \(note.reason), \(note.reference), \(note.recordedAt),
                \(hold.expiresAt))
            """,
            accounts.hold(hold.posting, sign: 1),
        ])
    }

    /// Posts a hold's amount, or less of it; the rest is free again.
    ///
    /// - Throws: `ledger.holdEnded` if it ended before, or its time has come.
    @discardableResult
    static func post(_ id: HoldID, amount: Int, _ note: LedgerNote, in transaction: Transaction) throws -> TransferID {
        let (ended, accounts) = try end(id, .posted(amount: amount), at: note.recordedAt, in: transaction)
        let posting = ended.posting
        var rows = TransferRows()
        let transfer = rows.add(
            try Posting(debit: posting.debit, credit: posting.credit, amount: amount, unit: posting.unit), of: accounts,
            group: id.any, note)
        try transaction.run(
            [accounts.hold(posting, sign: -1)] + rows.statements(at: note.recordedAt) + [
                record(id, note.cardSystem, how: "posted", transfer: transfer, at: note.recordedAt)
            ])
        return transfer
    }

    /// Gives a hold up.
    ///
    /// - Throws: `ledger.holdEnded` if it ended before, or its time has come.
    static func void(_ id: HoldID, _ note: LedgerNote, in transaction: Transaction) throws {
        let (ended, accounts) = try end(id, .voided, at: note.recordedAt, in: transaction)
        try transaction.run([
            accounts.hold(ended.posting, sign: -1),
            record(id, note.cardSystem, how: "voided", transfer: nil, at: note.recordedAt),
        ])
    }

    /// Ends all holds whose time has come, whatever their card system. The transaction works as the platform.
    static func expire(at now: Instant, _ transaction: Transaction) throws {
        let due: SQL = """
            hold h where h.expires_at <= \(now) and not exists (select from hold_end e where e.hold_id = h.id)
            """
        try transaction.run([
            """
            select from ledger_account where floor_rule = 'noOverdraft' and id in (
                select h.debit_account_id from \(fragment: due) union select h.credit_account_id from \(fragment: due))
            order by id for no key update
            """,
            """
            with ended as (
                insert into hold_end (hold_id, card_system_id, how, ended_at)
                select h.id, h.card_system_id, 'expired', \(now) from \(fragment: due)
                on conflict do nothing returning hold_id
            ), freed as (
                select side.account_id, sum(side.debit) as debit, sum(side.credit) as credit
                from ended join hold h on h.id = ended.hold_id cross join lateral (
                    values (h.debit_account_id, h.amount, 0), (h.credit_account_id, 0, h.amount)
                ) as side (account_id, debit, credit)
                group by side.account_id
            )
            update ledger_account a set held_debit = a.held_debit - freed.debit,
                held_credit = a.held_credit - freed.credit, version = a.version + 1
            from freed where a.id = freed.account_id and a.floor_rule = 'noOverdraft'
            """,
        ])
    }

    /// The hold once it has ended so, and its accounts, locked.
    private static func end(
        _ id: HoldID, _ end: HoldEnd, at now: Instant, in transaction: Transaction
    ) throws -> (hold: Hold, accounts: LockedAccounts) {
        let row = try transaction.first(
            """
            select h.debit_account_id, h.credit_account_id, h.amount, h.unit, u.scale, h.expires_at
            from hold h join ledger_unit u on u.code = h.unit where h.id = \(id)
            """)
        guard let row else { throw Refusal(.holdEnded) }
        let posting = try Posting(row: row)
        let accounts = try LockedAccounts([posting], in: transaction)
        // Only now: who waited for the locks sees what was done meanwhile.
        if try transaction.first("select from hold_end where hold_id = \(id)") != nil { throw Refusal(.holdEnded) }
        let hold = Hold(id: id, posting: posting, expiresAt: try row["expires_at"])
        do {
            return (try Ledger.end(hold, end, at: now, in: accounts.states).hold, accounts)
        } catch { throw error.thrown }
    }

    private static func record(
        _ id: HoldID, _ cardSystem: CardSystemID, how: String, transfer: TransferID?, at now: Instant
    ) -> SQL {
        """
        insert into hold_end (hold_id, card_system_id, how, transfer_id, ended_at)
        values (\(id), \(cardSystem), \(how), \(transfer), \(now))
        """
    }
}
