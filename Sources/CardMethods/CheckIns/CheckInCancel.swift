import CardRules
import JSONRPC
import Postgres

enum CheckInCancel: Method {
    static let declaration = Declaration(
        "checkIn.cancel", .writes, by: .staff(.checkInWrite),
        "Cancels a check-in: its points are taken back and its place in the limit is free again (CHK-09, R-097).",
        details:
            "Points that are spent already are refused. A card-system administrator may force it with a reason: what "
            + "is missing is owed, and the next check-ins pay it.",
        refusals: [.checkInNotFound, .checkInAlreadyCancelled, .pointsAlreadySpent, .permissionNotHeld])

    struct Params: Parameters {
        let id: CheckInID
        let reason: String?
        let force: Bool

        init(from reader: inout ParameterReader) {
            id = reader.required("checkInId", "The check-in's own id.")
            reason = reader.optional("reason", "Why; needed to force.")
            force = reader.optional("force", default: false, "Take back even what is spent, as an administrator.")
            if force, reason == nil { reader.refuse("reason", "is needed to force") }
        }
    }

    struct Result: ResultRecord {
        let checkIn: CheckInRecord
        let totalPoints: Int

        static let fields: [ResultField<Result>] = [
            .init("checkIn", "The check-in, cancelled.") { $0.checkIn },
            .init("totalPoints", "The holder's balance now, in points; negative while something is owed.") {
                $0.totalPoints
            },
        ]
    }

    static func run(_ params: Params, in call: Call) throws -> Result {
        let row = try call.transaction.first(
            """
            select k.card_system_id, k.holder_id, k.points, k.cancelled_at from check_in k
            where k.id = \(params.id) and \(fragment: CheckInScope.condition(call)) for update of k
            """)
        guard let row else { throw Refusal(.checkInNotFound, at: "/checkInId") }
        let cardSystem: CardSystemID = try row["card_system_id"]
        call.audit.cardSystem = cardSystem
        call.audit.object(params.id)
        if let reason = params.reason { call.audit.facts.append(("reason", reason)) }
        var points = try LockedPoints(of: try row["holder_id"], in: call)
        let paid: Int = try call.transaction.query(
            """
            select coalesce(sum(t.amount), 0)::bigint from transfer t
                join ledger_account a on a.id = t.credit_account_id and a.kind = \(PointsAccount.owed.rawValue)
            where t.group_id = \(params.id)
            """)[0][0]
        let facts = CheckInCancellationFacts(
            points: try row["points"], paidOwed: paid, isCancelled: (try row["cancelled_at"] as Instant?) != nil,
            balance: points.balance, pointsOwed: points.owed, mayForce: call.scope.administers(cardSystem))
        let decision = try CheckInCancellation.decide(facts, forcedBecause: params.force ? params.reason : nil).get()
        if decision.addedToOwed > 0 { try points.openOwedAccount(in: call) }
        var transfers = TransferRows()
        let group: ID<Never> = call.newID()
        for flow in decision.flows {
            transfers.add(
                flow, of: points.accounts, reason: "checkIn.cancel", group: group, reference: params.id.any,
                cardSystem: cardSystem, at: call.now)
        }
        _ = try call.transaction.run(
            transfers.statements(at: call.now) + [
                """
                update check_in set cancelled_at = \(call.now), cancelled_by = \(call.caller.accountID),
                    cancel_reason = \(params.reason), slot = null, version = version + 1
                where id = \(params.id)
                """
            ])
        let cancelled = try call.acrossCardSystems {
            try call.transaction.query("\(fragment: CheckInRecord.select) where k.id = \(params.id)")[0]
        }
        return Result(checkIn: try CheckInRecord(row: cancelled), totalPoints: decision.shownBalance)
    }
}

/// A person's accounts of points with their balances, locked until the transaction ends.
struct LockedPoints {
    private(set) var accounts: PointsAccounts
    let balance: Int
    let owed: Int
    private let holder: PassHolderID

    init(of holder: PassHolderID, in call: Call) throws {
        self.holder = holder
        let rows = try call.transaction.query(
            """
            select id, kind, posted_debit, posted_credit, held_debit from ledger_account
            where owner_id = \(holder) and unit = 'point' order by id for no key update
            """)
        var ids: [String: LedgerAccountID] = [:]
        var (balance, owed) = (0, 0)
        for row in rows {
            let kind: String = try row["kind"]
            let (debit, credit, held): (Int, Int, Int) = (
                try row["posted_debit"], try row["posted_credit"], try row["held_debit"]
            )
            ids[kind] = try row["id"]
            if kind == PointsAccount.holder.rawValue { balance = credit - debit - held }
            if kind == PointsAccount.owed.rawValue { owed = debit - credit }
        }
        guard let saved = ids[PointsAccount.holder.rawValue] else { throw Refusal(.passHolderNotFound) }
        accounts = PointsAccounts(holder: saved, owed: ids[PointsAccount.owed.rawValue])
        (self.balance, self.owed) = (balance, owed)
    }

    /// Makes the account of owed points, if there is none.
    mutating func openOwedAccount(in call: Call) throws {
        guard accounts.owed == nil else { return }
        let id: LedgerAccountID = call.newID()
        try call.transaction.execute(
            """
            insert into ledger_account (id, unit, kind, owner_id, normal_side, floor_rule)
            values (\(id), 'point', \(PointsAccount.owed.rawValue), \(holder), 'debit', 'noOverdraft')
            """)
        accounts = PointsAccounts(holder: accounts.holder, owed: id)
    }
}
