import CardRules
import JSONRPC

enum PriceListGet: Method {
    static let declaration = Declaration(
        "priceList.get", .reads, by: .staff(.membershipPriceRead),
        "Tells what passes cost in a card system on a day, prices with a voucher too (R-053).",
        refusals: [.cardSystemNotFound])

    struct Params: Parameters {
        let cardSystem: CardSystemID
        let day: CivilDate?

        init(from reader: inout ParameterReader) {
            cardSystem = reader.required("cardSystemId", "The card system.")
            day = reader.optional("day", "The day, in the past or to come; today if absent.")
        }
    }

    static func run(_ params: Params, in call: Call) throws -> PriceListRecord {
        try call.requireCardSystem(params.cardSystem)
        try call.require(call.serves(params.cardSystem))
        return try call.priceList(of: params.cardSystem, on: params.day ?? Brussels.date(call.now))
    }
}
