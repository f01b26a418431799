import CardRules
import JSONRPC
import Postgres

/// Sales that are about to be changed, locked with everything that changes with them, in the order of `BatchWork`: no
/// batch that sells and no call that takes back can wait for each other in a circle. Works as the platform.
struct LockedTicketSales {
    struct Sale {
        let record: TicketSaleRecord
        let facts: TicketSaleFacts
        let ending: EndingSale
        let settlement: TransferID?
        let holder: PassHolderID?
    }

    let sales: [Sale]

    /// - Throws: `ticketSale.notFound` for each that is not there, or not the caller's to change.
    init(_ ids: [TicketSaleID], pointer: (Int) -> String, in call: Call) throws {
        let (scope, sight) = (TicketSaleScope.condition(call), TicketSaleScope.sight(of: call.caller))
        let transaction = call.transaction
        let which: SQL = "t.id = any (\(ids))"
        let rows = try transaction.run([
            """
            select from ledger_account a where a.unit = 'point' and a.owner_id in (
                select t.holder_id from ticket_sale t where \(fragment: which))
            order by a.id for no key update of a
            """,
            """
            select from group_pass g where g.id in (select t.group_pass_id from ticket_sale t where \(fragment: which))
            order by g.id for no key update of g
            """,
            CouponSpending.lock(ofSales: ids),
            "select from ticket_sale t where \(fragment: which) order by t.id for update of t",
            """
            select \(fragment: TicketSaleRecord.columns), t.settlement_id, s.settlement_period,
                case when t.tariff = 'opportunity' then t.group_pass_id end as allowance_of, t.coupon_id
            from \(fragment: TicketSaleRecord.tables) join card_system s on s.id = t.card_system_id
            where \(fragment: which) and \(fragment: scope)
            """,
        ])[4]
        var found: [TicketSaleID: Sale] = [:]
        for row in rows {
            let sale = try Sale(row: row, at: call.now, sight: sight)
            found[sale.record.id] = sale
        }
        try ids.enumerated().compactMap {
            found[$0.element] == nil ? Reason(.ticketSaleNotFound, at: pointer($0.offset)) : nil
        }.refuse()
        sales = ids.map { found[$0]! }
        call.audit.cardSystem = sales[0].record.cardSystem
        call.audit.also = Set(sales.map(\.record.cardSystem))
    }

    /// The sales as they are now, in their order.
    static func records(_ ids: [TicketSaleID], in call: Call) throws -> [TicketSaleRecord] {
        let sight = TicketSaleScope.sight(of: call.caller)
        let rows = try call.transaction.query(
            """
            select \(fragment: TicketSaleRecord.columns) from \(fragment: TicketSaleRecord.tables)
            join unnest(\(ids)) with ordinality as item (id, ordinality) on item.id = t.id order by item.ordinality
            """)
        return try rows.map { try TicketSaleRecord(row: $0, at: call.now, sight: sight) }
    }
}

extension LockedTicketSales.Sale {
    fileprivate init(row: Row, at now: Instant, sight: Scope) throws {
        record = try TicketSaleRecord(row: row, at: now, sight: sight)
        facts = TicketSaleFacts(
            stored: try row["status"], reservedUntil: record.reservedUntil, soldAt: record.soldAt,
            settlementPeriod: try row["settlement_period"])
        ending = try EndingSale(row: row)
        settlement = try row["settlement_id"]
        holder = try row["holder_id"]
    }

    var settled: SettledSale? {
        record.organizer.map {
            SettledSale(id: record.id, cardSystem: record.cardSystem, organizer: $0, parts: record.parts)
        }
    }
}

/// What others than the organizers owe for sales, posted.
enum TicketSettlement {
    /// Posts what is owed for sales, and notes it with each. New groups, so that what was taken back can be owed again.
    static func post(_ sales: [SettledSale], in call: Call) throws -> [SQL] {
        let owed = sales.filter(\.isOwed)
        if owed.isEmpty { return [] }
        var accounts = SettlementAccounts()
        let owners = owed.flatMap { sale in
            [sale.organizer.any, sale.cardSystem.any] + sale.parts.compactMap(\.whom)
        }
        try accounts.take(call.transaction.query(SettlementAccounts.rows(of: Array(Set(owners)))))
        var transfers = TransferRows()
        var groups: [ID<Never>] = []
        for sale in owed {
            groups.append(call.newID())
            transfers.settle(sale, &accounts, group: groups.last!, at: call.now)
        }
        return accounts.statements + transfers.statements(at: call.now) + [
            """
            update ticket_sale t set settlement_id = item.settlement_id
            from unnest(\(owed.map(\.id)), \(groups)) as item (id, settlement_id) where t.id = item.id
            """
        ]
    }

    /// Takes back what was owed for a sale.
    ///
    /// - Parameter method: What takes it back.
    static func takeBack(_ sale: LockedTicketSales.Sale, because method: String, in call: Call) throws {
        guard let group = sale.settlement else { return }
        let note = LedgerNote(
            cardSystem: sale.record.cardSystem, reason: method, reference: sale.record.id.any,
            eventAt: call.now, recordedAt: call.now)
        try LedgerWriter.reverse(group, as: call.newID(), note, in: call.transaction)
    }
}
