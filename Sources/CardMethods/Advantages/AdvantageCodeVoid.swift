import CardRules
import JSONRPC
import Postgres

enum AdvantageCodeVoid: Method {
    static let declaration = Declaration(
        "advantageCode.void", .writes,
        by: [.operator, .cardSystemAdministrator, .municipalityAdministrator, .counter(.advantageWrite)],
        "Makes a code void that was not handed out (S16).",
        refusals: [.advantageNotFound, .advantageCodeNotFound, .advantageCodeNotFree])

    struct Params: Parameters {
        let advantage: AdvantageID
        let code: AdvantageCodeID
        let reason: String

        init(from reader: inout ParameterReader) {
            advantage = reader.required("advantageId", "The advantage.")
            code = reader.required("advantageCodeId", "The code.")
            reason = reader.required("reason", "Why.")
        }
    }

    static func run(_ params: Params, in call: Call) throws -> AdvantageCodeRecord {
        let held = try call.heldAdvantage(params.advantage)
        let old = try call.transaction.first(
            """
            select \(fragment: AdvantageCodeRecord.columns) from advantage_code c
            where c.id = \(params.code) and c.advantage_id = \(held.id) for update
            """)
        guard let old = try old.map(AdvantageCodeRecord.init) else {
            throw Refusal(.advantageCodeNotFound, at: "/advantageCodeId")
        }
        guard old.status == .free else { throw Refusal(.advantageCodeNotFree, at: "/advantageCodeId") }
        try call.countCodes(-1, of: held)
        let row = try call.transaction.query(
            """
            update advantage_code as c set status = 'void', voided_at = \(call.now),
                voided_by = \(call.caller.accountID), void_reason = \(params.reason)
            where c.id = \(old.id) returning \(fragment: AdvantageCodeRecord.columns)
            """)[0]
        return try AdvantageCodeRecord(row: row)
    }
}
