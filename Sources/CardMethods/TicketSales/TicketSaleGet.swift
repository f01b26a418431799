import CardRules
import JSONRPC
import Postgres

enum TicketSaleGet: Method {
    static let declaration = Declaration(
        "ticketSale.get", .reads, by: .staff(.ticketSaleRead), "Tells one ticket sale (TS-13).",
        refusals: [.ticketSaleNotFound])

    struct Params: Parameters {
        let id: TicketSaleID
        init(from reader: inout ParameterReader) { id = reader.required("ticketSaleId", "The sale.") }
    }

    static func run(_ params: Params, in call: Call) throws -> TicketSaleRecord {
        let scope = TicketSaleScope.condition(call)
        let row = try call.asPlatform {
            try call.transaction.first(
                """
                select \(fragment: TicketSaleRecord.columns) from \(fragment: TicketSaleRecord.tables)
                where t.id = \(params.id) and \(fragment: scope)
                """)
        }
        guard let row else { throw Refusal(.ticketSaleNotFound, at: "/ticketSaleId") }
        return try TicketSaleRecord(row: row, at: call.now, sight: TicketSaleScope.sight(of: call.caller))
    }
}
