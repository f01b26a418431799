import CardRules
import JSONRPC
import Postgres

enum PassVoucherList: Method {
    static let declaration = Declaration(
        "passVoucher.list", .reads, by: [.operator, .cardSystemAdministrator],
        "Lists the vouchers of a type, the newest first: by the end of their codes, which are not kept.",
        refusals: [.passVoucherTypeNotFound])

    struct Params: Parameters {
        let type: PassVoucherTypeID
        let status: PassVoucher.Status?
        let page: PageRequest

        init(from reader: inout ParameterReader) {
            type = reader.required("passVoucherTypeId", "Their type.")
            status = reader.optional("status", "Only those of this status.")
            page = PageRequest(from: &reader)
        }
    }

    static func run(_ params: Params, in call: Call) throws -> Page<PassVoucherRecord> {
        let (type, cardSystem) = try call.administeredVoucherType(params.type)
        let conditions: [SQL?] = [
            "v.card_system_id = \(cardSystem) and v.type_id = \(type.id)", params.status.map { "v.status = \($0)" },
        ]
        let listing = Listing(
            columns: PassVoucherRecord.columns, tables: PassVoucherRecord.tables,
            conditions: conditions.compactMap(\.self), id: "v.id", isDescending: true)
        return try listing.page(params.page, call.transaction, PassVoucherRecord.init)
    }
}
