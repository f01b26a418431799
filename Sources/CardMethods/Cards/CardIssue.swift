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

    /// Where a card comes from.
    enum Source {
        /// From a drawer: locked and judged.
        case stock(CardRecord)
        /// Made for its holder, with this number, which no card has.
        case digital(CardNumber)
    }

    init(
        _ source: Source, of cardSystem: CardSystemID, to holder: PassHolderID, at counter: CounterID?,
        _ reason: PriceReason, in call: Call
    ) {
        switch source {
        case .stock(let stock): (card, number, isDigital) = (stock.id, stock.number, false)
        case .digital(let new): (card, number, isDigital) = (call.newID(), new, true)
        }
        (self.cardSystem, self.holder, self.counter, self.reason) = (cardSystem, holder, counter, reason)
    }

    /// - Parameters:
    ///   - stock: The card that is handed out, locked and judged; `nil` makes a digital one.
    ///   - isOpportunity: Whether a digital card is made for somebody with an opportunity status.
    init(
        _ stock: CardRecord?, isOpportunity: Bool, of cardSystem: CardSystemID, to holder: PassHolderID,
        at counter: CounterID?, _ reason: PriceReason, in call: Call
    ) throws {
        let source: Source =
            try stock.map { .stock($0) }
            ?? .digital(
                DigitalCard.freeNumber(opportunity: isOpportunity, in: call))
        self.init(source, of: cardSystem, to: holder, at: counter, reason, in: call)
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
