import CardRules
import JSONRPC
import Postgres

enum HolderTicketSales: Method {
    static let declaration = Declaration(
        "holder.ticketSales", .reads, by: [.holder],
        "Lists the tickets of the caller, or of somebody of his family, the newest first.",
        refusals: [.passHolderNotFound])

    struct Params: Parameters {
        let holder: OwnHolderParams
        let page: PageRequest

        init(from reader: inout ParameterReader) {
            holder = OwnHolderParams(from: &reader)
            page = PageRequest(from: &reader)
        }
    }

    static func run(_ params: Params, in call: Call) throws -> Page<TicketSaleRecord> {
        let holder = try call.ownHolder(params.holder)
        let listing = Listing(
            columns: TicketSaleRecord.columns, tables: TicketSaleRecord.tables,
            conditions: ["t.holder_id = \(holder)"], id: "t.id", isDescending: true)
        return try call.asPlatform {
            try listing.page(params.page, call.transaction) {
                try TicketSaleRecord(row: $0, at: call.now, sight: nil)
            }
        }
    }
}
