import CardRules
import JSONRPC
import Postgres

enum StockBatchList: Method {
    static let declaration = Declaration(
        "stockBatch.list", .reads, by: .staff(.cardWrite),
        "Lists the batches in which cards came or will come, the last first.")

    struct Params: Parameters {
        let cardSystem: CardSystemID?
        let page: PageRequest

        init(from reader: inout ParameterReader) {
            cardSystem = reader.optional("cardSystemId", "Of this card system.")
            page = PageRequest(from: &reader)
        }
    }

    static func run(_ params: Params, in call: Call) throws -> Page<StockBatchRecord> {
        let listing = Listing(
            columns: StockBatchRecord.columns, tables: "stock_batch b",
            conditions: [call.serves(column: "b.card_system_id")]
                + (params.cardSystem.map { ["b.card_system_id = \($0)"] } ?? []),
            id: "b.id", isDescending: true)
        return try listing.page(params.page, call.transaction, StockBatchRecord.init)
    }
}
