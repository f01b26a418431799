import CardRules
import JSONRPC
import Postgres

/// Cards that are named by their numbers to take a step together, locked until the transaction ends. They are all of
/// one card system, so that one audit trail tells of them.
struct NamedCards {
    let cardSystem: CardSystemID
    private let cards: [Card]

    private struct Card {
        let id: CardID
        let facts: CardFacts
        let pointer: String
    }

    /// Refuses numbers that no card of the caller's card systems has. A number that is named twice counts once.
    init(_ params: CardNumbersParams, in call: Call) throws {
        let rows = try call.transaction.query(
            """
            select \(fragment: CardRecord.columns) from card c where c.number = any (\(params.numbers))
            order by c.id for update
            """)
        var found = Dictionary(uniqueKeysWithValues: try rows.map(CardRecord.init).map { ($0.number, $0) })
        var seen = Set<CardNumber>()
        var cards: [Card] = []
        var reasons: [Reason] = []
        for (index, number) in params.numbers.enumerated() where seen.insert(number).inserted {
            let pointer = "/cardNumbers/\(index)"
            if let card = found.removeValue(forKey: number) {
                cards.append(Card(id: card.id, facts: card.facts, pointer: pointer))
            } else {
                reasons.append(Reason(.cardNotFound, at: pointer))
            }
        }
        let cardSystem = cards.first?.facts.cardSystem
        for card in cards where card.facts.cardSystem != cardSystem {
            reasons.append(Reason(.cardOtherCardSystem, at: card.pointer))
        }
        if let cardSystem { try call.require(call.serves(cardSystem)) }
        try reasons.refuse()
        guard let cardSystem else { throw Refusal(.cardNotFound, at: "/cardNumbers") }
        (self.cardSystem, self.cards) = (cardSystem, cards)
        call.audit.cardSystem = cardSystem
    }

    /// Takes the step with all of them, or refuses with everything that is against it.
    ///
    /// - Parameters:
    ///   - counter: The acting counter, if the step is bound to one; see `CardFacts`.
    ///   - destination: The counter at which the cards are then; `nil` leaves them where they are.
    ///   - others: What else is against it.
    func take(
        _ step: CardStep, at counter: CounterID? = nil, to destination: CounterID? = nil, unless others: [Reason] = [],
        in call: Call
    ) throws -> CardsCounted {
        try (others + cards.flatMap { $0.facts.reasons(against: step, at: counter, pointer: $0.pointer) }).refuse()
        call.audit.tell(cards.map(\.id), are: step.transition.to.rawValue)
        try call.transaction.execute(
            """
            update card set status = \(step.transition.to), counter_id = coalesce(\(destination), counter_id),
                changed_at = \(call.now), version = version + 1
            where id = any (\(cards.map(\.id)))
            """)
        return CardsCounted(count: cards.count)
    }
}

/// The cards that a call names.
struct CardNumbersParams: Sendable {
    let numbers: [CardNumber]

    init(from reader: inout ParameterReader) {
        numbers = reader.required("cardNumbers", "1 to 500 numbers of cards, all of one card system.")
        if numbers.isEmpty { reader.refuse("cardNumbers", "must name at least one card") }
    }
}
