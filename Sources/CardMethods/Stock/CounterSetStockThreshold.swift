import CardRules
import JSONRPC
import Postgres

enum CounterSetStockThreshold: Method {
    static let declaration = Declaration(
        "counter.setStockThreshold", .writes, by: [.cardSystemAdministrator, .operator],
        "Says below how many cards of a kind a counter's drawer is low.",
        refusals: [.cardSystemNotFound, .counterNotFound, .counterNotInCardSystem])

    struct Params: Parameters {
        let counter: CounterID
        let cardSystem: CardSystemID
        let isOpportunityCard: Bool
        let minimum: Bounded<StockMinimum>

        init(from reader: inout ParameterReader) {
            counter = reader.required("counterId", "The counter.")
            cardSystem = reader.required("cardSystemId", "Whose cards it is about.")
            isOpportunityCard = reader.required(
                "isOpportunityCard", "Whether it is about cards for people with an opportunity status (R-004).")
            minimum = reader.required("minimum", "Fewer is low; 0 is never low.")
        }
    }

    enum StockMinimum: IntegerRange {
        static let range = 0...100_000
    }

    static func run(_ params: Params, in call: Call) throws -> StockLevelRecord {
        try call.requireAdministered(params.cardSystem)
        try call.reasons(against: params.counter, in: params.cardSystem).refuse()
        call.audit.changedFields = ["stockThreshold"]
        try call.transaction.execute(
            """
            insert into counter_stock_threshold (card_system_id, counter_id, is_opportunity_card, minimum)
            values (\(params.cardSystem), \(params.counter), \(params.isOpportunityCard), \(params.minimum.value))
            on conflict (counter_id, card_system_id, is_opportunity_card) do update set minimum = excluded.minimum
            """)
        let row = try call.transaction.query(
            """
            select \(fragment: StockLevelRecord.columns) from \(fragment: StockLevelRecord.tables)
            where level.counter_id = \(params.counter) and level.card_system_id = \(params.cardSystem)
                and level.is_opportunity_card = \(params.isOpportunityCard)
            """)[0]
        return try StockLevelRecord(row: row)
    }
}
