import CardRules
import JSONRPC

enum CardDeliver: Method {
    static let declaration = Declaration(
        "card.deliver", .writes, by: .staff(.cardWrite),
        "Says that cards which were ordered have come: they are stock then.",
        details: "All of the call or none.", refusals: [.cardNotFound, .cardOtherCardSystem, .cardWrongStatus])

    struct Params: Parameters {
        let cards: CardNumbersParams
        init(from reader: inout ParameterReader) { cards = CardNumbersParams(from: &reader) }
    }

    static func run(_ params: Params, in call: Call) throws -> CardsCounted {
        try NamedCards(params.cards, in: call).take(.deliver, in: call)
    }
}
