extension PermissionTable {
    static let redemptions = """
        advantage.redeem             .....TRG.A..
        advantage.redeemStatus       .....TRG.A..
        holder.redeem                ...........h
        holder.redeemStatus          ...........h
        holder.redemptions           ...........h
        redemption.cancel            ..oc.TRG.A..
        redemption.list              ..oc.TRG.A..
        redemption.restore           ..oc........
        redemption.totals            ..ocmTRG.A..
        """
}

extension OtherTenantTests {
    static let redemptions: [ForeignCall] = [
        ("redemption.cancel", #"{"redemptionId":"ID","reason":"wrong"}"#, "redemption"),
        ("redemption.restore", #"{"redemptionId":"ID","reason":"wrong"}"#, "redemption"),
        ("redemption.list", #"{"redemptionId":"ID"}"#, "redemption"),
        ("redemption.totals", #"{"passHolderId":"ID"}"#, "pass_holder"),
    ]

    static let redemptionsExempt: [String: String] = [
        "advantage.redeem": "passes and advantages are used everywhere",
        "advantage.redeemStatus": "passes and advantages are used everywhere",
        "holder.redeemStatus": "oneself and the own family only",
        "holder.redeem": "oneself and the own family only", "holder.redemptions": "oneself and the own family only",
    ]
}
