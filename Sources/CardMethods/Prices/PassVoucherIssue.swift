import CardRules
import JSONRPC
import Postgres

enum PassVoucherIssue: Method {
    static let declaration = Declaration(
        "passVoucher.issue", .writes, by: [.operator, .cardSystemAdministrator],
        "Makes vouchers of a type and tells their codes, this once: print them.",
        details: "Codes are unique in all card systems and not kept; what is lost is made void and issued again.",
        refusals: [.passVoucherTypeNotFound], answersSecret: true)

    enum Count: IntegerRange { static let range = 1...500 }

    struct Params: Parameters {
        let type: PassVoucherTypeID
        let count: Bounded<Count>

        init(from reader: inout ParameterReader) {
            type = reader.required("passVoucherTypeId", "Their type.")
            count = reader.required("count", "How many, 500 at most.")
        }
    }

    struct Result: ResultRecord {
        let codes: [String]

        static let fields: [ResultField<Result>] = [.init("codes", "One for each voucher.") { $0.codes }]
    }

    static func run(_ params: Params, in call: Call) throws -> Result {
        let (type, cardSystem) = try call.administeredVoucherType(params.type)
        call.audit.object(type.id)
        call.audit.told.append(("count", .integer(Int64(params.count.value))))
        let codes = (0..<params.count.value).map { _ in PassVoucherCode.make(prefix: type.prefix) }
        let ids: [PassVoucherID] = codes.map { _ in call.newID() }
        let key = try call.writingKey()
        let indexes = try codes.map { try PassVoucherCode.index(of: $0, under: key, call.services.keys) }
        try call.transaction.execute(
            """
            insert into pass_voucher (id, card_system_id, type_id, code_index, code_end, issued_at, account_id)
            select item.id, \(cardSystem), \(type.id), item.code_index, item.code_end, \(call.now),
                \(call.caller.accountID)
            from unnest(\(ids), \(indexes), \(codes.map { String($0.suffix(4)) }))
                as item (id, code_index, code_end)
            """)
        return Result(codes: codes)
    }
}
