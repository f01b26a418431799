import CardRules
import Postgres

/// A sale that ends, and what it gives back: its places, a group's ticket, what a coupon spent (TS-10).
struct EndingSale: Sendable {
    let id: TicketSaleID
    let cardSystem: CardSystemID
    /// The group whose allowance it used; `nil` for a person, and for what was bought with a coupon.
    let group: GroupPassID?
    let coupon: CouponID?
    let soldAt: Instant

    static let columns: SQL = """
        t.id, t.card_system_id, case when t.tariff = 'opportunity' then t.group_pass_id end as allowance_of,
        t.coupon_id, t.sold_at
        """

    init(row: Row) throws {
        (id, cardSystem, group) = (try row["id"], try row["card_system_id"], try row["allowance_of"])
        (coupon, soldAt) = (try row["coupon_id"], try row["sold_at"])
    }

    var year: Int { Brussels.date(soldAt).year }
}

/// Writes down that sales end. Who does it holds the locks of their groups and coupons.
enum TicketSaleEnd {
    /// Reservations whose time is over, locked.
    ///
    /// - Parameter which: Of sales `t`.
    static func due(_ which: SQL, at now: Instant, limit: Int) -> SQL {
        """
        select \(fragment: EndingSale.columns) from ticket_sale t
        where t.status = 'reserved' and t.reserved_until <= \(now) and \(fragment: which)
        order by t.id limit \(limit) for update of t
        """
    }

    static func lapse(_ sales: [EndingSale], at now: Instant) -> [SQL] {
        if sales.isEmpty { return [] }
        return [
            """
            update ticket_sale set status = 'lapsed', ended_at = reserved_until, event_slot = null,
                counter_slot = null, coupon_slot = null, version = version + 1
            where id = any (\(sales.map(\.id)))
            """
        ] + giveBack(sales, by: nil, at: now)
    }

    static func cancel(
        _ sales: [EndingSale], by actor: (account: AccountID?, counter: CounterID?), because reason: String?,
        at now: Instant
    ) -> [SQL] {
        [
            """
            update ticket_sale set status = 'cancelled', ended_at = \(now), ended_by = \(actor.account),
                end_reason = \(reason), event_slot = null, counter_slot = null, coupon_slot = null,
                version = version + 1
            where id = any (\(sales.map(\.id)))
            """
        ] + giveBack(sales, by: actor, at: now)
    }

    private static func giveBack(
        _ sales: [EndingSale], by actor: (account: AccountID?, counter: CounterID?)?, at now: Instant
    ) -> [SQL] {
        let changes = sales.compactMap { sale in
            sale.group.map {
                AllowanceChange(
                    group: $0, cardSystem: sale.cardSystem, year: sale.year, change: 1, sale: sale.id, actor: actor)
            }
        }
        let ofCoupons = sales.filter { $0.coupon != nil }.map(\.id)
        return AllowanceChange.statements(changes, at: now)
            + (ofCoupons.isEmpty ? [] : [CouponSpending.lower(ofCoupons)])
    }
}

/// A ticket that a group takes of its year's, or gets back.
struct AllowanceChange: Sendable {
    let group: GroupPassID
    let cardSystem: CardSystemID
    let year: Int
    /// −1 for a sale, 1 for one that ends.
    let change: Int
    let sale: TicketSaleID
    let actor: (account: AccountID?, counter: CounterID?)?

    /// Writes changes of years that are open. The groups are locked.
    static func statements(_ changes: [AllowanceChange], at now: Instant) -> [SQL] {
        if changes.isEmpty { return [] }
        struct Year: Hashable { let group: GroupPassID, year: Int }
        let sums = changes.reduce(into: [Year: Int]()) {
            $0[Year(group: $1.group, year: $1.year), default: 0] += $1.change
        }
        let years = sums.keys.sorted { ($0.group, $0.year) < ($1.group, $1.year) }
        return [
            """
            update group_allowance a set remaining = a.remaining + item.change
            from unnest(\(years.map(\.group)), \(years.map(\.year)), \(years.map { sums[$0]! }))
                as item (group_pass_id, year, change)
            where a.group_pass_id = item.group_pass_id and a.year = item.year
            """,
            """
            insert into group_allowance_entry (id, group_pass_id, card_system_id, year, change, reason, reference_id,
                account_id, counter_id, recorded_at)
            select item.id, item.group_id, item.card_system_id, item.year, item.change, 'sale', item.sale_id,
                item.account_id, item.counter_id, \(now)
            from unnest(\(changes.map { _ in ID<Never>(at: now) }), \(changes.map(\.group)),
                \(changes.map(\.cardSystem)), \(changes.map(\.year)), \(changes.map(\.change)), \(changes.map(\.sale)),
                \(changes.map { $0.actor?.account }), \(changes.map { $0.actor?.counter }))
                as item (id, group_id, card_system_id, year, change, sale_id, account_id, counter_id)
            """,
        ]
    }

    /// Opens years of groups with what their passes give a year.
    static func open(
        _ years: [(group: GroupPassID, cardSystem: CardSystemID, tickets: Int)], year: Int, at now: Instant
    ) -> [SQL] {
        if years.isEmpty { return [] }
        let (groups, systems, tickets) = (years.map(\.group), years.map(\.cardSystem), years.map(\.tickets))
        return [
            """
            insert into group_allowance (group_pass_id, card_system_id, year, remaining)
            select item.group_id, item.card_system_id, \(year), item.tickets
            from unnest(\(groups), \(systems), \(tickets)) as item (group_id, card_system_id, tickets)
            """,
            """
            insert into group_allowance_entry (id, group_pass_id, card_system_id, year, change, reason, recorded_at)
            select item.id, item.group_id, item.card_system_id, \(year), item.tickets, 'year', \(now)
            from unnest(\(years.map { _ in ID<Never>(at: now) }), \(groups), \(systems), \(tickets))
                as item (id, group_id, card_system_id, tickets)
            """,
        ]
    }
}
