import CardRules
import JSONRPC
import Postgres

enum StockBatchGet: Method {
    static let declaration = Declaration(
        "stockBatch.get", .reads, by: .staff(.cardWrite), "Tells of a batch of cards where they are now.",
        refusals: [.stockBatchNotFound])

    struct Params: Parameters {
        let batch: StockBatchID
        init(from reader: inout ParameterReader) { batch = reader.required("batchId", "The batch.") }
    }

    static func run(_ params: Params, in call: Call) throws -> StockBatchRecord {
        let row = try call.transaction.first(
            """
            select \(fragment: StockBatchRecord.columns) from stock_batch b
            where b.id = \(params.batch) and \(fragment: call.serves(column: "b.card_system_id"))
            """)
        guard let row else { throw Refusal(.stockBatchNotFound, at: "/batchId") }
        return try StockBatchRecord(row: row)
    }
}
