import CardRules
import Postgres

/// A redemption as it is written.
struct RedemptionRow: Sendable {
    let id: RedemptionID
    let cardSystem: CardSystemID
    let advantage: AdvantageEntry
    let holder: PassHolderID
    let card: RedemptionItem.Card?
    let counter: CounterID?
    let account: AccountID?
    let code: AdvantageCodeID?
    let decision: RedemptionDecision
}

/// Redemptions that are about to be written, and what they take from the advantages.
struct RedemptionWrites {
    /// The advantages that are locked already.
    var locked: Set<AdvantageID> = []
    private(set) var rows: [RedemptionRow] = []

    mutating func add(_ row: RedemptionRow) { rows.append(row) }

    /// The advantages come last, as all their takers wait for each other from there on.
    func statements(at now: Instant) -> [SQL] {
        guard !rows.isEmpty else { return [] }
        return [insert(at: now)] + locks + [taken] + totals + codes
    }

    private var locks: [SQL] {
        var versions: [AdvantageID: Int] = [:]
        for row in rows where !locked.contains(row.advantage.id) { versions[row.advantage.id] = row.advantage.version }
        if versions.isEmpty { return [] }
        let ids = versions.keys.sorted()
        return [RedemptionStatements.lockPlentiful(ids, versions: ids.map { versions[$0]! })]
    }

    private func insert(at now: Instant) -> SQL {
        """
        insert into redemption (id, card_system_id, advantage_id, owner_card_system_id, holder_id, card_id, card_number,
            counter_id, account_id, points, code_id, period_start, slot, redeemed_at)
        select item.*, \(now) from unnest(\(rows.map(\.id)), \(rows.map(\.cardSystem)), \(rows.map(\.advantage.id)),
            \(rows.map(\.advantage.owner)), \(rows.map(\.holder)), \(rows.map(\.card?.id)),
            \(rows.map(\.card?.number)), \(rows.map(\.counter)), \(rows.map(\.account)),
            \(rows.map(\.decision.points)), \(rows.map(\.code)), \(rows.map(\.decision.periodStart)),
            \(rows.map(\.decision.slot))) as item
        """
    }

    private var taken: SQL {
        var sums: [AdvantageID: (units: Int, codes: Int)] = [:]
        for row in rows {
            sums[row.advantage.id, default: (0, 0)].units += 1
            if row.code != nil { sums[row.advantage.id]!.codes += 1 }
        }
        let ids = sums.keys.sorted()
        return """
            update advantage a set units_taken = a.units_taken + item.units, codes_left = a.codes_left - item.codes
            from unnest(\(ids), \(ids.map { sums[$0]!.units }), \(ids.map { sums[$0]!.codes }))
                as item (id, units, codes)
            where a.id = item.id
            """
    }

    /// Counts for the limits over all holders.
    private var totals: [SQL] {
        struct Place: Hashable {
            let period: String
            let start: CivilDate
        }
        var counts: [AdvantageID: (owner: CardSystemID, place: Place, count: Int)] = [:]
        for row in rows {
            guard let limit = row.advantage.terms.totalLimit, let start = row.decision.totalPeriodStart else {
                continue
            }
            let place = Place(period: limit.period.rawValue, start: start)
            counts[row.advantage.id, default: (row.advantage.owner, place, 0)].count += 1
        }
        guard !counts.isEmpty else { return [] }
        let ids = counts.keys.sorted()
        let uses = ids.map { counts[$0]! }
        return [
            """
            insert into advantage_use as u (advantage_id, card_system_id, period, period_start, used)
            select * from unnest(\(ids), \(uses.map(\.owner)), \(uses.map(\.place.period)),
                \(uses.map(\.place.start)), \(uses.map(\.count)))
            on conflict (advantage_id, period, period_start) do update set used = u.used + excluded.used
            """
        ]
    }

    private var codes: [SQL] {
        let used = rows.filter { $0.code != nil }
        guard !used.isEmpty else { return [] }
        return [
            """
            update advantage_code c set status = 'used', redemption_id = item.redemption_id
            from unnest(\(used.map { $0.code! }), \(used.map(\.id))) as item (id, redemption_id) where c.id = item.id
            """
        ]
    }
}
