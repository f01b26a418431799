import CardRules
import JSONRPC
import Postgres

/// A check-in that is about to be corrected, with its holder's points, locked until the transaction ends.
struct LockedCheckIn {
    let facts: CheckInCorrectionFacts
    let event: EventID
    let holder: PassHolderID
    let checkedInAt: Instant
    private let id: CheckInID
    private let cardSystem: CardSystemID
    private var points: LockedPoints

    /// Refuses one that the caller may not see.
    init(_ id: CheckInID, in call: Call) throws {
        let row = try call.transaction.first(
            """
            select k.card_system_id, k.event_id, k.holder_id, k.points, k.checked_in_at, k.cancelled_at from check_in k
            where k.id = \(id) and \(fragment: CheckInScope.condition(call)) for update of k
            """)
        guard let row else { throw Refusal(.checkInNotFound, at: "/checkInId") }
        self.id = id
        (cardSystem, event) = (try row["card_system_id"], try row["event_id"])
        (holder, checkedInAt) = (try row["holder_id"], try row["checked_in_at"])
        call.audit.cardSystem = cardSystem
        call.audit.object(id)
        points = try LockedPoints(of: holder, in: call)
        // What could not be taken back was spent by the person, and paid no debt.
        let paid: Int = try call.transaction.query(
            """
            select coalesce(sum(case when t.credit_account_id = a.id then t.amount else -t.amount end), 0)::bigint
            from transfer t join ledger_account a on a.id in (t.credit_account_id, t.debit_account_id)
                and a.kind = \(PointsAccount.owed.rawValue)
            where t.group_id = \(id) and t.reason <> \(Self.missing)
            """)[0][0]
        facts = CheckInCorrectionFacts(
            points: try row["points"], paidOwed: paid, isCancelled: (try row["cancelled_at"] as Instant?) != nil,
            balance: points.balance, pointsOwed: points.owed, mayForce: call.scope.administers(cardSystem))
    }

    /// Why what could not be taken back is owed, as the ledger says it.
    private static let missing = "checkIn.missing"

    /// Posts what a decision says, in the group of the check-in itself, and changes the check-in.
    mutating func write(
        _ decision: CheckInCorrection, as reason: String, _ change: SQL, in call: Call
    ) throws -> CorrectedCheckIn {
        if (decision.flows + decision.missing).contains(where: { $0.debit == .owed }) {
            try points.openOwedAccount(in: call)
        }
        var transfers = TransferRows()
        for (flows, reason) in [(decision.flows, reason), (decision.missing, Self.missing)] {
            for flow in flows {
                transfers.add(
                    flow, of: points.accounts, reason: reason, group: id.any, reference: id.any, cardSystem: cardSystem,
                    at: call.now)
            }
        }
        _ = try call.transaction.run(
            transfers.statements(at: call.now) + [
                "update check_in set \(fragment: change), version = version + 1 where id = \(id)"
            ])
        let row = try call.acrossCardSystems {
            try call.transaction.query("\(fragment: CheckInRecord.select) where k.id = \(id)")[0]
        }
        return CorrectedCheckIn(checkIn: try CheckInRecord(row: row), totalPoints: decision.shownBalance)
    }
}

/// A check-in after its correction.
struct CorrectedCheckIn: ResultRecord {
    let checkIn: CheckInRecord
    let totalPoints: Int

    static let fields: [ResultField<CorrectedCheckIn>] = [
        .init("checkIn", "The check-in as it is now.") { $0.checkIn },
        .init("totalPoints", "The holder's balance now, in points; negative while something is owed.") {
            $0.totalPoints
        },
    ]
}
