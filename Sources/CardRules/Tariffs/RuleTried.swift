/// A rule that was looked at when somebody asked what a ticket costs, and what it said: why a tariff is there or not.
public struct RuleTried: Sendable, Hashable {
    /// What the rule is about.
    public enum Name: String, Sendable, Hashable, CaseIterable {
        /// The event has a price.
        case eventPriced
        /// There is a membership that can be used.
        case membership
        /// The opportunity status is active, where it must be.
        case opportunityHere, opportunityAnywhere
        /// The regular price is not above what the card system allows.
        case maximumPrice
        /// Some distribution key fits.
        case distributionKey
        /// Conditions of a key or a coupon.
        case keyMaximumPrice, priceBelow, age, municipality
        /// A coupon's own.
        case target, validity, event, organizer, budget, status
        /// The coupon makes the ticket cheaper.
        case discount
        /// Limits.
        case eventLimit, counterLimit, groupAllowance, couponHolderLimit, couponEventLimit, couponTotalLimit
        case advantageLimit, advantageHolderLimit
    }

    public var name: Name
    public var holds: Bool
    public var cardSystem: CardSystemID?
    /// The term of the key whose rule it is.
    public var key: DistributionKeyTermID?
    public var coupon: CouponID?
    public var limit: LimitUse?
    /// When it may hold: the instant itself if it does, else the begin of the next period; `nil` where nobody knows, or
    /// never.
    public var nextPossibleAt: Instant?

    public init(
        _ name: Name, holds: Bool, cardSystem: CardSystemID? = nil, key: DistributionKeyTermID? = nil,
        coupon: CouponID? = nil, limit: LimitUse? = nil, nextPossibleAt: Instant? = nil
    ) {
        (self.name, self.holds, self.cardSystem, self.key) = (name, holds, cardSystem, key)
        (self.coupon, self.limit, self.nextPossibleAt) = (coupon, limit, nextPossibleAt)
    }

    /// A limit as a rule.
    public init(_ use: LimitUse, at instant: Instant, cardSystem: CardSystemID? = nil, coupon: CouponID? = nil) {
        self.init(
            Name(use.name), holds: !use.isReached, cardSystem: cardSystem, coupon: coupon, limit: use,
            nextPossibleAt: use.nextPossible(at: instant))
    }
}

extension RuleTried.Name {
    public init(_ limit: LimitUse.Name) {
        switch limit {
        case .event: self = .eventLimit
        case .counter: self = .counterLimit
        case .groupAllowance: self = .groupAllowance
        case .couponHolder: self = .couponHolderLimit
        case .couponEvent: self = .couponEventLimit
        case .couponTotal: self = .couponTotalLimit
        case .advantage: self = .advantageLimit
        case .advantageHolder: self = .advantageHolderLimit
        }
    }

    public init(_ condition: PriceConditions.Name) {
        switch condition {
        case .opportunityHere: self = .opportunityHere
        case .opportunityAnywhere: self = .opportunityAnywhere
        case .priceBelow: self = .priceBelow
        case .age: self = .age
        case .municipality: self = .municipality
        }
    }
}
