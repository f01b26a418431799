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
