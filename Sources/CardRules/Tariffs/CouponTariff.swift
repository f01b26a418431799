extension TriedCoupon {
    /// A coupon as a tariff: it is one unless something besides a limit or the budget speaks against it.
    public init(_ tariff: TariffOffer, _ offer: CouponOffer) {
        let isForBuyer = offer.failed.allSatisfy { $0.limit != nil || $0.name == .budget }
        self.init(
            offer: isForBuyer ? tariff : nil, reached: offer.failed.first { $0.limit != nil }?.limit,
            isUsedUp: !offer.isOffered, tried: offer.rules)
    }
}

extension RuleTried {
    /// TS-06: what a rule says that speaks against a coupon which is sold with: a limit that is reached, a budget that
    /// is spent, days on which it does not hold, or that it is not for the buyer or not for the ticket.
    public func againstCoupon(at instant: Instant, _ pointer: String) -> Reason {
        if let limit { return limit.reached(at: instant, pointer) }
        let kind: RefusalKind =
            switch name {
            case .budget: .couponSpent
            case .validity, .status: .couponNotValidNow
            default: .couponNotGranted
            }
        return Reason(kind, at: pointer, .init("rule", .text(name.rawValue)))
    }
}
