extension Registry {
    static let stock: [RegisteredMethod] = [
        RegisteredMethod(CardAdd.self),
        RegisteredMethod(CardAddStock.self),
        RegisteredMethod(CardDeliver.self),
        RegisteredMethod(CardHandOver.self),
        RegisteredMethod(CardPassOn.self),
        RegisteredMethod(CardReceive.self),
        RegisteredMethod(CardStockLevels.self),
        RegisteredMethod(CardTakeBack.self),
        RegisteredMethod(CounterSetStockThreshold.self),
        RegisteredMethod(StockBatchGet.self),
        RegisteredMethod(StockBatchList.self),
    ]
}
