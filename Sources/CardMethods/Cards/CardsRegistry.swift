extension Registry {
    static let cards: [RegisteredMethod] = [
        RegisteredMethod(CardAddStock.self),
        RegisteredMethod(CardBlock.self),
        RegisteredMethod(CardCount.self),
        RegisteredMethod(CardDeliver.self),
        RegisteredMethod(CardHandOver.self),
        RegisteredMethod(CardList.self),
        RegisteredMethod(CardReceive.self),
        RegisteredMethod(CardTellStatus.self),
        RegisteredMethod(CardUnblock.self),
    ]
}
