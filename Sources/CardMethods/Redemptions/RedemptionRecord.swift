import CardRules
import JSONRPC
import Postgres

/// A redemption as staff see it.
struct RedemptionRecord: ResultRecord {
    let id: RedemptionID
    let cardSystem: CardSystemID
    let advantage: AdvantageID
    let title: LocalizedText
    let type: String
    let holder: PassHolderID
    let cardNumber: String?
    let counter: CounterID?
    let points: Int
    let code: String?
    let redeemedAt: Instant
    let cancelledAt: Instant?
    let cancelReason: String?
    let version: Int

    static let fields: [ResultField<RedemptionRecord>] = [
        .init("id", "Its own id.") { $0.id },
        .init("cardSystemId", "Where it was taken.") { $0.cardSystem },
        .init("advantageId", "What was taken.") { $0.advantage },
        .init("title", "What it is called.") { $0.title },
        .init("type", "`welcome` or `exchange`.") { $0.type },
        .init("passHolderId", "Who took it.") { $0.holder },
        .init("cardNumber", "The card that was used.") { $0.cardNumber },
        .init("counterId", "The counter that gave it; absent if it was taken online.") { $0.counter },
        .init("points", "What it cost, in points.") { $0.points },
        .init("code", "The code that went with it.") { $0.code },
        .init("redeemedAt", "When.") { $0.redeemedAt },
        .init("cancelledAt", "When it was cancelled; absent if it stands.") { $0.cancelledAt },
        .init("cancelReason", "Why it was cancelled.") { $0.cancelReason },
        .init("version", "Goes up with every change.") { $0.version },
    ]

    static let columns: SQL = """
        r.id, r.card_system_id, r.advantage_id, a.title, a.type, r.holder_id, r.card_number, r.counter_id, r.points,
        d.code, r.redeemed_at, r.cancelled_at, r.cancel_reason, r.version
        """
    static let tables: SQL = """
        redemption r join advantage a on a.id = r.advantage_id left join advantage_code d on d.id = r.code_id
        """

    init(row: Row) throws {
        id = try row["id"]
        cardSystem = try row["card_system_id"]
        advantage = try row["advantage_id"]
        title = try LocalizedText(stored: try row["title"])
        type = try row["type"]
        holder = try row["holder_id"]
        cardNumber = try row["card_number"]
        counter = try row["counter_id"]
        points = try row["points"]
        code = try row["code"]
        redeemedAt = try row["redeemed_at"]
        cancelledAt = try row["cancelled_at"]
        cancelReason = try row["cancel_reason"]
        version = try row["version"]
    }

    static func read(_ id: RedemptionID, in call: Call) throws -> RedemptionRecord {
        // The advantage may be another card system's, and no longer be for this one's members.
        try call.asPlatform {
            try RedemptionRecord(
                row: call.transaction.query(
                    "select \(fragment: columns) from \(fragment: tables) where r.id = \(id)")[0])
        }
    }
}

/// Which redemptions a caller may see or correct, of `redemption r`.
enum RedemptionScope {
    /// All of the card systems that the caller administers, and those that the chosen counter gave.
    static func own(_ call: Call) -> SQL {
        if call.scope.isOperator { return "true" }
        let (administered, served) = (Array(call.scope.administered), Array(call.scope.atCounter))
        return """
            (r.card_system_id = any (\(administered))
                or r.card_system_id = any (\(served)) and r.counter_id = \(call.caller.counter?.id))
            """
    }

    /// The same, and all of a person who stands at the counter.
    static func served(_ call: Call) -> SQL { call.serves(column: "r.card_system_id") }
}
