import CardRules
import JSONRPC
import Postgres

enum PassVoucherVoid: Method {
    static let declaration = Declaration(
        "passVoucher.void", .writes, by: [.operator, .cardSystemAdministrator],
        "Makes a voucher void that was not used: one that was lost, or given out by mistake.",
        refusals: [.passVoucherNotFound, .passVoucherUsed, .passVoucherVoid])

    struct Params: Parameters {
        let voucher: PassVoucherID
        let reason: String

        init(from reader: inout ParameterReader) {
            voucher = reader.required("passVoucherId", "The voucher.")
            reason = reader.required("reason", "Why; stays in the audit trail.")
        }
    }

    static func run(_ params: Params, in call: Call) throws -> PassVoucherRecord {
        let old = try read(params, lock: "for update of v", in: call)
        try call.requireAdministered(old.facts.cardSystem)
        call.audit.object(old.id)
        call.audit.facts.append(("reason", params.reason))
        try [old.facts.reasonAgainstVoiding].compactMap(\.self).refuse()
        try call.transaction.execute(
            "update pass_voucher set status = 'void', closed_at = \(call.now) where id = \(old.id)")
        return try read(params, in: call)
    }

    private static func read(_ params: Params, lock: SQL = "", in call: Call) throws -> PassVoucherRecord {
        let row = try call.transaction.first(
            """
            select \(fragment: PassVoucherRecord.columns) from \(fragment: PassVoucherRecord.tables)
            where v.id = \(params.voucher) \(fragment: lock)
            """)
        guard let row else { throw Refusal(.passVoucherNotFound, at: "/passVoucherId") }
        return try PassVoucherRecord(row: row)
    }
}
