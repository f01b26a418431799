import CardRules
import Postgres

/// Who has a coupon: one person, or one group.
struct CouponSubject: Sendable, Hashable {
    var holder: PassHolderID?
    var group: GroupPassID?

    init(holder: PassHolderID? = nil, group: GroupPassID? = nil) { (self.holder, self.group) = (holder, group) }

    init(row: Row) throws { (holder, group) = (try row["holder_id"], try row["group_pass_id"]) }
}

/// A coupon for somebody at an event, with all that decides on it.
struct CouponFacts: Sendable {
    let terms: CouponTerms
    let isNamed: Bool
    let use: CouponUse
    /// The place in the holder's limit that the next sale takes.
    let nextSlot: Int
}

/// Coupons and how far they are used, kept right while a batch sells with them.
struct CouponSheet: Sendable {
    private struct Pair: Hashable {
        let coupon: CouponID
        let subject: CouponSubject
    }

    private struct Place: Hashable {
        let coupon: CouponID
        let event: EventID
    }

    private struct Coupon {
        let terms: CouponTerms
        var used: Int
        var spent: Int
    }

    private var coupons: [CouponID: Coupon] = [:]
    private var named: Set<Pair> = []
    private var ofHolders: [Pair: (used: Int, nextSlot: Int)] = [:]
    private var ofEvents: [Place: Int] = [:]

    mutating func add(_ terms: CouponTerms, used: Int, spent: Int) {
        coupons[terms.id] = Coupon(terms: terms, used: used, spent: spent)
    }

    mutating func name(_ subject: CouponSubject, by coupon: CouponID) {
        named.insert(Pair(coupon: coupon, subject: subject))
    }

    mutating func set(used: Int, nextSlot: Int, by subject: CouponSubject, of coupon: CouponID) {
        ofHolders[Pair(coupon: coupon, subject: subject)] = (used, nextSlot)
    }

    mutating func set(used: Int, at event: EventID, of coupon: CouponID) {
        ofEvents[Place(coupon: coupon, event: event)] = used
    }

    /// Takes back what a reservation took that has lapsed.
    mutating func lapse(_ id: CouponID, at event: EventID, soldAt: Instant, cents: Int, asOf instant: Instant) {
        guard var coupon = coupons[id] else { return }
        func counts(_ limit: PeriodLimit?) -> Bool {
            limit.map { $0.period(containing: soldAt).start == $0.period(containing: instant).start } ?? false
        }
        if counts(coupon.terms.limits.total) { coupon.used -= 1 }
        if counts(coupon.terms.limits.event) { ofEvents[Place(coupon: id, event: event), default: 0] -= 1 }
        if coupon.terms.budget != nil { coupon.spent -= cents }
        coupons[id] = coupon
    }

    /// Sells one ticket.
    ///
    /// - Parameter cents: The discount.
    mutating func take(_ coupon: CouponID, by subject: CouponSubject, at event: EventID, cents: Int) {
        let pair = Pair(coupon: coupon, subject: subject)
        let own = ofHolders[pair] ?? (0, 0)
        ofHolders[pair] = (own.used + 1, own.nextSlot + 1)
        ofEvents[Place(coupon: coupon, event: event), default: 0] += 1
        coupons[coupon]?.used += 1
        coupons[coupon]?.spent += cents
    }

    /// The coupons of card systems, for somebody at an event, in no order.
    ///
    /// - Parameter event: `nil` where it is about none.
    func coupons(
        for subject: CouponSubject, at event: EventID?, in cardSystems: Set<CardSystemID>
    ) -> [CouponFacts] {
        coupons.values.filter { cardSystems.contains($0.terms.cardSystem) }.map { facts($0, subject, event) }
    }

    /// The coupon of a number, if one of the card systems has it.
    func coupon(
        _ number: Int, for subject: CouponSubject, at event: EventID, in cardSystems: Set<CardSystemID>
    ) -> CouponFacts? {
        coupons.values.first { $0.terms.number == number && cardSystems.contains($0.terms.cardSystem) }
            .map { facts($0, subject, event) }
    }

    private func facts(_ coupon: Coupon, _ subject: CouponSubject, _ event: EventID?) -> CouponFacts {
        let pair = Pair(coupon: coupon.terms.id, subject: subject)
        let own = ofHolders[pair] ?? (0, 0)
        let atEvent = event.flatMap { ofEvents[Place(coupon: coupon.terms.id, event: $0)] } ?? 0
        return CouponFacts(
            terms: coupon.terms, isNamed: named.contains(pair),
            use: CouponUse(byHolder: own.used, atEvent: atEvent, inTotal: coupon.used, spent: coupon.spent),
            nextSlot: own.nextSlot)
    }
}
