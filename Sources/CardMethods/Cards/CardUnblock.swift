import CardRules
import JSONRPC

enum CardUnblock: Method {
    static let declaration = Declaration(
        "card.unblock", .writes, by: .staff(.cardBlock), "Makes a blocked card valid again (MEM-12).",
        details: "A card in the place of which its holder has another stays blocked (R-016).",
        refusals: [.cardNotFound, .cardNotBlocked, .cardReplaced], bulk: true)

    static func run(_ params: CardStandingParams, in call: Call) throws -> CardRecord {
        try call.take(.unblock, with: params)
    }
}
