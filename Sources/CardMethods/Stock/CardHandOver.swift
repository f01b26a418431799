import CardRules
import JSONRPC
import Postgres

enum CardHandOver: Method {
    static let declaration = Declaration(
        "card.handOver", .writes, by: .staff(.cardWrite),
        "Sends cards from stock to a counter that works in their card system; it confirms that they came.",
        details: "All of the call or none.",
        refusals: [
            .counterNotFound, .counterNotInCardSystem, .stockBatchNotFound, .cardNotFound, .cardOtherCardSystem,
            .cardWrongStatus,
        ])

    struct Params: Parameters {
        let counter: CounterID
        let cards: CardSelection

        init(from reader: inout ParameterReader) {
            counter = reader.required("counterId", "The counter that gets them.")
            cards = CardSelection(from: &reader)
        }
    }

    static func run(_ params: Params, in call: Call) throws -> CardsCounted {
        let cards = try NamedCards(params.cards, in: call)
        let reasons = try call.reasons(against: params.counter, in: cards.cardSystem)
        return try cards.take(.handOver, changing: "counter_id = \(params.counter)", unless: reasons, in: call)
    }
}

extension Call {
    /// What is against sending cards of a card system to a counter, which the audit trail then names. Refuses a counter
    /// that the caller cannot see.
    func reasons(against counter: CounterID, in cardSystem: CardSystemID) throws -> [Reason] {
        let row = try transaction.first(
            """
            select exists (select from counter_card_system k
                where k.counter_id = c.id and k.card_system_id = \(cardSystem))
            from counter c where c.id = \(counter)
            """)
        guard let row else { throw Refusal(.counterNotFound, at: "/counterId") }
        audit.object(counter)
        return try row[0] ? [] : [Reason(.counterNotInCardSystem, at: "/counterId")]
    }

    /// The counter to which somebody's act on drawers is bound: his own; none for who administers the card system.
    func boundCounter(in cardSystem: CardSystemID) -> CounterID? {
        scope.administers(cardSystem) ? nil : caller.counter?.id
    }
}
