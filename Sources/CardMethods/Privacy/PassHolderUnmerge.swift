import CardRules
import JSONRPC
import Postgres

enum PassHolderUnmerge: Method {
    static let declaration = Declaration(
        "passHolder.unmerge", .writes, by: [.cardSystemAdministrator, .operator],
        "Undoes a merge: exactly what it moved goes back, unless something since makes that impossible (S9).",
        details: "What was done with the kept record since, such as check-ins, stays with it.",
        refusals: [.mergeNotFound, .permissionNotHeld, .mergeAlreadyUndone, .mergeChangedSince, .pointsAlreadySpent])

    struct Params: Parameters {
        let id: HolderMergeID
        let reason: String

        init(from reader: inout ParameterReader) {
            id = reader.required("mergeId", "The merge.")
            reason = reader.required("reason", "Why they are two people.")
        }
    }

    static func run(_ params: Params, in call: Call) throws -> Done {
        try call.asPlatform {
            let merge = try StoredMerge(params.id, in: call)
            call.audit.cardSystem = merge.cardSystem
            call.audit.object(merge.work.kept)
            call.audit.told += [
                ("mergeId", .string(params.id.text)), ("merged", .string(merge.work.merged.text)),
            ]
            try call.tellMemberships(of: merge.work.kept)
            let transaction = call.transaction
            let isThere = try merge.transfers.map { try merge.work.arePointsThere($0, in: transaction) } ?? true
            try MergeRules.checkUndoing(
                isUndone: merge.isUndone, administersAll: merge.administersAll,
                changed: merge.isUndone ? [] : try merge.work.changed(params.id, transaction),
                arePointsThere: isThere
            ).refuse()
            if let transfers = merge.transfers {
                let note = LedgerNote(
                    cardSystem: merge.cardSystem, reason: "passHolder.unmerge", reference: params.id.any,
                    eventAt: call.now, recordedAt: call.now)
                try LedgerWriter.reverse(transfers, as: call.newID(), note, in: transaction)
            }
            if merge.movedINSZ { try HolderMerge.moveINSZ(from: merge.work.kept, to: merge.work.merged, in: call) }
            _ = try transaction.run(
                merge.work.undoing(params.id) + [
                    """
                    update holder_merge set undone_at = \(call.now), undone_by = \(call.caller.principal),
                        undo_reason = \(params.reason)
                    where id = \(params.id)
                    """
                ])
            return Done()
        }
    }
}

/// A merge that was made, locked with the accounts and records that it is about.
private struct StoredMerge {
    let work: HolderMerge
    let cardSystem: CardSystemID
    let transfers: TransferID?
    let movedINSZ: Bool
    let isUndone: Bool
    let administersAll: Bool

    init(_ id: HolderMergeID, in call: Call) throws {
        let row = try call.transaction.first("select * from holder_merge where id = \(id) for update")
        guard let row else { throw Refusal(.mergeNotFound, at: "/mergeId") }
        work = HolderMerge(kept: try row["kept_id"], merged: try row["merged_id"])
        cardSystem = try row["card_system_id"]
        transfers = try row["transfer_group_id"]
        movedINSZ = try row["moved_insz"]
        isUndone = try row["undone_at"] as Instant? != nil
        let rows = try call.transaction.run([
            """
            select from ledger_account where owner_id in (\(work.kept), \(work.merged)) order by id for no key update
            """,
            "select from pass_holder where id in (\(work.kept), \(work.merged)) order by id for update",
            """
            select coalesce(array_agg(distinct card_system_id), '{}') from membership
            where holder_id in (\(work.kept), \(work.merged))
            """,
        ])
        let systems = Set(try rows[2][0][0] as [CardSystemID])
        guard call.scope.isOperator || !systems.isDisjoint(with: call.scope.administered) else {
            throw Refusal(.mergeNotFound, at: "/mergeId")
        }
        administersAll = call.scope.isOperator || systems.isSubset(of: call.scope.administered)
    }
}
