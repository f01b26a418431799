import CardRules
import JSONRPC
import Postgres

enum PassVoucherTypeList: Method {
    static let declaration = Declaration(
        "passVoucherType.list", .reads, by: .staff(.membershipPriceRead),
        "Lists the types of vouchers of a card system by name (R-054).", refusals: [.cardSystemNotFound])

    struct Params: Parameters {
        let cardSystem: CardSystemID
        let page: PageRequest

        init(from reader: inout ParameterReader) {
            cardSystem = reader.required("cardSystemId", "The card system.")
            page = PageRequest(from: &reader)
        }
    }

    static func run(_ params: Params, in call: Call) throws -> Page<PassVoucherTypeRecord> {
        try call.requireCardSystem(params.cardSystem)
        try call.require(call.serves(params.cardSystem))
        let listing = Listing(
            columns: PassVoucherTypeRecord.columns, tables: "pass_voucher_type t",
            conditions: ["t.card_system_id = \(params.cardSystem)"], key: "lower(t.name)", id: "t.id")
        return try listing.page(params.page, call.transaction, PassVoucherTypeRecord.init)
    }
}
