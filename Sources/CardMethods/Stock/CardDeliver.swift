import CardRules
import JSONRPC

enum CardDeliver: Method {
    static let declaration = Declaration(
        "card.deliver", .writes, by: .staff(.cardWrite),
        "Says that cards which were ordered have come: they are stock then.",
        details: "All of the call or none.",
        refusals: [.stockBatchNotFound, .cardNotFound, .cardOtherCardSystem, .cardWrongStatus])

    struct Params: Parameters {
        let cards: CardSelection
        init(from reader: inout ParameterReader) { cards = CardSelection(from: &reader) }
    }

    static func run(_ params: Params, in call: Call) throws -> CardsCounted {
        let counted = try NamedCards(params.cards, in: call).take(.deliver, in: call)
        try params.cards.markDelivered(in: call)
        return counted
    }
}
