import CardRules
import JSONRPC
import Postgres

enum AdvantageCodeList: Method {
    static let declaration = Declaration(
        "advantageCode.list", .reads,
        by: [.operator, .cardSystemAdministrator, .municipalityAdministrator, .counter(.advantageWrite)],
        "Lists the codes of an advantage, in the order in which they came (S16).", refusals: [.advantageNotFound])

    struct Params: Parameters {
        let advantage: AdvantageID
        let status: AdvantageCodeStatus?
        let page: PageRequest

        init(from reader: inout ParameterReader) {
            advantage = reader.required("advantageId", "The advantage.")
            status = reader.optional("status", "Only those of this status.")
            page = PageRequest(from: &reader)
        }
    }

    static func run(_ params: Params, in call: Call) throws -> Page<AdvantageCodeRecord> {
        let held = try call.heldAdvantage(params.advantage, lock: false)
        let status: [SQL] = params.status.map { ["c.status = \($0)"] } ?? []
        let listing = Listing(
            columns: AdvantageCodeRecord.columns, tables: "advantage_code c",
            conditions: ["c.advantage_id = \(held.id)"] + status, id: "c.id")
        return try listing.page(params.page, call.transaction, AdvantageCodeRecord.init)
    }
}

/// What became of a code.
enum AdvantageCodeStatus: String, WordParameter, PostgresValue {
    /// It is to be had.
    case free
    /// Handed out, and so it stays when that is cancelled.
    case used
    case void
}

/// A code that goes with an advantage.
struct AdvantageCodeRecord: ResultRecord {
    let id: AdvantageCodeID
    let code: String
    let status: AdvantageCodeStatus
    let redemption: RedemptionID?
    let addedAt: Instant
    let voidedAt: Instant?
    let voidReason: String?

    static let fields: [ResultField<AdvantageCodeRecord>] = [
        .init("id", "The code, as it is named here.") { $0.id },
        .init("code", "What is handed out.") { $0.code },
        .init("status", "What became of it.") { $0.status },
        .init("redemptionId", "What it was handed out with.") { $0.redemption },
        .init("addedAt", "When it came.") { $0.addedAt },
        .init("voidedAt", "When it was made void.") { $0.voidedAt },
        .init("voidReason", "Why it was made void.") { $0.voidReason },
    ]

    static let columns: SQL = "c.id, c.code, c.status, c.redemption_id, c.added_at, c.voided_at, c.void_reason"

    init(row: Row) throws {
        id = try row["id"]
        code = try row["code"]
        status = try row["status"]
        redemption = try row["redemption_id"]
        addedAt = try row["added_at"]
        voidedAt = try row["voided_at"]
        voidReason = try row["void_reason"]
    }
}
