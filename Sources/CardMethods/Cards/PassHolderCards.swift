import CardRules
import JSONRPC
import Postgres

enum PassHolderCards: Method {
    static let declaration = Declaration(
        "passHolder.cards", .reads, by: .staff(.passHolderRead),
        "Lists all cards that somebody ever had in own card systems, the last first: why, when, which is current (S9).",
        refusals: [.passHolderNotFound])

    struct Params: Parameters {
        let holder: PassHolderID
        let page: PageRequest

        init(from reader: inout ParameterReader) {
            holder = reader.required("passHolderId", "The person.")
            page = PageRequest(from: &reader)
        }
    }

    static func run(_ params: Params, in call: Call) throws -> Page<HeldCard> {
        try call.requireOwnHolder(params.holder)
        let listing = Listing(
            columns: """
                c.number, c.type, c.status, c.card_system_id, i.at as issued_at, i.counter_id, i.reason as issue_reason,
                case when l.to_status <> 'active' then l.at end as ended_at,
                case when l.to_status <> 'active' then l.reason end as end_reason,
                exists (select from membership m where m.current_card_id = c.id) as is_current
                """,
            tables: """
                card c
                left join lateral (
                    select t.at, t.counter_id, t.reason from card_step t
                    where t.card_id = c.id and t.step in ('activate', 'make') order by t.version limit 1) as i on true
                left join lateral (
                    select t.to_status, t.at, t.reason from card_step t
                    where t.card_id = c.id order by t.version desc limit 1) as l on true
                """,
            conditions: ["c.holder_id = \(params.holder)", call.serves(column: "c.card_system_id")],
            key: "coalesce(to_char(i.at at time zone 'UTC', 'YYYYMMDDHH24MISSUS'), '')", id: "c.id", isDescending: true)
        return try listing.page(params.page, call.transaction, HeldCard.init)
    }
}

/// A card that somebody has, or had.
struct HeldCard: ResultRecord {
    let number: CardNumber
    let type: CardType
    let status: CardStatus
    let cardSystem: CardSystemID
    let isCurrent: Bool
    let issuedAt: Instant?
    let counter: CounterID?
    let issueReason: String?
    let endedAt: Instant?
    let endReason: String?

    static let fields: [ResultField<HeldCard>] = [
        .init("cardNumber", "The 13 digits on it.") { $0.number },
        .init("cardType", "What it is made of.") { $0.type },
        .init("status", "Where it is in its life.") { $0.status },
        .init("isOpportunityCard", "It was made for somebody with an opportunity status (R-004).") {
            $0.number.isOpportunity
        },
        .init("cardSystemId", "Whose card it is.") { $0.cardSystem },
        .init("isCurrent", "It is the card of the membership, of those that there were.") { $0.isCurrent },
        .init("issuedAt", "When the person got it.") { $0.issuedAt },
        .init("counterId", "Where the person got it.") { $0.counter },
        .init("issueReason", "Why: `firstCard`, `lossOrTheft`, `obtainOpportunityStatus` and so on.") {
            $0.issueReason
        },
        .init("endedAt", "Since when it is blocked or deleted.") { $0.endedAt },
        .init("endReason", "Why it is.") { $0.endReason },
    ]

    init(row: Row) throws {
        number = try row["number"]
        type = try row["type"]
        status = try row["status"]
        cardSystem = try row["card_system_id"]
        isCurrent = try row["is_current"]
        issuedAt = try row["issued_at"]
        counter = try row["counter_id"]
        issueReason = try row["issue_reason"]
        endedAt = try row["ended_at"]
        endReason = try row["end_reason"]
    }
}
