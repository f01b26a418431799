import CardRules
import Postgres

/// Settles reservations whose time is over. Whoever looks counts them as free before that; this gives back what is kept
/// in numbers, a group's tickets and what a coupon spent.
enum TicketSaleLapse {
    /// How many at once.
    private static let step = 5000

    /// All that are due at an instant, whatever their card system. The transaction works as the platform.
    static func run(at now: Instant, _ transaction: Transaction) throws {
        let due: SQL = "t.status = 'reserved' and t.reserved_until <= \(now)"
        while true {
            let answers = try transaction.run([
                """
                select from group_pass g where g.id in (
                    select t.group_pass_id from ticket_sale t where \(fragment: due))
                order by g.id for no key update of g
                """,
                """
                select from coupon q where q.id in (select t.coupon_id from ticket_sale t where \(fragment: due))
                order by q.id for no key update of q
                """,
                TicketSaleEnd.due("true", at: now, limit: step),
            ])
            let sales = try answers[2].map(EndingSale.init)
            if sales.isEmpty { return }
            try transaction.run(TicketSaleEnd.lapse(sales, at: now))
            if sales.count < step { return }
        }
    }
}
