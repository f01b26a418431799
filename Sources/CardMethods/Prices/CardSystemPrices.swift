import CardRules
import JSONRPC

enum CardSystemPrices: Method {
    static let declaration = Declaration(
        "cardSystem.prices", .reads, by: [.everyone],
        "Tells everybody what passes cost in a card system today (REG-19).",
        details: "Prices with a voucher are not told. No prices at all: passes are free.",
        refusals: [.cardSystemNotFound])

    struct Params: Parameters {
        let cardSystem: CardSystemID
        let cardType: CardType?

        init(from reader: inout ParameterReader) {
            cardSystem = reader.required("cardSystemId", "The card system.")
            cardType = reader.optional("cardType", "Only the prices of cards of this type.")
        }
    }

    struct Result: ResultRecord {
        let rows: [PriceRowRecord]

        static let fields: [ResultField<Result>] = [
            .init("prices", "In the order in which the card system shows them.") { $0.rows }
        ]
    }

    static func run(_ params: Params, in call: Call) throws -> Result {
        try call.asPlatform {
            try call.requireCardSystem(params.cardSystem)
            let list = try call.priceList(of: params.cardSystem, on: Brussels.date(call.now))
            return Result(
                rows: list.rows.filter { row in
                    row.row.voucherType == nil
                        && (params.cardType == nil || row.row.cardType == nil || row.row.cardType == params.cardType)
                })
        }
    }
}
