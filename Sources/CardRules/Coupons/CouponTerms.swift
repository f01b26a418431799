/// What a coupon says: for whom, for what, how often, and what it gives.
public struct CouponTerms: Sendable, Hashable {
    public var id: CouponID
    /// The outside calls it `COUPON_<number>`.
    public var number: Int
    public var cardSystem: CardSystemID
    public var name: String
    public var description: String?
    public var discount: Discount
    /// Whose shares hold, as they are at any time; `nil` if the coupon has its own.
    public var distributionKey: DistributionKeyID?
    /// Who pays the discount.
    public var shares: PayerShares
    public var target: CouponTarget
    public var scope: CouponScope
    public var validity: CouponValidity
    public var limits: CouponLimits
    /// What it may cost those who pay the discount, in cents.
    public var budget: Int?
    /// From how much of the budget on its administrators are told, in per cent.
    public var budgetWarningPercent: Int

    public init(
        id: CouponID, number: Int, cardSystem: CardSystemID, name: String, description: String? = nil,
        discount: Discount, distributionKey: DistributionKeyID? = nil, shares: PayerShares, target: CouponTarget,
        scope: CouponScope = CouponScope(), validity: CouponValidity, limits: CouponLimits = CouponLimits(),
        budget: Int? = nil, budgetWarningPercent: Int = 80
    ) {
        (self.id, self.number, self.cardSystem, self.name) = (id, number, cardSystem, name)
        (self.description, self.discount) = (description, discount)
        (self.distributionKey, self.shares, self.target, self.scope) = (distributionKey, shares, target, scope)
        (self.validity, self.limits, self.budget) = (validity, limits, budget)
        self.budgetWarningPercent = budgetWarningPercent
    }

    /// Whether its administrators are to look at the budget.
    ///
    /// - Parameter spent: In cents.
    public func warns(spent: Int) -> Bool { budget.map { spent * 100 >= $0 * budgetWarningPercent } ?? false }

    /// Whether nothing is left of the budget, or less than the amount that the coupon takes off.
    ///
    /// - Parameter spent: In cents.
    public func isUsedUp(spent: Int) -> Bool {
        guard let budget else { return false }
        return if case .amountOff(let cents) = discount {
            budget - spent < min(cents, budget)
        } else {
            budget <= spent
        }
    }

    /// What its administrators are told once when it has come so far; `nil` if there is nothing new to tell.
    ///
    /// - Parameters:
    ///   - before: Spent, in cents.
    ///   - after: Spent then, in cents.
    public func warning(spent before: Int, then after: Int) -> CouponWarning? {
        if isUsedUp(spent: after), !isUsedUp(spent: before) { return .spent }
        return warns(spent: after) && !warns(spent: before) ? .nearlySpent : nil
    }
}

/// What is told of a coupon's budget.
public enum CouponWarning: String, Sendable, Hashable, CaseIterable {
    /// As much is spent as its administrators are to be told from.
    case nearlySpent
    /// Nobody can have it any more, or not for all that it takes off.
    case spent
}

/// Whom a coupon is for, besides those whom it names (COU-05).
public struct CouponTarget: Sendable, Hashable {
    public var isForEveryone: Bool
    /// One of them must fit; in each, every condition. They say nothing of prices.
    public var segments: [PriceConditions]
    /// Only for residents of this one, named ones too: a municipality's own coupon.
    public var residentsOf: MunicipalityID?

    public init(isForEveryone: Bool, segments: [PriceConditions] = [], residentsOf: MunicipalityID? = nil) {
        (self.isForEveryone, self.segments, self.residentsOf) = (isForEveryone, segments, residentsOf)
    }
}

/// What a coupon can be used for.
public struct CouponScope: Sendable, Hashable {
    /// The regular price must lie strictly below, in cents.
    public var priceBelow: Int?
    /// Only these events; empty = any.
    public var events: Set<EventID>
    /// Only events that one of these counters organizes; empty = whoever does.
    public var organizers: Set<CounterID>

    public init(priceBelow: Int? = nil, events: Set<EventID> = [], organizers: Set<CounterID> = []) {
        (self.priceBelow, self.events, self.organizers) = (priceBelow, events, organizers)
    }
}

/// When a coupon can be used.
public struct CouponValidity: Sendable, Hashable {
    /// The first day.
    public var from: CivilDate
    /// The last day; `nil` = for ever.
    public var until: CivilDate?
    /// An administrator ended it before.
    public var isEnded: Bool

    public init(from: CivilDate, until: CivilDate? = nil, isEnded: Bool = false) {
        (self.from, self.until, self.isEnded) = (from, until, isEnded)
    }

    /// COU-02: expired after its last day, and once it was ended.
    public func status(on today: CivilDate) -> CouponStatus {
        isEnded || until.map { $0 < today } ?? false ? .expired : .active
    }
}

/// Whether a granted coupon can still be used, or will be once its first day has come.
public enum CouponStatus: String, Sendable, Hashable, CaseIterable {
    case active, expired
}

/// How often a coupon can be used, each in a period of its own.
public struct CouponLimits: Sendable, Hashable {
    /// By one holder, or one group.
    public var holder: PeriodLimit?
    /// By all at one event.
    public var event: PeriodLimit?
    /// By all.
    public var total: PeriodLimit?

    public init(holder: PeriodLimit? = nil, event: PeriodLimit? = nil, total: PeriodLimit? = nil) {
        (self.holder, self.event, self.total) = (holder, event, total)
    }
}

/// How far a coupon was used, in the periods that are now; what is only reserved counts.
public struct CouponUse: Sendable, Hashable {
    public var byHolder: Int
    /// By all at the event.
    public var atEvent: Int
    public var inTotal: Int
    /// What it has cost of its budget, in cents.
    public var spent: Int

    public init(byHolder: Int = 0, atEvent: Int = 0, inTotal: Int = 0, spent: Int = 0) {
        (self.byHolder, self.atEvent, self.inTotal, self.spent) = (byHolder, atEvent, inTotal, spent)
    }
}

/// Who would use a coupon.
public struct CouponBuyer: Sendable, Hashable {
    /// As the coupon's card system sees him.
    public var buyer: Buyer
    public var isGroup: Bool
    /// Of the coupon's card system: a membership that can be used, or a group's pass that has not expired.
    public var isMember: Bool
    /// The coupon names him.
    public var isNamed: Bool

    public init(_ buyer: Buyer, isGroup: Bool = false, isMember: Bool = true, isNamed: Bool = false) {
        (self.buyer, self.isGroup, self.isMember, self.isNamed) = (buyer, isGroup, isMember, isNamed)
    }
}

/// The ticket that a coupon would make cheaper. Its event takes the coupon's card system.
public struct CouponTicket: Sendable, Hashable {
    public var event: EventID
    /// The counter that organizes the event in the coupon's card system.
    public var organizer: CounterID?
    /// In cents.
    public var regularPrice: Int

    public init(event: EventID, organizer: CounterID?, regularPrice: Int) {
        (self.event, self.organizer, self.regularPrice) = (event, organizer, regularPrice)
    }
}
