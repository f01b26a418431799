/// For whom a coupon is, and what it makes of a price. A coupon is granted by rule: nobody has to do anything for it
/// (TAR-12).
public enum CouponRules {
    /// What a group may take at once of a coupon that has no limit.
    public static let unlimited = 1_000_000

    /// COU-06: what somebody pays for a ticket with a coupon, and every rule that was looked at.
    ///
    /// The coupon stays what it is while a reservation lasts: those count as used.
    public static func offer(
        _ coupon: CouponTerms, to buyer: CouponBuyer, for ticket: CouponTicket, used: CouponUse, at instant: Instant
    ) -> CouponOffer {
        let price = coupon.discount.holderPrice(of: ticket.regularPrice)
        let discount = ticket.regularPrice - price
        let limits = uses(of: coupon.limits, used)
        // What is left of the budget, in tickets at this price.
        let affordable = discount > 0 ? coupon.budget.map { max(0, $0 - used.spent) / discount } : nil
        var rules = validity(coupon, at: instant) + target(coupon, buyer)
        rules += scope(coupon, ticket) + [RuleTried(.discount, holds: discount > 0, coupon: coupon.id)]
        rules += limits.map { RuleTried($0, at: instant, coupon: coupon.id) }
        if let affordable { rules.append(RuleTried(.budget, holds: affordable > 0, coupon: coupon.id)) }
        let left = limits.map(\.remaining) + [affordable, unlimited].compactMap(\.self)
        // TAR-03: one person takes one ticket.
        let remaining = rules.allSatisfy(\.holds) ? min(buyer.isGroup ? unlimited : 1, left.min()!) : 0
        return CouponOffer(price: price, remaining: remaining, rules: rules)
    }

    /// COU-01 to COU-06: a coupon as somebody has it; `nil` if it is not for him. `used` is asked of no event.
    public static func grant(
        _ coupon: CouponTerms, to buyer: CouponBuyer, used: CouponUse, on today: CivilDate
    ) -> CouponGrant? {
        guard target(coupon, buyer).allSatisfy(\.holds) else { return nil }
        let tightest = uses(of: coupon.limits, used).filter { $0.name != .couponEvent }.min {
            $0.remaining < $1.remaining
        }
        return CouponGrant(status: coupon.validity.status(on: today), remaining: tightest)
    }

    private static func validity(_ coupon: CouponTerms, at instant: Instant) -> [RuleTried] {
        let today = Brussels.date(instant)
        let isCurrent = coupon.validity.status(on: today) == .active
        let hasBegun = coupon.validity.from <= today
        // Only what has not begun yet will come.
        let next = !isCurrent ? nil : hasBegun ? instant : Brussels.instant(coupon.validity.from)
        return [
            RuleTried(.status, holds: !coupon.validity.isEnded, coupon: coupon.id),
            RuleTried(.validity, holds: isCurrent && hasBegun, coupon: coupon.id, nextPossibleAt: next),
        ]
    }

    /// R-104, TAR-12. With one segment its conditions are told, with several that none of them fits.
    private static func target(_ coupon: CouponTerms, _ buyer: CouponBuyer) -> [RuleTried] {
        let target = coupon.target
        var rules = [RuleTried(.membership, holds: buyer.isMember, coupon: coupon.id)]
        if let municipality = target.residentsOf {
            rules.append(
                RuleTried(.municipality, holds: buyer.buyer.municipality == municipality, coupon: coupon.id))
        }
        if target.isForEveryone || buyer.isNamed { return rules }
        let tried = target.segments.map { $0.tried(buyer.buyer, regularPrice: 0) }
        if tried.count == 1 {
            rules += tried[0].map { RuleTried(.init($0.name), holds: $0.holds, coupon: coupon.id) }
        } else {
            let holds = tried.contains { $0.allSatisfy(\.holds) }
            rules.append(RuleTried(.target, holds: holds, coupon: coupon.id))
        }
        return rules
    }

    private static func scope(_ coupon: CouponTerms, _ ticket: CouponTicket) -> [RuleTried] {
        let scope = coupon.scope
        var rules: [RuleTried] = []
        if let priceBelow = scope.priceBelow {
            rules.append(RuleTried(.priceBelow, holds: ticket.regularPrice < priceBelow, coupon: coupon.id))
        }
        if !scope.events.isEmpty {
            rules.append(RuleTried(.event, holds: scope.events.contains(ticket.event), coupon: coupon.id))
        }
        if !scope.organizers.isEmpty {
            let holds = ticket.organizer.map(scope.organizers.contains) ?? false
            rules.append(RuleTried(.organizer, holds: holds, coupon: coupon.id))
        }
        return rules
    }

    private static func uses(of limits: CouponLimits, _ used: CouponUse) -> [LimitUse] {
        [
            limits.holder.map { LimitUse(.couponHolder, $0, used: used.byHolder) },
            limits.event.map { LimitUse(.couponEvent, $0, used: used.atEvent) },
            limits.total.map { LimitUse(.couponTotal, $0, used: used.inTotal) },
        ].compactMap(\.self)
    }
}

/// What a coupon makes of a ticket's price.
public struct CouponOffer: Sendable, Hashable {
    /// What the holder pays with it, in cents, whether he may use it or not.
    public var price: Int
    /// Tickets that may be taken of it at once: what the tightest of limits and budget leaves; 0 if a rule fails.
    public var remaining: Int
    /// All that were looked at.
    public var rules: [RuleTried]

    public init(price: Int, remaining: Int, rules: [RuleTried]) {
        (self.price, self.remaining, self.rules) = (price, remaining, rules)
    }

    /// Nothing speaks against it.
    public var isOffered: Bool { remaining > 0 }
    /// Every rule that speaks against it, with its limit and when it may hold.
    public var failed: [RuleTried] { rules.filter { !$0.holds } }
}

/// A coupon that somebody has.
public struct CouponGrant: Sendable, Hashable {
    public var status: CouponStatus
    /// The limit that leaves least; `nil` if the coupon has none but that of an event (COU-03).
    public var remaining: LimitUse?

    public init(status: CouponStatus, remaining: LimitUse?) {
        (self.status, self.remaining) = (status, remaining)
    }
}
