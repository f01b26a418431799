import CardRules
import JSONRPC
import Postgres

/// A redemption that is to be corrected, with the person's points and the advantage, locked until the transaction ends.
struct HeldRedemption {
    let id: RedemptionID
    let cardSystem: CardSystemID
    let advantage: AdvantageID
    let holder: PassHolderID
    let counter: CounterID?
    let cost: Int
    let takenAt: Instant
    let isCancelled: Bool
    var points: LockedPoints

    /// - Throws: `redemption.notFound` for one that the caller may not correct, too.
    init(_ id: RedemptionID, in call: Call) throws {
        let known = try call.transaction.first(
            """
            select r.holder_id, r.advantage_id, r.owner_card_system_id from redemption r
            where r.id = \(id) and \(fragment: RedemptionScope.own(call))
            """)
        guard let known else { throw Refusal(.redemptionNotFound, at: "/redemptionId") }
        (holder, advantage) = (try known["holder_id"], try known["advantage_id"])
        points = try LockedPoints(of: holder, in: call)
        // The advantage may be another card system's, and no longer be for this one's members.
        let (advantage, holder) = (advantage, holder)
        let row = try call.asPlatform {
            _ = try call.transaction.query("select from advantage where id = \(advantage) for no key update")
            return try call.transaction.first(
                """
                select r.card_system_id, r.counter_id, r.points, r.redeemed_at, r.cancelled_at from redemption r
                where r.id = \(id) and r.holder_id = \(holder) for update
                """)
        }
        guard let row else { throw Refusal(.redemptionNotFound, at: "/redemptionId") }
        self.id = id
        (cardSystem, counter, cost) = (try row["card_system_id"], try row["counter_id"], try row["points"])
        takenAt = try row["redeemed_at"]
        isCancelled = (try row["cancelled_at"] as Instant?) != nil
        call.audit.cardSystem = cardSystem
        call.audit.also = [try known["owner_card_system_id"]]
        call.audit.object(id)
        call.audit.changedFields = ["cancelledAt"]
        call.audit.told = [
            ("advantageId", .string(advantage.text)), ("passHolderId", .string(holder.text)),
            ("points", .integer(Int64(cost))),
        ]
    }

    /// Writes down what a correction changes: the redemption itself, the advantage's counts, and the points.
    ///
    /// - Parameter units: 1 to take a unit, -1 to give it back.
    func write(_ change: SQL, units: Int, _ flows: [PointsFlow], _ reason: String, in call: Call) throws {
        var transfers = TransferRows()
        let group: ID<Never> = call.newID()
        for flow in flows {
            transfers.add(
                flow, of: points.accounts, reason: reason, group: group, reference: id.any, cardSystem: cardSystem,
                at: call.now)
        }
        let periods = Periods(containing: takenAt)
        let statements: [SQL] =
            transfers.statements(at: call.now) + [
                "update redemption set \(fragment: change), version = version + 1 where id = \(id)",
                "update advantage set units_taken = units_taken + \(units) where id = \(advantage)",
                """
                insert into advantage_use as u (advantage_id, card_system_id, period, period_start, used)
                select a.id, a.card_system_id, p.period, p.start, greatest(\(units), 0)
                from advantage a join \(fragment: periods.table) on p.period = a.total_limit_period
                where a.id = \(advantage)
                on conflict (advantage_id, period, period_start)
                    do update set used = greatest(u.used + \(units), 0)
                """,
            ]
        try call.asPlatform { _ = try call.transaction.run(statements) }
    }
}

/// What a correction answers.
struct CorrectedRedemption: ResultRecord {
    let redemption: RedemptionRecord
    let totalPoints: Int

    static let fields: [ResultField<CorrectedRedemption>] = [
        .init("redemption", "As it is now.") { $0.redemption },
        .init("totalPoints", "The holder's balance now, in points; negative while something is owed.") {
            $0.totalPoints
        },
    ]
}
