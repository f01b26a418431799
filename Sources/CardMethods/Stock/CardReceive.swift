import CardRules
import JSONRPC

enum CardReceive: Method {
    static let declaration = Declaration(
        "card.receive", .writes, by: .staff(.cardReceive),
        "Says that cards which were sent to a counter have come: it may hand them out then.",
        details: "Staff do it for their own counter, administrators for any. All of the call or none.",
        refusals: [.stockBatchNotFound, .cardNotFound, .cardOtherCardSystem, .cardWrongStatus, .cardNotAtCounter])

    static func run(_ params: CardDeliver.Params, in call: Call) throws -> CardsCounted {
        let cards = try NamedCards(params.cards, in: call)
        return try cards.take(.receive, at: call.boundCounter(in: cards.cardSystem), in: call)
    }
}
