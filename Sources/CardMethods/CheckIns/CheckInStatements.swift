import CardRules
import Postgres

/// The statements of a batch of check-ins. Each takes all items at once as arrays, so that a batch of 256 costs two
/// round trips and a dozen statements, whatever its tenants.
enum CheckInStatements {
    /// Locks the accounts of all holders in the order of their ids, so that no two batches can wait for each other. The
    /// facts are loaded by the next statement, which sees what was committed while this one waited.
    static func lock(chips: [String?], numbers: [String?]) -> SQL {
        """
        select from (
            select c.holder_id from unnest(\(chips)) as item (chip) join card c on c.chip_number = item.chip
            union
            select c.holder_id from unnest(\(numbers)) as item (number) join card c on c.number = item.number
        ) as holder
        join ledger_account a on a.owner_id = holder.holder_id and a.unit = 'point'
        order by a.id for no key update of a
        """
    }

    /// Card, holder, membership, account and used places of each item; and the versions of event and pillar, which must
    /// be those that memory has. The card is looked up in all card systems: points are saved everywhere (MEM-14).
    ///
    /// Used is what was checked in since the period began, under whatever limit the event had then.
    static func facts(
        chips: [String?], numbers: [String?], events: [EventID?], periods: [CivilDate?], pillars: [PillarID?]
    ) -> SQL {
        """
        select item.ordinality - 1 as item, c.id as card_id, c.number, c.status as card_status, c.is_group_pass,
            c.holder_id, h.status as holder_status, a.id as account_id,
            a.posted_credit - a.posted_debit - a.held_debit as balance,
            o.id as owed_id, coalesce(o.posted_debit - o.posted_credit, 0) as owed,
            exists (select from membership m where m.holder_id = c.holder_id and m.status = 'active') as is_member,
            used.count as used, used.next_slot, e.version as event_version, p.version as pillar_version
        from unnest(\(chips), \(numbers), \(events), \(periods), \(periods.map { $0.map { Brussels.instant($0) } }),
            \(pillars)) with ordinality
            as item (chip, number, event_id, period_start, period_began_at, pillar_id, ordinality)
        left join event e on e.id = item.event_id
        left join pillar p on p.id = item.pillar_id and p.status = 'active'
        left join lateral (
            select * from card c where c.chip_number = item.chip
            union all
            select * from card c where c.number = item.number
        ) as c on true
        left join pass_holder h on h.id = c.holder_id
        left join ledger_account a on a.owner_id = c.holder_id and a.unit = 'point' and a.kind = 'points.holder'
        left join ledger_account o on o.owner_id = c.holder_id and o.unit = 'point' and o.kind = 'points.owed'
        left join lateral (
            select count(*) filter (where k.cancelled_at is null and k.checked_in_at >= item.period_began_at) as count,
                coalesce(max(k.slot) filter (where k.period_start = item.period_start) + 1, 0) as next_slot
            from check_in k
            where k.event_id = item.event_id and k.holder_id = c.holder_id and item.period_start is not null
        ) as used on true
        """
    }

    static func insert(_ rows: [CheckInRow], at now: Instant) -> SQL {
        """
        insert into check_in (id, card_system_id, event_id, holder_id, card_id, counter_id, pillar_id, account_id,
            points,
            period_start, slot, checked_in_at)
        select item.*, \(now) from unnest(\(rows.map(\.id)), \(rows.map(\.cardSystem)), \(rows.map(\.event)),
            \(rows.map(\.holder)), \(rows.map(\.card)), \(rows.map(\.counter)), \(rows.map(\.pillar)),
            \(rows.map(\.account)), \(rows.map(\.points)), \(rows.map(\.periodStart)), \(rows.map(\.slot))) as item
        """
    }
}

/// A check-in as it is written.
struct CheckInRow: Sendable {
    let id: CheckInID
    let cardSystem: CardSystemID
    let event: EventID
    let holder: PassHolderID
    let card: CardID
    let counter: CounterID?
    let pillar: PillarID?
    let account: AccountID?
    let points: Int
    let periodStart: CivilDate?
    let slot: Int?
}
