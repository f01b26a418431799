import CardRules
import Postgres

/// The coupons that a batch asks for, and what is left of them as it goes on.
struct CouponSales {
    /// Those that are named, `nil` for all that there are.
    private let numbers: [Int]?
    private let reading: CouponReading?
    private let instant: Instant
    private var sheet = CouponSheet()

    /// Those that are about to be sold with: locked, and none without need.
    init(selling items: [TicketItemParams], at now: Instant) {
        let named = Set(items.compactMap { if case .coupon(let number) = $0.tariff { number } else { nil } }).sorted()
        numbers = named
        instant = now
        reading =
            named.isEmpty
            ? nil
            : CouponReading(
                cards: Array(Set(items.map(\.card.name))), events: Array(Set(items.map(\.event))), numbers: named,
                isSelling: true, at: now)
    }

    /// All that might be offered.
    init(offering lines: [TicketUses.Line], at instant: Instant) {
        numbers = nil
        self.instant = instant
        reading = CouponReading(
            cards: Array(Set(lines.map(\.card))), events: Array(Set(lines.map(\.event))), numbers: nil, at: instant)
    }

    /// The numbers of those that are locked.
    var lockedNumbers: [Int] { numbers ?? [] }
    var locks: [SQL] { lockedNumbers.isEmpty ? [] : [CouponSpending.lock(numbers: lockedNumbers)] }
    var statements: [SQL] { reading?.statements ?? [] }

    mutating func take(_ answers: ArraySlice<Rows>) throws {
        if let reading { sheet = try reading.read(answers) }
    }

    /// TAR-07, TAR-12, R-104, R-105: every coupon of the card systems of an event, tried for a ticket of somebody.
    func tried(for row: TicketBuyerRow, _ buyer: TicketBuyer, at event: EventTariffFacts, regularPrice: Int)
        -> [TriedCoupon]
    {
        let systems = Set(event.cardSystems.map(\.id))
        return sheet.coupons(for: row.subject.ofCoupons, at: event.event.id, in: systems).map { coupon in
            let (offer, tariff) = tried(coupon, buyer, at: event, regularPrice: regularPrice)
            return TriedCoupon(tariff, offer)
        }
    }

    /// A coupon as it is sold with, or everything against it (TS-06).
    func sell(
        _ number: Int, to row: TicketBuyerRow, _ buyer: TicketBuyer, at event: EventTariffFacts, regularPrice: Int,
        pointer: String
    ) throws(Refusal) -> TariffOffer {
        let systems = Set(event.cardSystems.map(\.id))
        guard
            let coupon = sheet.coupon(number, for: row.subject.ofCoupons, at: event.event.id, in: systems)
        else { throw Refusal(.couponNotGranted, at: pointer) }
        let (offer, tariff) = tried(coupon, buyer, at: event, regularPrice: regularPrice)
        if offer.isOffered { return tariff }
        throw Refusal(offer.failed.map { $0.againstCoupon(at: instant, pointer) })!
    }

    private func tried(
        _ coupon: CouponFacts, _ buyer: TicketBuyer, at event: EventTariffFacts, regularPrice: Int
    ) -> (CouponOffer, TariffOffer) {
        let terms = coupon.terms
        let system = event.cardSystems.first { $0.id == terms.cardSystem }!
        let seen = buyer.buyer(in: terms.cardSystem, on: Brussels.date(instant))
        let offer = CouponRules.offer(
            terms,
            to: CouponBuyer(
                seen, isGroup: buyer.isGroup, isMember: buyer.isMember(of: terms.cardSystem, at: instant),
                isNamed: coupon.isNamed),
            for: CouponTicket(event: event.event.id, organizer: system.counter.id, regularPrice: regularPrice),
            used: coupon.use, at: instant)
        let payers = PayerDirectory(
            cardSystem: terms.cardSystem, organizer: system.counter.id, municipality: seen.municipality)
        let tariff = TariffOffer(
            source: .coupon(terms.id, number: terms.number), cardSystem: terms.cardSystem, name: terms.name,
            price: offer.price, remaining: offer.remaining,
            parts: payers.parts(of: regularPrice - offer.price, terms.shares))
        return (offer, tariff)
    }

    /// Sells one ticket: tells the place that it takes in the holder's limit, and what is to be told of the budget.
    mutating func take(
        _ offer: TariffOffer, by subject: TicketSubject, at event: EventTariffFacts, discount: Int
    ) -> (place: TicketSaleRow.Place?, warning: ToldCouponWarning?)? {
        guard case .coupon(let id, let number) = offer.source else { return nil }
        let coupon = sheet.coupon(
            number, for: subject.ofCoupons, at: event.event.id, in: Set(event.cardSystems.map(\.id)))
        sheet.take(id, by: subject.ofCoupons, at: event.event.id, cents: discount)
        guard let coupon else { return nil }
        let place = coupon.terms.limits.holder.map {
            TicketSaleRow.Place(periodStart: $0.period(containing: instant).start, slot: coupon.nextSlot)
        }
        return (place, ToldCouponWarning(coupon.terms, spent: coupon.use.spent, and: discount))
    }

    /// Counts what was sold.
    static func writes(_ rows: [TicketSaleRow]) -> [SQL] {
        let sold = rows.compactMap { row in
            row.coupon.map {
                CouponSale(
                    coupon: $0, event: row.event, cents: row.regularPrice - row.offer.price, soldAt: row.soldAt)
            }
        }
        return sold.isEmpty ? [] : [CouponSpending.raise(sold)]
    }
}

extension TicketSubject {
    fileprivate var ofCoupons: CouponSubject { CouponSubject(holder: holder, group: group) }
}

extension TicketBuyer {
    fileprivate var isGroup: Bool { if case .group = self { true } else { false } }

    fileprivate func isMember(of cardSystem: CardSystemID, at instant: Instant) -> Bool {
        switch self {
        case .person(let person): person.memberships.contains { $0.cardSystem == cardSystem && $0.isActive }
        case .group(let group):
            group.cardSystem == cardSystem && group.facts.status(on: Brussels.date(instant)) == .active
        }
    }
}
