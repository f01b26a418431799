/// What may be changed of a coupon.
public enum CouponChange {
    /// The fields that are different, as parameters name them.
    public static func fields(from old: CouponTerms, to new: CouponTerms) -> [String] {
        terms(from: old, to: new).filter(\.isChanged).map(\.name)
            + [
                ("name", old.name != new.name), ("description", old.description != new.description),
                ("validUntil", old.validity.until != new.validity.until),
                ("holderLimit", old.limits.holder != new.limits.holder),
                ("eventLimit", old.limits.event != new.limits.event),
                ("totalLimit", old.limits.total != new.limits.total), ("budgetCents", old.budget != new.budget),
                ("budgetWarningPercent", old.budgetWarningPercent != new.budgetWarningPercent),
            ].filter(\.1).map(\.0)
    }

    /// COU-05: everything against a change. Once a ticket is sold with it, what a coupon gives, to whom and for what
    /// stays as it is, and its limits and its budget can only be raised or dropped; it can be ended at any time.
    ///
    /// - Parameters:
    ///   - isUsed: A ticket is sold with it, or reserved.
    ///   - today: No last day may lie before.
    public static func reasons(
        from old: CouponTerms, to new: CouponTerms, isUsed: Bool, on today: CivilDate
    ) -> [Reason] {
        if old.validity.isEnded { return [Reason(.couponEnded, at: "/couponId")] }
        var reasons: [Reason] = []
        if let until = new.validity.until, until != old.validity.until, until < today {
            reasons.append(Reason(.endDateTooEarly, at: "/validUntil"))
        }
        guard isUsed else { return reasons }
        let frozen =
            terms(from: old, to: new).filter(\.isChanged).map(\.name)
            + [
                ("holderLimit", isLower(old.limits.holder, new.limits.holder)),
                ("eventLimit", isLower(old.limits.event, new.limits.event)),
                ("totalLimit", isLower(old.limits.total, new.limits.total)),
                ("budgetCents", new.budget.map { $0 < old.budget ?? .max } ?? false),
            ].filter(\.1).map(\.0)
        return reasons + frozen.map { Reason(.couponInUse, at: "/" + $0) }
    }

    /// What buyers and payers go by.
    private static func terms(from old: CouponTerms, to new: CouponTerms) -> [(name: String, isChanged: Bool)] {
        let sharesDiffer = new.distributionKey == nil && (old.distributionKey != nil || old.shares != new.shares)
        return [
            ("discount", old.discount != new.discount),
            ("distributionKeyId", new.distributionKey != nil && old.distributionKey != new.distributionKey),
            ("shares", sharesDiffer), ("priceBelowCents", old.scope.priceBelow != new.scope.priceBelow),
            ("eventIds", old.scope.events != new.scope.events),
            ("organizerCounterIds", old.scope.organizers != new.scope.organizers),
            ("forEveryone", old.target.isForEveryone != new.target.isForEveryone),
            ("segments", old.target.segments != new.target.segments),
            ("validFrom", old.validity.from != new.validity.from),
        ]
    }

    /// Whether a limit allows less than before, or counts anew.
    private static func isLower(_ old: PeriodLimit?, _ new: PeriodLimit?) -> Bool {
        guard let new else { return false }
        guard let old else { return true }
        return new.period != old.period || new.volume < old.volume
    }
}
