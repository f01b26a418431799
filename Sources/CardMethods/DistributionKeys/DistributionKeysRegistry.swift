extension Registry {
    static let distributionKeys: [RegisteredMethod] = [
        RegisteredMethod(DistributionKeyCreate.self),
        RegisteredMethod(DistributionKeyGet.self),
        RegisteredMethod(DistributionKeyHistory.self),
        RegisteredMethod(DistributionKeyList.self),
        RegisteredMethod(DistributionKeySetTerm.self),
        RegisteredMethod(DistributionKeyUpdate.self),
    ]
}
