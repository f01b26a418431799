import CardRules
import JSONRPC

enum CardBlock: Method {
    static let declaration = Declaration(
        "card.block", .writes, by: .staff(.cardBlock),
        "Blocks a card: it saves no points, exchanges nothing and buys nothing (MEM-09, MEM-10, R-015).",
        refusals: [.cardNotFound, .cardBlocked, .cardNotActive], bulk: true)

    static func run(_ params: CardStandingParams, in call: Call) throws -> CardRecord {
        try call.take(.block, with: params)
    }
}
