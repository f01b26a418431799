import CardRules
import JSONRPC
import Postgres

enum CardTakeBack: Method {
    static let declaration = Declaration(
        "card.takeBack", .writes, by: .staff(.cardReceive),
        "Takes cards back into stock that were sent to a counter or lie in its drawer.",
        details: "Staff give back what is at their own counter, administrators from any. All of the call or none.",
        refusals: [.stockBatchNotFound, .cardNotFound, .cardOtherCardSystem, .cardWrongStatus, .cardNotAtCounter])

    static func run(_ params: CardDeliver.Params, in call: Call) throws -> CardsCounted {
        let cards = try NamedCards(params.cards, in: call)
        return try cards.take(
            .takeBack, at: call.boundCounter(in: cards.cardSystem), changing: "counter_id = null", in: call)
    }
}
