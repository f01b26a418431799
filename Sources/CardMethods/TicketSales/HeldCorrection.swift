import CardRules
import JSONRPC
import Postgres

/// A sale that is about to be settled anew, locked. Works as the platform.
struct HeldCorrection {
    let sale: LockedTicketSales.Sale
    private let reason: String

    init(_ id: TicketSaleID, because reason: String, in call: Call) throws {
        sale = try LockedTicketSales([id], pointer: { _ in "/ticketSaleId" }, in: call).sales[0]
        self.reason = reason
        call.audit.sales([id], ["shares"])
        call.audit.facts.append(("reason", reason))
    }

    var stands: Bool { sale.record.status == .confirmed || sale.record.status == .reserved }

    func write(_ term: DistributionKeyTermID, _ parts: [PayerPart], in call: Call) throws -> TicketSaleRecord {
        let id = sale.record.id
        try TicketSettlement.takeBack(sale, because: TicketSaleCorrect.declaration.name, in: call)
        try call.transaction.run([
            """
            insert into ticket_sale_correction (id, card_system_id, ticket_sale_id, number, corrected_at, corrected_by,
                reason, distribution_key_term_id, payers, payer_ids, payer_cents)
            select \(call.newID() as ID<Never>), t.card_system_id, t.id,
                1 + (select count(*) from ticket_sale_correction n where n.ticket_sale_id = t.id), \(call.now),
                \(call.caller.accountID), \(reason), t.distribution_key_term_id, t.payers, t.payer_ids, t.payer_cents
            from ticket_sale t where t.id = \(id)
            """,
            """
            update ticket_sale set distribution_key_term_id = \(term), payers = \(parts.map(\.payer)),
                payer_ids = \(parts.map(\.whom)), payer_cents = \(parts.map(\.cents))::integer[],
                settlement_id = null, version = version + 1
            where id = \(id)
            """,
        ])
        if sale.record.status == .confirmed, let organizer = sale.record.organizer {
            let settled = SettledSale(
                id: id, cardSystem: sale.record.cardSystem, organizer: organizer, parts: parts)
            try call.transaction.run(TicketSettlement.post([settled], in: call))
        }
        return try LockedTicketSales.records([id], in: call)[0]
    }
}
