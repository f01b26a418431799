import CardRules
import JSONRPC

enum CardUnblock: Method {
    static let declaration = Declaration(
        "card.unblock", .writes, by: .staff(.cardBlock), "Makes a blocked card valid again (MEM-12).",
        refusals: [.cardNotFound, .cardNotBlocked], bulk: true)

    static func run(_ params: CardStandingParams, in call: Call) throws -> CardRecord {
        try call.take(.unblock, with: params)
    }
}
