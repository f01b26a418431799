import CardRules
import Postgres

/// A card that a person gets: the one place where cards are handed out and digital ones made.
struct CardIssue {
    /// The card's id, from stock or new.
    let card: CardID
    let number: CardNumber
    let isDigital: Bool
    let cardSystem: CardSystemID
    let holder: PassHolderID
    /// `nil` where there is none, as online.
    let counter: CounterID?
    /// What it is issued for; its price depends on it.
    let reason: PriceReason

    /// - Parameters:
    ///   - stock: The card that is handed out, locked and judged; `nil` makes a digital one.
    ///   - isOpportunity: Whether a digital card is made for somebody with an opportunity status.
    init(
        _ stock: CardRecord?, isOpportunity: Bool, of cardSystem: CardSystemID, to holder: PassHolderID,
        at counter: CounterID?, _ reason: PriceReason, in call: Call
    ) throws {
        card = stock?.id ?? call.newID()
        number = try stock?.number ?? DigitalCard.freeNumber(opportunity: isOpportunity, in: call)
        isDigital = stock == nil
        (self.cardSystem, self.holder, self.counter, self.reason) = (cardSystem, holder, counter, reason)
    }

    /// Makes the card its holder's.
    func statement(in call: Call) -> SQL {
        guard isDigital else {
            return call.taking(
                .activate, with: "c.id = \(card)", changing: "holder_id = \(holder)", counter: .at(counter),
                reason: reason.rawValue)
        }
        return call.bringing(
            .make,
            by: """
                insert into card (id, card_system_id, number, type, status, counter_id, holder_id, changed_at)
                values (\(card), \(cardSystem), \(number), \(CardType.digital), \(CardStep.make.to), \(counter),
                    \(holder), \(call.now))
                """, counter: .at(counter), reason: reason.rawValue)
    }
}
