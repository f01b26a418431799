import CardRules
import JSONRPC
import Postgres

enum CardStockLevels: Method {
    static let declaration = Declaration(
        "card.stockLevels", .reads, by: .staff(.cardRead),
        "Tells what counters have in their drawers, which run low, and how many to send; the low ones first.",
        details: "One's own counter for its staff, all for administrators.")

    struct Params: Parameters {
        let cardSystem: CardSystemID?
        let counter: CounterID?
        let isLow: Bool?
        let page: PageRequest

        init(from reader: inout ParameterReader) {
            cardSystem = reader.optional("cardSystemId", "Cards of this card system.")
            counter = reader.optional("counterId", "At this counter.")
            isLow = reader.optional("isLow", "Only those that run low, or only those that do not.")
            page = PageRequest(from: &reader)
        }
    }

    static func run(_ params: Params, in call: Call) throws -> Page<StockLevelRecord> {
        let reach: SQL = """
            (\(call.scope.isOperator) or level.card_system_id = any (\(call.scope.administered.sorted()))
                or level.card_system_id = any (\(call.scope.atCounter.sorted()))
                and level.counter_id = \(call.caller.counter?.id))
            """
        let filters = [
            params.cardSystem.map { "level.card_system_id = \($0)" }, params.counter.map { "level.counter_id = \($0)" },
            params.isLow.map { "(level.local_stock < level.minimum) = \($0)" },
        ].compactMap { $0 as SQL? }
        let listing = Listing(
            columns: StockLevelRecord.columns, tables: StockLevelRecord.tables, conditions: [reach] + filters,
            key: """
                case when level.local_stock < level.minimum then '0 ' else '1 ' end || lower(b.name) || ' '
                    || level.card_system_id || level.is_opportunity_card
                """, id: "level.counter_id")
        return try listing.page(params.page, call.transaction, StockLevelRecord.init)
    }
}

/// What a counter has of one kind of card.
struct StockLevelRecord: ResultRecord {
    let counter: CounterID
    let counterName: String
    let cardSystem: CardSystemID
    let isOpportunityCard: Bool
    let level: StockLevel

    static let fields: [ResultField<StockLevelRecord>] = [
        .init("counterId", "The counter.") { $0.counter },
        .init("counterName", "What it is called.") { $0.counterName },
        .init("cardSystemId", "Whose cards they are.") { $0.cardSystem },
        .init("isOpportunityCard", "They were made for people with an opportunity status (R-004).") {
            $0.isOpportunityCard
        },
        .init("localStock", "How many lie in its drawer.") { $0.level.localStock },
        .init("sent", "How many are on their way to it.") { $0.level.sent },
        .init("minimum", "Fewer than this in the drawer is low; 0 if that was not set.") { $0.level.minimum },
        .init("isLow", "There are fewer.") { $0.level.isLow },
        .init("proposal", "How many to send: a low drawer is filled up to twice its minimum.") { $0.level.proposal },
    ]

    static let columns: SQL = """
        level.counter_id, b.name, level.card_system_id, level.is_opportunity_card, level.local_stock, level.sent,
        level.minimum
        """

    /// Every counter that has cards of the kind or was told when it runs low.
    static let tables: SQL = """
        (select counter_id, card_system_id, is_opportunity_card, coalesce(d.local_stock, 0) as local_stock,
                coalesce(d.sent, 0) as sent, coalesce(t.minimum, 0) as minimum
            from (
                select c.counter_id, c.card_system_id, substr(c.number, 12, 1) = '1' as is_opportunity_card,
                    count(*) filter (where c.status = 'localStock') as local_stock,
                    count(*) filter (where c.status = 'sent') as sent
                from card c where c.status in ('sent', 'localStock') and c.counter_id is not null group by 1, 2, 3) as d
            full join counter_stock_threshold t using (counter_id, card_system_id, is_opportunity_card)) as level
        join counter b on b.id = level.counter_id
        """

    init(row: Row) throws {
        counter = try row["counter_id"]
        counterName = try row["name"]
        cardSystem = try row["card_system_id"]
        isOpportunityCard = try row["is_opportunity_card"]
        level = StockLevel(localStock: try row["local_stock"], sent: try row["sent"], minimum: try row["minimum"])
    }
}
