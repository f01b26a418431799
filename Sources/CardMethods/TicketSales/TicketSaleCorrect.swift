import CardRules
import JSONRPC
import Postgres

enum TicketSaleCorrect: Method {
    static let declaration = Declaration(
        "ticketSale.correct", .writes, by: [.cardSystemAdministrator, .operator],
        "Settles a sale by another distribution key, because its event had the wrong one (S12).",
        details: "What the holder paid stays, whatever the key would have asked; the rest is shared anew, by the "
            + "weights of the key. What was owed is taken back and owed anew, now: of a closed settlement period, in "
            + "the current one. The key must have fitted when the ticket was sold. A sale with a coupon is settled "
            + "as that says, and is not corrected; one that should not have been made is cancelled.",
        refusals: [
            .ticketSaleNotFound, .distributionKeyNotFound, .ticketSaleKeyNotFitting, .ticketSaleSharesUnchanged,
        ], bulk: true)

    struct Params: Parameters {
        let id: TicketSaleID
        let key: DistributionKeyID
        let termAt: Instant?
        let reason: String

        init(from reader: inout ParameterReader) {
            id = reader.required("ticketSaleId", "The sale.")
            key = reader.required("distributionKeyId", "The right key, of the card system whose tariff was sold.")
            termAt = reader.optional(
                "termAt", "As the key was at this instant; if absent, as it was when the ticket was sold.")
            reason = reader.required("reason", "Why; is kept with the sale.")
        }
    }

    static func run(_ params: Params, in call: Call) throws -> TicketSaleRecord {
        try call.asPlatform {
            let held = try HeldCorrection(params.id, because: params.reason, in: call)
            let key = try CorrectingKey(params.key, of: held.sale.record.cardSystem, termAt: params.termAt, in: call)
            let facts = try CorrectedSales.facts(of: [held.sale.record], at: call.now, in: call)[0]
            let correction = try TicketSaleCorrection.decide(facts, by: key.term(soldAt: held.sale.record.soldAt)).get()
            return try held.write(correction.term, correction.parts, in: call)
        }
    }
}

enum TicketSaleUndoCorrection: Method {
    static let declaration = Declaration(
        "ticketSale.undoCorrection", .writes, by: [.cardSystemAdministrator, .operator],
        "Settles a sale as it was before its last correction; once more, as that made it (S12).",
        refusals: [.ticketSaleNotFound, .ticketSaleNotCorrected], bulk: true)

    struct Params: Parameters {
        let id: TicketSaleID
        let reason: String

        init(from reader: inout ParameterReader) {
            id = reader.required("ticketSaleId", "The sale.")
            reason = reader.required("reason", "Why; is kept with the sale.")
        }
    }

    static func run(_ params: Params, in call: Call) throws -> TicketSaleRecord {
        try call.asPlatform {
            let held = try HeldCorrection(params.id, because: params.reason, in: call)
            guard held.stands else { throw Refusal(.ticketSaleNotFound, at: "/ticketSaleId") }
            guard let before = try CorrectedSales.before([params.id], in: call)[params.id] else {
                throw Refusal(.ticketSaleNotCorrected, at: "/ticketSaleId")
            }
            return try held.write(before.term, before.parts, in: call)
        }
    }
}

/// A sale that is about to be settled anew, locked. Works as the platform.
private struct HeldCorrection {
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
