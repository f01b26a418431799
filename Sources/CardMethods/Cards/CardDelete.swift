import CardRules
import JSONRPC
import Postgres

enum CardDelete: Method {
    static let declaration = Declaration(
        "card.delete", .writes, by: .staff(.cardBlock),
        "Is done with a card for good: it was blocked, or is damaged and was never handed out.",
        details: "Staff do it with blocked cards and with what lies in their own counter's drawer, administrators with "
            + "what is in stock too.",
        refusals: [.cardNotFound, .cardWrongStatus, .cardNotAtCounter], bulk: true)

    static func run(_ params: CardStandingParams, in call: Call) throws -> CardRecord {
        try call.take(.delete, with: params)
    }
}
