extension Registry {
    static let cards: [RegisteredMethod] = [
        RegisteredMethod(CardBlock.self),
        RegisteredMethod(CardCount.self),
        RegisteredMethod(CardDelete.self),
        RegisteredMethod(CardHistory.self),
        RegisteredMethod(CardList.self),
        RegisteredMethod(CardTellStatus.self),
        RegisteredMethod(CardUnblock.self),
        RegisteredMethod(PassHolderCards.self),
    ]
}
