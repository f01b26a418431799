import CardRules
import JSONRPC

enum CardAdd: Method {
    static let declaration = Declaration(
        "card.add", .writes, by: .staff(.cardWrite), "Brings one new card of plastic into a card system.",
        details: "What a row of a delivery's file is about. No two cards share a number or a chip (NUM-11).",
        refusals: [.cardSystemNotFound, .cardNumberTaken, .cardChipTaken], bulk: true)

    struct Params: Parameters {
        let cardSystem: CardSystemID
        let card: NewCard
        let status: StockStatus
        let batch: BatchParams?

        init(from reader: inout ParameterReader) {
            cardSystem = reader.required("cardSystemId", "Whose card it will be.")
            card = NewCard(
                number: reader.required("number", "The 13 digits on the card."),
                chip: reader.optional("chipNumber", "What its chip tells a reader, 14 hexadecimal digits."))
            status = reader.optional(
                "status", default: .stock, "Whether it is only ordered, or has come; `stock` if absent.")
            batch = BatchParams(from: &reader)
        }
    }

    static func run(_ params: Params, in call: Call) throws -> CardRecord {
        let delivery = CardDelivery(
            cardSystem: params.cardSystem, status: params.status, cards: [params.card], batch: params.batch)
        let id = try delivery.bring(in: call) { _ in "" }[0]
        call.audit.object(id)
        return try call.card(id)
    }
}
