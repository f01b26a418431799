import CardRules
import JSONRPC
import Postgres

enum PassHolderMerge: Method {
    static let declaration = Declaration(
        "passHolder.merge", .writes, by: [.cardSystemAdministrator, .operator],
        "Makes one of two records of a person: what the merged one has comes to the kept one (S9).",
        details:
            "The merged record leads to the kept one from then on. Administrators must administer all card systems "
            + "of both. It can be undone with `passHolder.unmerge`.",
        refusals: ruleRefusals)

    static let ruleRefusals: [RefusalKind] = [
        .passHolderNotFound, .permissionNotHeld, .mergeSamePerson, .mergeInszDiffer, .pointsHeld,
    ]

    struct Params: Parameters {
        let pair: MergePairParams
        let reason: String

        init(from reader: inout ParameterReader) {
            pair = MergePairParams(from: &reader)
            reason = reader.required("reason", "Why they are one person.")
        }
    }

    struct Result: ResultRecord {
        let id: HolderMergeID
        let plan: MergePlan

        static let fields: [ResultField<Result>] = [
            .init("mergeId", "To undo it by.") { $0.id },
            .init("done", "What was done.") { $0.plan },
        ]
    }

    static func run(_ params: Params, in call: Call) throws -> Result {
        let (pair, id): (MergePairParams, HolderMergeID) = (params.pair, call.newID())
        call.audit.object(pair.kept)
        call.audit.told += [("mergeId", .string(id.text)), ("merged", .string(pair.merged.text))]
        return try call.asPlatform {
            // Check-ins wait for the accounts, so that none comes between.
            _ = try call.transaction.query(
                """
                select from ledger_account where owner_id in (\(pair.kept), \(pair.merged)) order by id
                for no key update
                """)
            let plan = try call.mergePlan(pair)
            if let cardSystem = plan.memberships.first?.cardSystem { call.audit.cardSystem = cardSystem }
            let work = HolderMerge(kept: pair.kept, merged: pair.merged)
            let group: TransferID = call.newID()
            let note = LedgerNote(
                cardSystem: call.audit.cardSystem, reason: "passHolder.merge", reference: id.any, eventAt: call.now,
                recordedAt: call.now)
            let hasMoved = try work.movePoints(group, note, in: call.transaction)
            try call.transaction.execute(
                """
                insert into holder_merge (id, card_system_id, kept_id, merged_id, reason, account_id, merged_at,
                    transfer_group_id, moved_insz)
                values (\(id), \(call.audit.cardSystem), \(pair.kept), \(pair.merged), \(params.reason),
                    \(call.caller.principal), \(call.now), \(hasMoved ? group : nil), \(plan.movesINSZ))
                """)
            _ = try call.transaction.run(work.statements(id, plan))
            if plan.movesINSZ { try HolderMerge.moveINSZ(from: pair.merged, to: pair.kept, in: call) }
            try call.tellMemberships(of: pair.kept)
            return Result(id: id, plan: plan)
        }
    }
}
