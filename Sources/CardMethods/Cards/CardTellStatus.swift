import CardRules
import JSONRPC
import Postgres

enum CardTellStatus: Method {
    static let declaration = Declaration(
        "card.status", .reads, by: .staff(.cardRead),
        "Tells where a card is in its life, in stock too and of whatever card system; nothing of persons (NUM-10).",
        details: "Takes the number or the chip number.", refusals: [.cardNotFound])

    struct Result: ResultRecord {
        let number: CardNumber
        let type: CardType
        let status: CardStatus
        let isGroupPass: Bool
        let cardSystem: CardSystemID
        let cardSystemName: String
        let isOwn: Bool
        let counter: CounterID?

        static let fields: [ResultField<Result>] = [
            .init("cardNumber", "The 13 digits on it.") { $0.number },
            .init("cardType", "What it is made of.") { $0.type },
            .init("status", "Where it is in its life.") { $0.status },
            .init("isOpportunityCard", "It was made for somebody with an opportunity status (R-004).") {
                $0.number.isOpportunity
            },
            .init("isGroupPass", "It is a group's, not a person's.") { $0.isGroupPass },
            .init("cardSystemId", "Whose card it is.") { $0.cardSystem },
            .init("cardSystemName", "What that is called.") { $0.cardSystemName },
            .init("isOwn", "The counter works in that card system (R-014).") { $0.isOwn },
            .init("counterId", "The counter that an own card was handed over to.") { $0.isOwn ? $0.counter : nil },
        ]
    }

    static func run(_ params: CardNameParams, in call: Call) throws -> Result {
        let row = try call.acrossCardSystems {
            try call.transaction.first(
                """
                select c.number, c.type, c.status, c.is_group_pass, c.card_system_id, s.name, c.counter_id
                from card c join card_system s on s.id = c.card_system_id where \(fragment: params.condition)
                """)
        }
        guard let row else { throw Refusal(.cardNotFound, at: params.pointer) }
        let cardSystem: CardSystemID = try row["card_system_id"]
        return Result(
            number: try row["number"], type: try row["type"], status: try row["status"],
            isGroupPass: try row["is_group_pass"], cardSystem: cardSystem, cardSystemName: try row["name"],
            isOwn: call.serves(cardSystem), counter: try row["counter_id"])
    }
}
