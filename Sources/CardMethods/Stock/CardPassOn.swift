import CardRules
import JSONRPC
import Postgres

enum CardPassOn: Method {
    static let declaration = Declaration(
        "card.passOn", .writes, by: .staff(.cardReceive),
        "Sends cards from a counter's drawer to another counter; that one confirms that they came.",
        details: "Staff send what lies at their own counter, administrators from any. All of the call or none.",
        refusals: [
            .counterNotFound, .counterNotInCardSystem, .stockBatchNotFound, .cardNotFound, .cardOtherCardSystem,
            .cardWrongStatus, .cardNotAtCounter,
        ])

    static func run(_ params: CardHandOver.Params, in call: Call) throws -> CardsCounted {
        let cards = try NamedCards(params.cards, in: call)
        let reasons = try call.reasons(against: params.counter, in: cards.cardSystem)
        return try cards.take(
            .passOn, at: call.boundCounter(in: cards.cardSystem), changing: "counter_id = \(params.counter)",
            unless: reasons, in: call)
    }
}
