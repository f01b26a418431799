import CardRules
import Postgres

/// The places that a cancelled sale would take again, in the periods in which it was sold, under the limits of now.
struct RestoredPlaces {
    private(set) var event: TicketSaleRow.Place?
    private(set) var counter: TicketSaleRow.Place?
    private(set) var coupon: TicketSaleRow.Place?
    private(set) var reasons: [Reason] = []
    /// What is told of the coupon.
    private(set) var warning: ToldCouponWarning?
    private let sale: LockedTicketSales.Sale

    private var discount: Int { sale.record.regularPrice - sale.record.price }

    init(of sale: LockedTicketSales.Sale, in call: Call) throws {
        self.sale = sale
        if sale.ending.coupon != nil {
            try takeCoupon(call)
        } else if sale.ending.group != nil {
            try takeAllowance(call)
        } else if let holder = sale.holder {
            try takeLimits(of: holder, call)
        }
    }

    private mutating func takeLimits(of holder: PassHolderID, _ call: Call) throws {
        let limits = try call.transaction.query(
            """
            select e.ticket_limit_volume, e.ticket_limit_period, w.ticket_limit_volume as counter_volume,
                w.ticket_limit_period as counter_period
            from event e left join counter w on w.id = \(sale.record.organizer) where e.id = \(sale.record.event)
            """)[0]
        if let limit = try PeriodLimit(volume: limits["ticket_limit_volume"], period: limits["ticket_limit_period"]) {
            event = try place(
                limit, .event, "t.holder_id = \(holder) and t.event_id = \(sale.record.event)", "event", call)
        }
        if let limit = try PeriodLimit(volume: limits["counter_volume"], period: limits["counter_period"]) {
            counter = try place(
                limit, .counter, "t.holder_id = \(holder) and t.organizer_counter_id = \(sale.record.organizer)",
                "counter", call)
        }
    }

    /// What others took of a limit in the period of the sale, and the place that is free there.
    ///
    /// - Parameter slot: The beginning of the names of the columns.
    private mutating func place(
        _ limit: PeriodLimit, _ name: LimitUse.Name, _ which: SQL, _ slot: StaticString, _ call: Call
    ) throws -> TicketSaleRow.Place {
        let slot = SQL(stringLiteral: slot)
        let period = limit.period(containing: sale.record.soldAt)
        let tariff: SQL = sale.ending.coupon == nil ? "t.tariff = 'opportunity'" : "true"
        let row = try call.transaction.query(
            """
            select count(*) filter (where t.sold_at >= \(Brussels.instant(period.start))
                    and t.sold_at < coalesce(\(period.end.map(Brussels.end(of:))), 'infinity')
                    and (t.status = 'confirmed' or t.status = 'reserved' and t.reserved_until > \(call.now))) as used,
                coalesce(max(t.\(fragment: slot)_slot)
                    filter (where t.\(fragment: slot)_period_start = \(period.start)) + 1, 0) as next_slot
            from ticket_sale t where \(fragment: tariff) and \(fragment: which)
            """)[0]
        let use = LimitUse(name, limit, used: try row["used"])
        if use.isReached { reasons.append(use.reached(at: sale.record.soldAt, "/ticketSaleId")) }
        return TicketSaleRow.Place(periodStart: period.start, slot: try row["next_slot"])
    }

    private mutating func takeAllowance(_ call: Call) throws {
        let row = try call.transaction.query(
            """
            select a.remaining, g.tickets_per_year from group_allowance a join group_pass g on g.id = a.group_pass_id
            where a.group_pass_id = \(sale.ending.group) and a.year = \(sale.ending.year)
            """)[0]
        let volume: Int = try row["tickets_per_year"]
        let use = LimitUse(.groupAllowance, volume: volume, per: .year, used: volume - (try row["remaining"]))
        if use.isReached { reasons.append(use.reached(at: sale.record.soldAt, "/ticketSaleId")) }
    }

    private mutating func takeCoupon(_ call: Call) throws {
        let soldAt = sale.record.soldAt
        let row = try call.transaction.query(
            """
            select \(fragment: CouponTerms.columns),
                coalesce((select u.used from coupon_use u where u.coupon_id = c.id
                    and u.event_id = \(sale.record.event)
                    and u.period_start = period_start(c.event_limit_period, \(soldAt))), 0) as at_event,
                coalesce((select u.used from coupon_use u where u.coupon_id = c.id and u.event_id = \(EventID.nil)
                    and u.period_start = period_start(c.total_limit_period, \(soldAt))), 0) as in_total
            from \(fragment: CouponTerms.tables(at: call.now)) where c.id = \(sale.ending.coupon)
            """)[0]
        let (terms, spent): (CouponTerms, Int) = (try CouponTerms(row: row), try row["spent_cents"])
        let uses = [
            try terms.limits.event.map { LimitUse(.couponEvent, $0, used: try row["at_event"]) },
            try terms.limits.total.map { LimitUse(.couponTotal, $0, used: try row["in_total"]) },
        ].compactMap(\.self)
        reasons += uses.filter(\.isReached).map { $0.reached(at: soldAt, "/ticketSaleId") }
        if let budget = terms.budget, spent + discount > budget {
            reasons.append(Reason(.couponSpent, at: "/ticketSaleId"))
        }
        warning = ToldCouponWarning(terms, spent: spent, and: discount)
        if let limit = terms.limits.holder {
            coupon = try place(
                limit, .couponHolder,
                """
                t.coupon_id = \(sale.ending.coupon)
                    and (t.holder_id = \(sale.holder) or t.group_pass_id = \(sale.record.groupPass))
                """, "coupon", call)
        }
    }

    /// What counts again: the ticket of the group's year, or the coupon's use.
    func counted(_ call: Call) -> [SQL] {
        if let coupon = sale.ending.coupon {
            return [
                CouponSpending.raise([
                    CouponSale(
                        coupon: coupon, event: sale.record.event, cents: discount, soldAt: sale.record.soldAt)
                ])
            ]
        }
        guard let group = sale.ending.group else { return [] }
        let actor = (account: call.caller.accountID, counter: call.caller.counter?.id)
        return AllowanceChange.statements(
            [
                AllowanceChange(
                    group: group, cardSystem: sale.ending.cardSystem, year: sale.ending.year, change: -1,
                    sale: sale.ending.id, actor: actor)
            ], at: call.now)
    }
}
