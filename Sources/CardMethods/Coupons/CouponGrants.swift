import CardRules
import JSONRPC
import Postgres

/// Which of somebody's coupons are listed.
struct GrantedCouponsParams: Sendable {
    enum Status: String, WordParameter {
        case active, expired, all

        var status: CouponStatus? {
            switch self {
            case .active: .active
            case .expired: .expired
            case .all: nil
            }
        }
    }

    let status: Status
    let counter: CounterID?
    let page: PageRequest

    init(from reader: inout ParameterReader) {
        status = reader.optional("status", default: .active, "`active` ones if absent (COU-01).")
        counter = reader.optional("counterId", "Only of the card systems in which this counter works.")
        page = PageRequest(from: &reader)
    }
}

/// A coupon that somebody has.
struct GrantedCoupon: ResultRecord {
    let terms: CouponTerms
    let grant: CouponGrant

    static let fields: [ResultField<GrantedCoupon>] = [
        .init("couponId", "The coupon.") { $0.terms.id },
        .init("tariffId", "How tariffs and sales name it: `COUPON_` and a number.") { $0.terms.publicID },
        .init("cardSystemId", "Whose coupon it is.") { $0.terms.cardSystem },
        .init("name", "What it is called.") { $0.terms.name },
        .init("description", "What else people should know.") { $0.terms.description },
        .init("validFrom", "The first day.") { $0.terms.validity.from },
        .init("validUntil", "The last day; absent if it never expires.") { $0.terms.validity.until },
        .init("status", "`expired` after the last day (COU-02).") { $0.grant.status },
        .init("remaining", "What is left; absent if it has no volume (COU-03).") {
            $0.grant.remaining.map(RemainingUse.init)
        },
    ]
}

/// How often a coupon can be used yet in a calendar period.
struct RemainingUse: ResultRecord {
    let use: LimitUse

    static let fields: [ResultField<RemainingUse>] = [
        .init("volume", "How often yet; 0 if it is used up.") { $0.use.remaining },
        .init("period", "The calendar period that this is about; then it is as much as ever.") { $0.use.period },
    ]
}

extension Call {
    /// COU-01 to COU-06: the coupons of a person or a group, by name.
    ///
    /// - Parameter cardSystems: Those whose coupons the caller may see.
    func coupons(
        of subject: CouponSubject, _ buyer: TicketBuyer, in cardSystems: [CardSystemID],
        _ params: GrantedCouponsParams
    ) throws -> Page<GrantedCoupon> {
        let today = Brussels.date(now)
        let wanted = try self.cardSystems(cardSystems, of: params.counter)
        let reading = CouponReading(of: subject, in: wanted, params.status.status, at: now)
        let sheet = try reading.read(transaction.run(reading.statements)[...])
        let granted = sheet.coupons(for: subject, at: nil, in: Set(wanted)).compactMap { facts -> GrantedCoupon? in
            let who = buyer.couponBuyer(in: facts.terms.cardSystem, isNamed: facts.isNamed, on: today)
            return CouponRules.grant(facts.terms, to: who, used: facts.use, on: today)
                .map { GrantedCoupon(terms: facts.terms, grant: $0) }
        }
        let sorted = granted.sorted { ($0.cursor.key, $0.cursor.id) < ($1.cursor.key, $1.cursor.id) }
        let shown = sorted.filter { coupon in
            params.page.after.map { (coupon.cursor.key, coupon.cursor.id) > ($0.key, $0.id) } ?? true
        }
        return params.page.page(shown, total: params.page.withTotal ? sorted.count : nil, cursor: \.cursor)
    }

    /// Those in which a counter works.
    private func cardSystems(_ cardSystems: [CardSystemID], of counter: CounterID?) throws -> [CardSystemID] {
        guard let counter else { return cardSystems }
        let rows = try transaction.query(
            """
            select k.card_system_id from counter c left join counter_card_system k on k.counter_id = c.id
            where c.id = \(counter)
            """)
        if rows.count == 0 { throw Refusal(.counterNotFound, at: "/counterId") }
        let works = Set(try rows.compactMap { try $0[0] as CardSystemID? })
        return cardSystems.filter(works.contains)
    }

    /// A pass holder as a buyer of tickets, with all of his memberships.
    func ticketBuyer(_ holder: PassHolderID) throws -> TicketBuyer.Person? {
        let today = Brussels.date(now)
        let rows = try transaction.query(
            """
            select h.date_of_birth, m.card_system_id, m.status, m.opportunity_end_date, m.opportunity_suspended_until,
                s.opportunity_grace_days, p.municipality_id
            from pass_holder h join membership m on m.holder_id = h.id join card_system s on s.id = m.card_system_id
            left join municipality_postal_code p on p.card_system_id = m.card_system_id
                and p.postal_code = h.postal_code and h.country = 'BE'
            where h.id = \(holder)
            """)
        guard let first = rows.first else { return nil }
        let memberships = try rows.map { row in
            TicketBuyer.Membership(
                cardSystem: try row["card_system_id"], isActive: try row["status"] == MembershipStatus.active,
                opportunity: OpportunityStatus(
                    endDate: try row["opportunity_end_date"], suspendedUntil: try row["opportunity_suspended_until"],
                    graceDays: try row["opportunity_grace_days"], on: today),
                municipality: try row["municipality_id"])
        }
        return TicketBuyer.Person(age: Age.years(born: try first["date_of_birth"], on: today), memberships: memberships)
    }
}

extension GrantedCoupon {
    fileprivate var cursor: PageCursor { PageCursor(key: terms.name.lowercased(), id: terms.id) }
}

extension TicketBuyer {
    /// As the card system of a coupon sees him.
    func couponBuyer(in cardSystem: CardSystemID, isNamed: Bool, on today: CivilDate) -> CouponBuyer {
        switch self {
        case .person(let person):
            let isMember = person.memberships.contains { $0.cardSystem == cardSystem && $0.isActive }
            return CouponBuyer(buyer(in: cardSystem, on: today), isMember: isMember, isNamed: isNamed)
        case .group(let group):
            let isMember = group.cardSystem == cardSystem && group.facts.status(on: today) == .active
            return CouponBuyer(
                buyer(in: cardSystem, on: today), isGroup: true, isMember: isMember, isNamed: isNamed)
        }
    }
}
