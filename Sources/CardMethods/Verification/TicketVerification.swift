import Postgres

/// What must always hold of ticket sales, coupons and what is owed for them.
enum TicketVerification {
    static let checks: [Verification.Check] = [
        Verification.Check(
            name: "what others owe for a ticket is posted while it stands, and only then",
            counted: "select count(*) from ticket_sale",
            faults: """
                select 'ticket sale ' || coalesce(s.id, t.reference_id) || ' owes ' || coalesce(s.cents, 0)
                    || ' but posted ' || coalesce(t.sum, 0)
                from (
                    select t.id, sum(part.cents) filter (where t.status = 'confirmed') as cents
                    from ticket_sale t cross join unnest(t.payers, t.payer_cents) as part (payer, cents)
                    where part.payer <> 'organizer' group by t.id
                ) as s full join (
                    select reference_id, sum(case reason when 'ticketSale' then amount else -amount end)
                    from transfer where reason in ('ticketSale', 'ticketSale.cancel', 'ticketSale.correct') group by 1
                ) as t (reference_id, sum) on t.reference_id = s.id
                where coalesce(s.cents, 0) <> coalesce(t.sum, 0)
                """),
        Verification.Check(
            name: "what a group bought is taken of its year",
            counted: "select count(*) from ticket_sale where group_pass_id is not null",
            faults: """
                select 'ticket sale ' || coalesce(s.id, e.reference_id) || ' took ' || coalesce(s.tickets, 0)
                    || ' of its group but entries say ' || coalesce(-e.sum, 0)
                from (
                    select id, (status in ('reserved', 'confirmed'))::integer as tickets from ticket_sale
                    where group_pass_id is not null and tariff = 'opportunity'
                ) as s full join (
                    select reference_id, sum(change) as sum from group_allowance_entry where reason = 'sale' group by 1
                ) as e on e.reference_id = s.id
                where coalesce(s.tickets, 0) <> coalesce(-e.sum, 0)
                """),
        Verification.Check(
            name: "what coupons have spent is what their sales took off",
            counted: "select count(*) from coupon",
            faults: """
                select 'coupon ' || c.id || ' spent ' || c.spent_cents || ' but its sales took off '
                    || coalesce(s.cents, 0)
                from coupon c left join (
                    select coupon_id, sum(regular_price_cents - price_cents) as cents from ticket_sale
                    where status in ('reserved', 'confirmed') group by 1) as s on s.coupon_id = c.id
                where c.budget_cents is not null and c.spent_cents <> coalesce(s.cents, 0)
                """),
        Verification.Check(
            name: "how often coupons were used is how many were sold with them",
            counted: "select count(*) from coupon_use",
            faults: """
                with sold as (
                    select t.coupon_id, t.event_id, t.sold_at, c.event_limit_period, c.total_limit_period
                    from ticket_sale t join coupon c on c.id = t.coupon_id
                    where t.status in ('reserved', 'confirmed')
                ), counted as (
                    select coupon_id, event_id, period_start(event_limit_period, sold_at) as period_start, count(*)
                    from sold where event_limit_period is not null group by 1, 2, 3
                    union all
                    select coupon_id, '00000000-0000-0000-0000-000000000000'::uuid,
                        period_start(total_limit_period, sold_at), count(*)
                    from sold where total_limit_period is not null group by 1, 2, 3
                )
                select 'coupon ' || coupon_id || ' was used ' || coalesce(u.used, 0) || ' times from ' || period_start
                    || ' on but sold with ' || coalesce(s.count, 0)
                from coupon_use u full join counted s using (coupon_id, event_id, period_start)
                where coalesce(u.used, 0) <> coalesce(s.count, 0)
                """),
        Verification.Check(
            name: "every ticket sale knows its event, buyer, card and term",
            counted: "select count(*) from ticket_sale",
            faults: """
                select 'ticket sale ' || t.id from ticket_sale t
                left join event e on e.id = t.event_id left join card c on c.id = t.card_id
                left join pass_holder h on h.id = t.holder_id left join group_pass g on g.id = t.group_pass_id
                left join distribution_key_term m on m.id = t.distribution_key_term_id
                left join coupon q on q.id = t.coupon_id and q.card_system_id = t.card_system_id
                where e.id is null or c.id is null or coalesce(h.id, g.id) is null or coalesce(m.id, q.id) is null
                """),
    ]
}
