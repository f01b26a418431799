/// Double entry. Each function takes the accounts that it touches as they are, and returns them as they are then; where
/// it throws, they are what they were (I6).
public enum Ledger {
    public typealias Accounts = [LedgerAccountID: LedgerAccountState]

    /// Posts a group whole or not at all (I1, I5). Floors are looked at when all postings are done, so one may feed the
    /// next.
    ///
    /// - Throws: `ledger.insufficient` for each account that would go below its floor.
    public static func apply(_ group: TransferGroup, to accounts: Accounts) throws(LedgerFailure) -> Accounts {
        var after = accounts
        for posting in group.postings { try post(posting, to: &after) }
        try requireFloors(group.postings, after)
        return after
    }

    /// Takes a group back, once (I9).
    ///
    /// - Parameter isReversed: It was taken back before.
    public static func reverse(
        _ group: TransferGroup, as id: TransferID, isReversed: Bool, in accounts: Accounts
    ) throws(LedgerFailure) -> (group: TransferGroup, accounts: Accounts) {
        if isReversed { throw .refused(Refusal(.transferAlreadyReversed)) }
        let reversal = try TransferGroup(id: id, postings: group.postings.map(\.reversed), reverses: group.id)
        return (reversal, try apply(reversal, to: accounts))
    }

    /// Keeps a hold's amount free for it (I5).
    ///
    /// - Throws: `ledger.insufficient`.
    public static func place(_ hold: Hold, on accounts: Accounts) throws(LedgerFailure) -> Accounts {
        var after = accounts
        try keep(hold.posting, hold.posting.amount, on: &after)
        try requireFloors([hold.posting], after)
        return after
    }

    /// Ends a hold, once (I8): posts it in full or with less, voids it, or lets it expire when its time has come.
    ///
    /// - Throws: `ledger.holdEnded` if it ended before, or its time has come and it is not to expire.
    public static func end(
        _ hold: Hold, _ end: HoldEnd, at instant: Instant, in accounts: Accounts
    ) throws(LedgerFailure) -> (hold: Hold, accounts: Accounts) {
        let isOver = instant >= hold.expiresAt
        if hold.end != nil || (isOver && end != .expired) { throw .refused(Refusal(.holdEnded)) }
        if end == .expired, !isOver { throw .fault(.holdStillRuns) }
        var after = accounts
        try keep(hold.posting, -hold.posting.amount, on: &after)
        if case .posted(let amount) = end { try post(hold.posting.reduced(to: amount), to: &after) }
        var ended = hold
        ended.end = end
        return (ended, after)
    }

    private static func post(_ posting: Posting, to accounts: inout Accounts) throws(LedgerFailure) {
        try change(posting.debit, posting.unit, in: &accounts) { $0.postedDebit += posting.amount }
        try change(posting.credit, posting.unit, in: &accounts) { $0.postedCredit += posting.amount }
    }

    private static func keep(
        _ posting: Posting, _ amount: Int, on accounts: inout Accounts
    ) throws(LedgerFailure) {
        try change(posting.debit, posting.unit, in: &accounts) { $0.heldDebit += amount }
        try change(posting.credit, posting.unit, in: &accounts) { $0.heldCredit += amount }
    }

    private static func change(
        _ id: LedgerAccountID, _ unit: LedgerUnit, in accounts: inout Accounts,
        _ body: (inout LedgerAccountState) -> Void
    ) throws(LedgerFailure) {
        guard var account = accounts[id] else { throw .fault(.unknownAccount) }
        guard account.unit == unit else { throw .fault(.unitMismatch) }
        body(&account)
        accounts[id] = account
    }

    private static func requireFloors(_ postings: [Posting], _ accounts: Accounts) throws(LedgerFailure) {
        let touched = Set(postings.flatMap { [$0.debit, $0.credit] }).sorted()
        let reasons = touched.compactMap { id -> Reason? in
            let missing = accounts[id]!.missing
            return missing > 0 ? Reason(.ledgerInsufficient, at: nil, .init("missing", .number(missing))) : nil
        }
        if let refusal = Refusal(reasons) { throw .refused(refusal) }
    }
}
