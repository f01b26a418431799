extension Registry {
    static let redemptions: [RegisteredMethod] = [
        RegisteredMethod(AdvantageRedeem.self),
        RegisteredMethod(AdvantageRedeemStatus.self),
        RegisteredMethod(HolderRedeem.self),
        RegisteredMethod(HolderRedeemStatus.self),
        RegisteredMethod(HolderRedemptions.self),
        RegisteredMethod(RedemptionCancel.self),
        RegisteredMethod(RedemptionList.self),
        RegisteredMethod(RedemptionRestore.self),
        RegisteredMethod(RedemptionTotals.self),
    ]
}
