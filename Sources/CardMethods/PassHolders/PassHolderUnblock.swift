import CardRules
import JSONRPC

enum PassHolderUnblock: Method {
    static let declaration = Declaration(
        "passHolder.unblock", .writes, by: .staff(.cardBlock),
        "Makes a blocked pass holder's membership of a card system valid again.",
        refusals: [.cardSystemNotFound, .passHolderNotFound, .passHolderNotBlocked], bulk: true)

    static func run(_ params: PassHolderStandingParams, in call: Call) throws -> PassHolderRecord {
        try call.set(.active, by: params)
    }
}
