import CardRules
import JSONRPC
import Postgres

enum CardCount: Method {
    static let declaration = Declaration(
        "card.count", .reads, by: .staff(.cardRead),
        "Counts cards by card system, status and kind: a counter's own stock for its staff, all for administrators.")

    struct Params: Parameters {
        let filter: CardFilter
        init(from reader: inout ParameterReader) { filter = CardFilter(from: &reader) }
    }

    struct Result: ResultRecord {
        let counts: [CardsOfStatus]

        static let fields: [ResultField<Result>] = [
            .init("counts", "One for each card system, status and kind of which there are cards.") { $0.counts }
        ]
    }

    static func run(_ params: Params, in call: Call) throws -> Result {
        let conditions = [call.cardsInReach] + params.filter.conditions
        let rows = try call.transaction.query(
            """
            select c.card_system_id, c.status, substr(c.number, 12, 1) = '1' as is_opportunity_card, count(*) as count
            from card c where \(fragment: SQL.joined(conditions, separator: " and ")) group by 1, 2, 3 order by 1, 2, 3
            """)
        return Result(counts: try rows.map(CardsOfStatus.init))
    }
}

/// How many cards of a card system have a status.
struct CardsOfStatus: ResultRecord {
    let cardSystem: CardSystemID
    let status: CardStatus
    let isOpportunityCard: Bool
    let count: Int

    static let fields: [ResultField<CardsOfStatus>] = [
        .init("cardSystemId", "Whose cards they are.") { $0.cardSystem },
        .init("status", "Where they are in their life.") { $0.status },
        .init("isOpportunityCard", "They were made for people with an opportunity status (R-004).") {
            $0.isOpportunityCard
        },
        .init("count", "How many.") { $0.count },
    ]

    init(row: Row) throws {
        cardSystem = try row["card_system_id"]
        status = try row["status"]
        isOpportunityCard = try row["is_opportunity_card"]
        count = try row["count"]
    }
}
