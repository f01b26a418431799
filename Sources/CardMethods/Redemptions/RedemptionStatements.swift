import CardRules
import Postgres

/// The periods that an instant lies in, one of each kind: which of them counts, the advantage's row says.
struct Periods {
    private let now: [(name: String, start: CivilDate, beganAt: Instant, endsAt: Instant?)]

    init(containing instant: Instant) {
        now = PeriodLimit.Period.allCases.compactMap { PeriodLimit(volume: 1, per: $0) }.map { limit in
            let start = limit.period(containing: instant).start
            return (limit.period.rawValue, start, Brussels.instant(start), limit.freesAgain(at: instant))
        }
    }

    /// To be joined by `period`.
    var table: SQL {
        """
        unnest(\(now.map(\.name)), \(now.map(\.start)), \(now.map(\.beganAt)), \(now.map(\.endsAt)))
            as p (period, start, began_at, ends_at)
        """
    }
}

/// The statements of a batch of redemptions, each over all items at once.
enum RedemptionStatements {
    /// Locks the accounts of all holders, by id.
    static func lockAccounts(chips: [String?], numbers: [String?], holders: [PassHolderID?]) -> SQL {
        """
        select from (
            select c.holder_id from unnest(\(chips)) as item (chip) join card c on c.chip_number = item.chip
            union
            select c.holder_id from unnest(\(numbers)) as item (number) join card c on c.number = item.number
            union
            select item.id from unnest(\(holders)) as item (id)
        ) as holder
        join ledger_account a on a.owner_id = holder.holder_id and a.unit = 'point'
        order by a.id for no key update of a
        """
    }

    /// Whether something of an advantage may run out before its takers have written. As many units as a few batches can
    /// take are plenty.
    private static var isScarce: SQL {
        """
        (coalesce(units - units_taken < \(4 * BatchLimits.maximumBatch), false) or total_limit_volume is not null
            or codes_added > 0)
        """
    }

    /// Locks advantages whatever there is of them, for whoever takes several in an order of his own.
    static func lock(_ ids: [AdvantageID]) -> SQL {
        "select from advantage where id = any (\(ids)) order by id for no key update"
    }

    /// Locks the advantages of which something is scarce: units, codes and the limit over all holders are given out one
    /// after the other. Answers which they are.
    static func lockScarce(_ ids: [AdvantageID]) -> SQL {
        """
        select id from advantage where id = any (\(ids)) and \(fragment: isScarce) order by id for no key update
        """
    }

    /// Locks advantages that were looked at unlocked, there being plenty, before they are written. If they have another
    /// version or something of them is scarce by now, the transaction ends and is to be run anew.
    static func lockPlentiful(_ ids: [AdvantageID], versions: [Int]) -> SQL {
        """
        with held as (
            select id, version, \(fragment: isScarce) as is_scarce from advantage
            where id = any (\(ids)) order by id for no key update
        )
        select require_unchanged(count(*) = \(ids.count))
        from held join unnest(\(ids), \(versions)) as item (id, version) using (id, version) where not held.is_scarce
        """
    }

    /// What the advantages say, and what is taken of them in the period that is now.
    static func advantages(_ ids: [AdvantageID], _ periods: Periods) -> SQL {
        """
        select a.*, coalesce(u.used, 0) as taken_in_period, m.joined_on
        from advantage a left join municipality m on m.id = a.municipality_id
        left join \(fragment: periods.table) on p.period = a.total_limit_period
        left join advantage_use u on u.advantage_id = a.id and u.period = p.period and u.period_start = p.start
        where a.id = any (\(ids))
        """
    }

    /// As many free codes as the batch can need of each advantage that has any.
    static func codes(_ ids: [AdvantageID], _ counts: [Int]) -> SQL {
        """
        select code.advantage_id, code.id, code.code from unnest(\(ids), \(counts)) as item (id, count)
        join advantage a on a.id = item.id and a.codes_left > 0
        cross join lateral (
            select c.advantage_id, c.id, c.code from advantage_code c
            where c.advantage_id = item.id and c.status = 'free' order by c.id limit item.count
            for update skip locked
        ) as code
        order by code.id
        """
    }

    /// Card, person, memberships, residence, points and what was taken before, of each item. The card is looked up in
    /// all card systems: points are spent everywhere (MEM-14).
    ///
    /// Taken is what was taken in the period of the advantage's limit for one holder, wherever it was.
    static func facts(
        chips: [String?], numbers: [String?], holders: [PassHolderID?], advantages: [AdvantageID], _ periods: Periods
    ) -> SQL {
        """
        select item.ordinality - 1 as item, c.id as card_id, c.number, c.status as card_status, c.is_group_pass,
            h.id as holder_id, h.status as holder_status, m.card_systems, m.since, r.municipalities,
            a.id as account_id, coalesce(a.posted_credit - a.posted_debit - a.held_debit, 0) as balance,
            o.id as owed_id, coalesce(o.posted_debit - o.posted_credit, 0) as owed,
            taken.count as taken, taken.next_slot
        from unnest(\(chips), \(numbers), \(holders), \(advantages)) with ordinality
            as item (chip, number, holder_id, advantage_id, ordinality)
        left join advantage v on v.id = item.advantage_id
        left join \(fragment: periods.table) on p.period = v.holder_limit_period
        left join lateral (
            select c.id, c.number, c.status, c.is_group_pass, c.holder_id from card c where c.chip_number = item.chip
            union all
            select c.id, c.number, c.status, c.is_group_pass, c.holder_id from card c where c.number = item.number
            union all
            select null, null, null, null, item.holder_id where item.number is null and item.holder_id is not null
        ) as c on true
        left join pass_holder h on h.id = c.holder_id
        left join ledger_account a on a.owner_id = h.id and a.unit = 'point' and a.kind = 'points.holder'
        left join ledger_account o on o.owner_id = h.id and o.unit = 'point' and o.kind = 'points.owed'
        left join lateral (
            select array_agg(m.card_system_id order by m.id) as card_systems, array_agg(m.since order by m.id) as since
            from membership m where m.holder_id = h.id and m.status = 'active'
        ) as m on true
        left join lateral (
            select array_agg(r.municipality_id) as municipalities from municipality_postal_code r
            where r.postal_code = h.postal_code and r.municipality_id = any (v.municipality_ids)
        ) as r on true
        left join lateral (
            select count(*) filter (where t.cancelled_at is null and t.redeemed_at >= p.began_at
                    and (p.ends_at is null or t.redeemed_at < p.ends_at)) as count,
                coalesce(max(t.slot) filter (where t.period_start = p.start) + 1, 0) as next_slot
            from redemption t where t.advantage_id = v.id and t.holder_id = h.id and p.period is not null
        ) as taken on true
        """
    }
}
