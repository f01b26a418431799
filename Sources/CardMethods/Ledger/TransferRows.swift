import CardRules
import Postgres

/// Transfers that are about to be written, of any number of groups and holders, and what they add to the accounts that
/// keep a balance. Whoever adds them holds the locks of those accounts.
struct TransferRows {
    private struct Row {
        let id: TransferID
        let group: ID<Never>
        let cardSystem: CardSystemID
        let unit: String
        let debit: LedgerAccountID
        let credit: LedgerAccountID
        let amount: Int
        let reason: String
        let reference: ID<Never>?
        let reverses: TransferID?
        let eventAt: Instant
    }

    private var rows: [Row] = []
    /// Sums per account, for an update from a list must name each account once.
    private var debits: [LedgerAccountID: Int] = [:]
    private var credits: [LedgerAccountID: Int] = [:]

    var isEmpty: Bool { rows.isEmpty }

    /// Adds one transfer and tells its id. Accounts of the platform keep no balance: name only those that do in
    /// `keepsBalance`.
    @discardableResult
    mutating func add(
        unit: String, debit: LedgerAccountID, credit: LedgerAccountID, amount: Int, reason: String,
        group: ID<Never>, reference: ID<Never>?, reverses: TransferID? = nil, cardSystem: CardSystemID,
        keepsBalance: Set<LedgerAccountID>, eventAt: Instant
    ) -> TransferID {
        let id: TransferID = ID(at: eventAt)
        rows.append(
            Row(
                id: id, group: group, cardSystem: cardSystem, unit: unit, debit: debit, credit: credit,
                amount: amount, reason: reason, reference: reference, reverses: reverses, eventAt: eventAt))
        if keepsBalance.contains(debit) { debits[debit, default: 0] += amount }
        if keepsBalance.contains(credit) { credits[credit, default: 0] += amount }
        return id
    }

    /// Writes the transfers and brings the kept balances up to date.
    func statements(at recordedAt: Instant) -> [SQL] {
        guard !rows.isEmpty else { return [] }
        let accounts = Set(debits.keys).union(credits.keys).sorted()
        let insert: SQL = """
            insert into transfer (id, group_id, card_system_id, unit, debit_account_id, credit_account_id, amount,
                reason,
                reference_id, reverses_id, event_at, recorded_at)
            select item.*, \(recordedAt) from unnest(\(rows.map(\.id)), \(rows.map(\.group)), \(rows.map(\.cardSystem)),
                \(rows.map(\.unit)), \(rows.map(\.debit)), \(rows.map(\.credit)), \(rows.map(\.amount)),
                \(rows.map(\.reason)), \(rows.map(\.reference)), \(rows.map(\.reverses)),
                \(rows.map(\.eventAt))) as item
            """
        let update: SQL = """
            update ledger_account a set posted_debit = a.posted_debit + item.debit,
                posted_credit = a.posted_credit + item.credit, version = a.version + 1
            from unnest(\(accounts), \(accounts.map { debits[$0] ?? 0 }), \(accounts.map { credits[$0] ?? 0 }))
                as item (id, debit, credit)
            where a.id = item.id
            """
        return accounts.isEmpty ? [insert] : [insert, update]
    }
}

extension PointsAccount {
    /// The platform's own accounts, as the migration makes them.
    var platformAccount: LedgerAccountID? {
        switch self {
        case .issued: LedgerAccountID(text: "00000000-0000-7000-8000-000000000001")
        case .spent: LedgerAccountID(text: "00000000-0000-7000-8000-000000000002")
        case .holder, .owed: nil
        }
    }
}

/// A person's accounts of points.
struct PointsAccounts: Sendable {
    let holder: LedgerAccountID
    /// Exists only once something was owed.
    let owed: LedgerAccountID?

    func id(of account: PointsAccount) -> LedgerAccountID? {
        switch account {
        case .holder: holder
        case .owed: owed
        case .issued, .spent: account.platformAccount
        }
    }
}

extension TransferRows {
    /// Adds a flow of points between a person's accounts and the platform's.
    mutating func add(
        _ flow: PointsFlow, of accounts: PointsAccounts, reason: String, group: ID<Never>, reference: ID<Never>?,
        reverses: TransferID? = nil, cardSystem: CardSystemID, at eventAt: Instant
    ) {
        guard let debit = accounts.id(of: flow.debit), let credit = accounts.id(of: flow.credit) else {
            preconditionFailure("A flow that touches owed points needs the account of owed points.")
        }
        add(
            unit: LedgerUnit.point.code, debit: debit, credit: credit, amount: flow.points, reason: reason,
            group: group,
            reference: reference, reverses: reverses, cardSystem: cardSystem,
            keepsBalance: Set([accounts.holder, accounts.owed].compactMap(\.self)), eventAt: eventAt)
    }
}

extension ID {
    /// The same id without its kind, where ids of several kinds stand together.
    var any: ID<Never> { ID<Never>(high: high, low: low) }
}
