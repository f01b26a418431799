import CardRules
import JSONRPC
import Postgres

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
