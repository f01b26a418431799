import CardRules
import JSONRPC
import Postgres

enum PassHolderINSZReads: Method {
    static let declaration = Declaration(
        "passHolder.inszReads", .reads, by: [.cardSystemAdministrator, .holder],
        "Lists who read a pass holder's INSZ or looked for him by it, when and what for, the newest first.",
        details:
            "Pass holders see all of their own. To an administrator, what was done for another card system is only "
            + "told to have happened.",
        refusals: [.passHolderNotFound])

    struct Params: Parameters {
        let holder: PassHolderID
        let page: PageRequest

        init(from reader: inout ParameterReader) {
            holder = reader.required("passHolderId", "Whose INSZ.")
            page = PageRequest(from: &reader)
        }
    }

    static func run(_ params: Params, in call: Call) throws -> Page<INSZReadRecord> {
        try call.requireSubject(params.holder)
        let isSelf = call.scope.holder == params.holder
        return try call.asPlatform {
            let listing = Listing(
                columns: """
                    r.id, r.at, r.kind, r.card_system_id, s.name as card_system_name, r.account_id,
                    a.name as account_name, r.counter_id, k.name as counter_name, r.purpose
                    """,
                tables: """
                    insz_read r join account a on a.id = r.account_id
                    left join card_system s on s.id = r.card_system_id left join counter k on k.id = r.counter_id
                    """,
                conditions: [
                    """
                    r.holder_id in (select h.id from pass_holder h
                        where h.id = \(params.holder) or h.merged_into = \(params.holder))
                    """
                ], id: "r.id", isDescending: true)
            return try listing.page(params.page, call.transaction) { row in
                try INSZReadRecord(row: row, isOwn: try isSelf || call.serves(row["card_system_id"] as CardSystemID))
            }
        }
    }
}

/// One read of somebody's INSZ.
struct INSZReadRecord: ResultRecord {
    let id: ID<Never>
    let at: Instant
    let kind: INSZReadKind
    /// `nil` for what was done for another card system.
    let reader: Reader?

    struct Reader: Sendable {
        let account: AccountID
        let accountName: String
        let counter: CounterID?
        let counterName: String?
        let cardSystemName: String?
        let purpose: String?
    }

    static let fields: [ResultField<INSZReadRecord>] = [
        .init("id", "The read.") { $0.id },
        .init("at", "When, by business time.") { $0.at },
        .init("kind", "How it was read.") { $0.kind },
        .init("isElsewhere", "It was done for a card system that is not one's own.") { $0.reader == nil },
        .init("accountId", "Who read it.") { $0.reader?.account },
        .init("accountName", "What that person is called.") { $0.reader?.accountName },
        .init("counterId", "At which counter.") { $0.reader?.counter },
        .init("counterName", "What that is called.") { $0.reader?.counterName },
        .init("cardSystemName", "For which card system.") { $0.reader?.cardSystemName },
        .init("purpose", "What it was needed for, as the reader said.") { $0.reader?.purpose },
    ]

    init(row: Row, isOwn: Bool) throws {
        id = try row["id"]
        at = try row["at"]
        kind = try row["kind"]
        reader =
            isOwn
            ? Reader(
                account: try row["account_id"], accountName: try row["account_name"], counter: try row["counter_id"],
                counterName: try row["counter_name"], cardSystemName: try row["card_system_name"],
                purpose: try row["purpose"]) : nil
    }
}

extension Call {
    /// Refuses whose data the caller may not see: neither himself nor a member where he may do this.
    func requireSubject(_ holder: PassHolderID) throws {
        if scope.holder != holder { try requireOwnHolder(holder) }
    }
}
