import CardRules
import JSONRPC
import Postgres

/// A ticket that is sold with a coupon, as far as the coupon counts it.
struct CouponSale: Sendable {
    let coupon: CouponID
    let event: EventID
    /// The discount, in cents.
    let cents: Int
    let soldAt: Instant
}

/// What a sale has told of a coupon's budget.
struct ToldCouponWarning: Sendable {
    let coupon: CouponTerms
    let warning: CouponWarning

    /// `nil` if there is nothing new to tell.
    ///
    /// - Parameters:
    ///   - before: What the coupon had cost, in cents.
    ///   - cents: The discount of the sale.
    init?(_ coupon: CouponTerms, spent before: Int, and cents: Int) {
        guard let warning = coupon.warning(spent: before, then: before + cents) else { return nil }
        (self.coupon, self.warning) = (coupon, warning)
    }
}

extension AuditNote {
    /// Tells what happened to the budgets of coupons.
    mutating func tell(_ warnings: [ToldCouponWarning]) {
        if warnings.isEmpty { return }
        let told = warnings.map { told -> JSON in
            [
                "couponId": .string(told.coupon.id.text), "tariffId": .string(told.coupon.publicID),
                "warning": .string(told.warning.rawValue),
            ]
        }
        self.told.append(("couponWarnings", .array(told)))
    }
}

/// What coupons have cost, and how often they were used by all: kept where they have a budget or such a limit, else
/// they are no hot rows.
enum CouponSpending {
    /// Locks the coupons of these numbers, as far as anything is counted for them, in the order of their ids. What they
    /// have left is read by a later statement.
    static func lock(numbers: [Int]) -> SQL { lock("c.number = any (\(numbers))") }

    /// The same for those of sales.
    static func lock(ofSales sales: [TicketSaleID]) -> SQL {
        lock("c.id in (select s.coupon_id from ticket_sale s where s.id = any (\(sales)))")
    }

    private static func lock(_ condition: SQL) -> SQL {
        """
        select from coupon c where \(fragment: condition) and (c.budget_cents is not null
            or c.event_limit_volume is not null or c.total_limit_volume is not null)
        order by c.id for no key update
        """
    }

    /// Counts sales of coupons that are locked. A budget that is passed violates `coupon_budget`.
    static func raise(_ sales: [CouponSale]) -> SQL {
        """
        with sold as (
            select c.id, c.card_system_id, item.event_id, item.cents, item.sold_at, c.event_limit_period,
                c.total_limit_period
            from unnest(\(sales.map(\.coupon)), \(sales.map(\.event)), \(sales.map(\.cents)), \(sales.map(\.soldAt)))
                as item (coupon_id, event_id, cents, sold_at)
            join coupon c on c.id = item.coupon_id
        ), used as (
            insert into coupon_use as u (coupon_id, card_system_id, event_id, period_start, used)
            select id, card_system_id, event_id, period, count from (\(fragment: counted)) as counted
            order by id, event_id, period
            on conflict (coupon_id, event_id, period_start) do update set used = u.used + excluded.used
        )
        update coupon c set spent_cents = c.spent_cents + spent.cents
        from (select id, sum(cents)::bigint as cents from sold group by id) as spent
        where c.id = spent.id and c.budget_cents is not null
        """
    }

    /// Gives back what sales took that were cancelled or have lapsed; each only once. Their coupons are locked.
    static func lower(_ sales: [TicketSaleID]) -> SQL {
        """
        with sold as (
            select c.id, c.card_system_id, s.event_id, s.regular_price_cents - s.price_cents as cents, s.sold_at,
                c.event_limit_period, c.total_limit_period
            from ticket_sale s join coupon c on c.id = s.coupon_id where s.id = any (\(sales))
        ), used as (
            update coupon_use u set used = u.used - counted.count from (\(fragment: counted)) as counted
            where u.coupon_id = counted.id and u.event_id = counted.event_id and u.period_start = counted.period
        )
        update coupon c set spent_cents = c.spent_cents - spent.cents
        from (select id, sum(cents)::bigint as cents from sold group by id) as spent
        where c.id = spent.id and c.budget_cents is not null
        """
    }

    /// What was counted for limits that are no more, or that count by another period now, is not counted any longer:
    /// nothing would give it back.
    static func forget(from old: CouponTerms, to new: CouponTerms) -> [SQL] {
        let counts: [(limit: KeyPath<CouponLimits, PeriodLimit?>, which: SQL)] = [
            (\.event, "event_id <> \(EventID.nil)"), (\.total, "event_id = \(EventID.nil)"),
        ]
        return counts.compactMap { limit, which in
            guard let period = old.limits[keyPath: limit]?.period, period != new.limits[keyPath: limit]?.period else {
                return nil
            }
            return "update coupon_use set used = 0 where coupon_id = \(new.id) and \(fragment: which)"
        }
    }

    /// How often `sold` takes which places.
    private static let counted: SQL = """
        select id, card_system_id, event_id, period_start(event_limit_period, sold_at) as period,
            count(*)::integer as count
        from sold where event_limit_period is not null group by 1, 2, 3, 4
        union all
        select id, card_system_id, '00000000-0000-0000-0000-000000000000'::uuid,
            period_start(total_limit_period, sold_at), count(*)::integer
        from sold where total_limit_period is not null group by 1, 2, 3, 4
        """
}
