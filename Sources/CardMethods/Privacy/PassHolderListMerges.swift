import CardRules
import JSONRPC
import Postgres

enum PassHolderListMerges: Method {
    static let declaration = Declaration(
        "passHolder.listMerges", .reads, by: [.cardSystemAdministrator, .operator],
        "Lists which records of members of a card system were merged, and which of that was undone, newest first (S9).",
        refusals: [.cardSystemNotFound])

    struct Params: Parameters {
        let cardSystem: CardSystemID
        let page: PageRequest

        init(from reader: inout ParameterReader) {
            cardSystem = reader.required("cardSystemId", "Of which one of the two is a member.")
            page = PageRequest(from: &reader)
        }
    }

    static func run(_ params: Params, in call: Call) throws -> Page<HolderMergeRecord> {
        try call.requireCardSystem(params.cardSystem)
        try call.require(call.serves(params.cardSystem))
        let listing = Listing(
            columns: """
                g.id, g.kept_id, g.merged_id, g.reason, g.merged_at, g.account_id, a.name as account_name,
                g.undone_at, g.undone_by, u.name as undone_by_name, g.undo_reason
                """,
            tables: """
                holder_merge g left join account a on a.id = g.account_id left join account u on u.id = g.undone_by
                """,
            conditions: [
                """
                exists (select from membership m where m.card_system_id = \(params.cardSystem)
                    and m.holder_id in (g.kept_id, g.merged_id))
                """
            ], id: "g.id", isDescending: true)
        return try call.asPlatform { try listing.page(params.page, call.transaction, HolderMergeRecord.init) }
    }
}

/// Two records that were merged.
struct HolderMergeRecord: ResultRecord {
    let id: HolderMergeID
    let kept: PassHolderID
    let merged: PassHolderID
    let reason: String
    let at: Instant
    let account: AccountID
    let accountName: String?
    let undoneAt: Instant?
    let undoneBy: AccountID?
    let undoneByName: String?
    let undoReason: String?

    static let fields: [ResultField<HolderMergeRecord>] = [
        .init("mergeId", "To undo it by.") { $0.id },
        .init("keptId", "The record that stayed.") { $0.kept },
        .init("mergedId", "The record that leads to it.") { $0.merged },
        .init("reason", "Why they are one person.") { $0.reason },
        .init("at", "When; business time.") { $0.at },
        .init("accountId", "Who did it.") { $0.account },
        .init("accountName", "What that person is called.") { $0.accountName },
        .init("undoneAt", "When it was undone; absent if it holds.") { $0.undoneAt },
        .init("undoneBy", "Who undid it.") { $0.undoneBy },
        .init("undoneByName", "What that person is called.") { $0.undoneByName },
        .init("undoReason", "Why they are two people.") { $0.undoReason },
    ]

    init(row: Row) throws {
        id = try row["id"]
        (kept, merged) = (try row["kept_id"], try row["merged_id"])
        (reason, at) = (try row["reason"], try row["merged_at"])
        (account, accountName) = (try row["account_id"], try row["account_name"])
        (undoneAt, undoneBy) = (try row["undone_at"], try row["undone_by"])
        (undoneByName, undoReason) = (try row["undone_by_name"], try row["undo_reason"])
    }
}
