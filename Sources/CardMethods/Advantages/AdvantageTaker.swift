import CardRules
import JSONRPC
import Postgres

/// A person who looks for what he can take. The transaction must work as the platform: points are spent everywhere.
struct AdvantageTaker {
    let id: PassHolderID?
    let card: RedemptionFacts.Card?
    let holder: RedemptionFacts.Holder?
    let taste: AdvantageTaste

    /// Of a card, or of a person.
    ///
    /// - Parameters:
    ///   - source: Gives `holder_id`, `card_status` and `is_group_pass`; nothing if there is nobody.
    ///   - today: On which day a child is one.
    init?(_ source: SQL, on today: CivilDate, in transaction: Transaction) throws {
        let children = today.adding(months: -12 * AdvantageTaste.childhoodEnds)
        let row = try transaction.first(
            """
            select c.holder_id, c.card_status, c.is_group_pass, h.status,
                array(select m.card_system_id from membership m
                    where m.holder_id = h.id and m.status = 'active' order by m.id) as card_systems,
                array(select m.since from membership m
                    where m.holder_id = h.id and m.status = 'active' order by m.id) as since,
                array(select p.municipality_id from municipality_postal_code p
                    where p.postal_code = h.postal_code) as municipalities,
                coalesce((select a.posted_credit - a.posted_debit - a.held_debit from ledger_account a
                    where a.owner_id = h.id and a.unit = 'point' and a.kind = 'points.holder'), 0) as balance,
                \(fragment: PointsBalance.owed(by: "h.id")) as owed,
                array(select distinct unnest(v.categories) from redemption r join advantage v on v.id = r.advantage_id
                    where r.holder_id = h.id and r.cancelled_at is null) as liked_categories,
                exists (select from redemption r join advantage v on v.id = r.advantage_id
                    where r.holder_id = h.id and r.cancelled_at is null and v.is_sport) as took_sport,
                coalesce(h.date_of_birth > \(children), false)
                    or exists (select from family_member f join pass_holder k on k.id = f.member_id
                        where f.main_id = h.id and f.ended_at is null and k.date_of_birth > \(children)) as has_child
            from (\(fragment: source)) c left join pass_holder h on h.id = c.holder_id
            """)
        guard let row else { return nil }
        id = try row["holder_id"]
        taste = AdvantageTaste(
            categories: Set(try row["liked_categories"] as [AdvantageCategory]), tookSport: try row["took_sport"],
            hasChild: try row["has_child"])
        card = try (row["card_status"] as CardStatus?).map { .init(status: $0, isGroupPass: try row["is_group_pass"]) }
        guard id != nil else {
            holder = nil
            return
        }
        let cardSystems: [CardSystemID] = try row["card_systems"]
        holder = RedemptionFacts.Holder(
            isBlocked: try row["status"] == MembershipStatus.blocked,
            memberships: Dictionary(zip(cardSystems, try row["since"] as [Instant]), uniquingKeysWith: min),
            municipalities: Set(try row["municipalities"] as [MunicipalityID]), balance: try row["balance"],
            pointsOwed: try row["owed"])
    }

    static func of(_ holder: PassHolderID) -> SQL {
        "select \(holder)::uuid as holder_id, null::text as card_status, false as is_group_pass"
    }

    static func of(card condition: SQL) -> SQL {
        "select c.holder_id, c.status as card_status, c.is_group_pass from card c where \(fragment: condition)"
    }

    /// What can be his at all, for the index: which of these he can take, the rules say.
    func candidates(on today: CivilDate) -> [SQL] {
        let cardSystems = holder?.memberships.keys.sorted() ?? []
        return [
            "a.status = 'active'", "coalesce(a.exchange_from, \(today)) <= \(today)",
            "coalesce(a.exchange_until, \(today)) >= \(today)",
            "(a.all_card_systems or a.card_system_ids && \(cardSystems))",
            "(a.municipality_ids = '{}' or a.municipality_ids && \((holder?.municipalities ?? []).sorted()))",
        ]
    }

    /// What he can pay, of what there is.
    func affordable(extraPoints: Int) -> [SQL] {
        let points = (holder?.balance ?? 0) - (holder?.pointsOwed ?? 0) + extraPoints
        return ["a.points <= \(max(0, points))", "(a.units is null or a.units_taken < a.units)"]
    }

    /// The facts of taking each of some advantages.
    ///
    /// - Parameter rows: Of `AdvantageRecord.columns`.
    func facts(
        of rows: [Row], at now: Instant, _ place: RedemptionFacts.Place, in transaction: Transaction
    ) throws -> [RedemptionFacts] {
        let terms = try rows.map { try AdvantageTerms(row: $0) }
        let total = terms.map { $0.totalLimit?.period(containing: now).start }
        let began = terms.map { $0.holderLimit.map { Brussels.instant($0.period(containing: now).start) } }
        let taken = try transaction.query(
            """
            select coalesce(u.used, 0)::bigint as by_all, (select count(*) from redemption r
                where r.advantage_id = item.id and r.holder_id = \(id) and r.cancelled_at is null
                    and r.redeemed_at >= item.began) as by_holder
            from unnest(\(try rows.map { try $0["id"] as AdvantageID }),
                \(terms.map { $0.totalLimit?.period.rawValue }), \(total), \(began)) with ordinality
                as item (id, period, period_start, began, ordinality)
            left join advantage_use u on u.advantage_id = item.id and u.period = item.period
                and u.period_start = item.period_start
            order by item.ordinality
            """)
        return try rows.indices.map { index in
            var holder = holder
            holder?.takenInPeriod = try taken[index]["by_holder"]
            return RedemptionFacts(
                advantage: terms[index],
                stock: .init(
                    unitsTaken: try rows[index]["units_taken"], takenInPeriod: try taken[index]["by_all"],
                    codesLeft: try rows[index]["codes_left"]),
                place: place, card: card, holder: holder)
        }
    }
}
