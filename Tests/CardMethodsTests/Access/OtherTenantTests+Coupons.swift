extension OtherTenantTests {
    /// Coupons, and whose they are.
    static let coupons: [ForeignCall] = [
        ("coupon.addTarget", #"{"couponId":"ID","passHolderId":"HOLDER1"}"#, "coupon"),
        ("coupon.end", #"{"couponId":"ID"}"#, "coupon"),
        ("coupon.get", #"{"couponId":"ID"}"#, "coupon"),
        ("coupon.listTargets", #"{"couponId":"ID"}"#, "coupon"),
        ("coupon.preview", #"{"couponId":"ID"}"#, "coupon"),
        ("coupon.removeTarget", #"{"couponId":"ID","passHolderId":"HOLDER1"}"#, "coupon"),
        ("coupon.update", #"{"couponId":"ID","name":"mine"}"#, "coupon"),
        ("groupPass.listCoupons", #"{"groupPassId":"ID"}"#, "group_pass"),
        ("passHolder.listCoupons", #"{"passHolderId":"ID"}"#, "pass_holder"),
    ]

    static let couponsExempt: [String: String] = [
        "coupon.create": "card systems are public", "coupon.list": "card systems are public",
        "holder.coupons": "oneself and the own family only",
    ]
}
