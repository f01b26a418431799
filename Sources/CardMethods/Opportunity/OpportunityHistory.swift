import CardRules
import JSONRPC
import Postgres

enum OpportunityHistory: Method {
    static let declaration = Declaration(
        "opportunity.history", .reads, by: .staff(.passHolderRegisterOpportunity),
        "Tells what became of a pass holder's opportunity status in a card system, the newest first.",
        details: "Why is told to administrators only.", refusals: [.cardSystemNotFound, .passHolderNotFound])

    struct Params: Parameters {
        let holder: PassHolderID
        let cardSystem: CardSystemID
        let page: PageRequest

        init(from reader: inout ParameterReader) {
            holder = reader.required("passHolderId", "The person.")
            cardSystem = reader.required("cardSystemId", "Whose opportunity status.")
            page = PageRequest(from: &reader)
        }
    }

    static func run(_ params: Params, in call: Call) throws -> Page<OpportunityChangeRecord> {
        try call.requireCardSystem(params.cardSystem)
        try call.require(call.serves(params.cardSystem))
        let membership = try call.transaction.first(
            """
            select id from membership where holder_id = \(params.holder) and card_system_id = \(params.cardSystem)
            """)
        guard let membership else { throw Refusal(.passHolderNotFound, at: "/passHolderId") }
        let listing = Listing(
            columns: """
                o.id, o.at, o.kind, o.previous_end_date, o.end_date, o.suspended_until, o.account_id, o.counter_id,
                case when \(call.scope.administers(params.cardSystem)) then
                    (select r.reason from opportunity_reason r where r.change_id = o.id) end as reason
                """,
            tables: "opportunity_change o", conditions: ["o.membership_id = \(try membership[0] as MembershipID)"],
            id: "o.id", isDescending: true)
        return try listing.page(params.page, call.transaction, OpportunityChangeRecord.init)
    }
}

/// Something that became of an opportunity status.
struct OpportunityChangeRecord: ResultRecord {
    let at: Instant
    let kind: OpportunityChange.Kind
    let previousEndDate: CivilDate?
    let endDate: CivilDate?
    let suspendedUntil: CivilDate?
    let reason: String?
    let account: AccountID?
    let counter: CounterID?

    static let fields: [ResultField<OpportunityChangeRecord>] = [
        .init("at", "When.") { $0.at },
        .init("kind", "What happened; `ended` took the status away.") { $0.kind },
        .init("previousEndDate", "The last entitled day before; absent without status.") { $0.previousEndDate },
        .init("endDate", "The last entitled day from then on; absent without status.") { $0.endDate },
        .init("suspendedUntil", "The last suspended day from then on.") { $0.suspendedUntil },
        .init("reason", "Why, where it was given.") { $0.reason },
        .init("accountId", "Who did it; absent if it was no account.") { $0.account },
        .init("counterId", "Where it was done.") { $0.counter },
    ]

    init(row: Row) throws {
        at = try row["at"]
        kind = try row["kind"]
        previousEndDate = try row["previous_end_date"]
        endDate = try row["end_date"]
        suspendedUntil = try row["suspended_until"]
        reason = try row["reason"]
        account = try row["account_id"]
        counter = try row["counter_id"]
    }
}
