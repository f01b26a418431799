import CardRules
import JSONRPC
import Postgres

enum CardHandOver: Method {
    static let declaration = Declaration(
        "card.handOver", .writes, by: .staff(.cardWrite),
        "Sends cards from stock to a counter that works in their card system; it confirms that they came.",
        details: "All of the call or none.",
        refusals: [
            .counterNotFound, .counterNotInCardSystem, .cardNotFound, .cardOtherCardSystem, .cardWrongStatus,
        ])

    struct Params: Parameters {
        let counter: CounterID
        let cards: CardNumbersParams

        init(from reader: inout ParameterReader) {
            counter = reader.required("counterId", "The counter that gets them.")
            cards = CardNumbersParams(from: &reader)
        }
    }

    static func run(_ params: Params, in call: Call) throws -> CardsCounted {
        let cards = try NamedCards(params.cards, in: call)
        let row = try call.transaction.first(
            """
            select exists (select from counter_card_system k
                where k.counter_id = c.id and k.card_system_id = \(cards.cardSystem))
            from counter c where c.id = \(params.counter)
            """)
        guard let row else { throw Refusal(.counterNotFound, at: "/counterId") }
        call.audit.object(params.counter)
        return try cards.take(
            .handOver, to: params.counter,
            unless: try row[0] ? [] : [Reason(.counterNotInCardSystem, at: "/counterId")], in: call)
    }
}
