extension Registry {
    static let coupons: [RegisteredMethod] = [
        RegisteredMethod(CouponAddTarget.self),
        RegisteredMethod(CouponCreate.self),
        RegisteredMethod(CouponEnd.self),
        RegisteredMethod(CouponGet.self),
        RegisteredMethod(CouponList.self),
        RegisteredMethod(CouponListTargets.self),
        RegisteredMethod(CouponPreview.self),
        RegisteredMethod(CouponRemoveTarget.self),
        RegisteredMethod(CouponUpdate.self),
        RegisteredMethod(GroupPassListCoupons.self),
        RegisteredMethod(HolderCoupons.self),
        RegisteredMethod(PassHolderListCoupons.self),
    ]
}
