import CardRules
import JSONRPC

enum PassHolderBlock: Method {
    static let declaration = Declaration(
        "passHolder.block", .writes, by: .staff(.cardBlock),
        "Blocks a pass holder in a card system (NUM-05, MEM-09).",
        details: "Who has no active membership left is blocked everywhere (R-018, MEM-11).",
        refusals: [.cardSystemNotFound, .passHolderNotFound, .passHolderBlocked], bulk: true)

    static func run(_ params: PassHolderStandingParams, in call: Call) throws -> PassHolderRecord {
        try call.set(.blocked, by: params)
    }
}
