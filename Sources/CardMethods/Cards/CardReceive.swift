import CardRules
import JSONRPC

enum CardReceive: Method {
    static let declaration = Declaration(
        "card.receive", .writes, by: .staff(.cardReceive),
        "Says that cards which were sent to a counter have come: it may hand them out then.",
        details: "Staff do it for their own counter, administrators for any. All of the call or none.",
        refusals: [.cardNotFound, .cardOtherCardSystem, .cardWrongStatus, .cardNotAtCounter])

    struct Params: Parameters {
        let cards: CardNumbersParams
        init(from reader: inout ParameterReader) { cards = CardNumbersParams(from: &reader) }
    }

    static func run(_ params: Params, in call: Call) throws -> CardsCounted {
        let cards = try NamedCards(params.cards, in: call)
        let counter = call.scope.administers(cards.cardSystem) ? nil : call.caller.counter?.id
        return try cards.take(.receive, at: counter, in: call)
    }
}
