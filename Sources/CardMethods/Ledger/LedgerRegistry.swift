extension Registry {
    static let ledger: [RegisteredMethod] = [RegisteredMethod(PointsHistory.self)]
}
