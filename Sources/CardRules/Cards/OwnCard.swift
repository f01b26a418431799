/// One of somebody's cards in an own card system, as a refusal tells it: the number, and where it is in its life.
public struct OwnCard: Sendable, Hashable {
    public let cardSystem: CardSystemID
    public let number: CardNumber
    public let status: CardStatus

    public init(cardSystem: CardSystemID, number: CardNumber, status: CardStatus) {
        (self.cardSystem, self.number, self.status) = (cardSystem, number, status)
    }

    /// all of them, so that a counter can choose.
    public static func detail(_ cards: [OwnCard]) -> Reason.Detail {
        .init(
            "cards",
            .list(
                cards.map { card in
                    [
                        .init("cardSystemId", .text(card.cardSystem.text)),
                        .init("cardNumber", .text(card.number.text)), .init("status", .text(card.status.rawValue)),
                    ]
                }))
    }
}
