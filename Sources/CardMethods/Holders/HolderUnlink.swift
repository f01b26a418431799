import CardRules
import JSONRPC

enum HolderUnlink: Method {
    static let declaration = Declaration(
        "holder.unlink", .writes, by: [.holder],
        "Ends that the caller's account is his login as a pass holder; account and pass holder stay (UID-01).",
        refusals: [.passHolderNoLogin])

    static func run(_ params: NoParameters, in call: Call) throws -> Done {
        guard let holder = call.scope.holder else { throw Refusal(.passHolderNoLogin) }
        try HolderLogin.unlink(holder, in: call)
        return Done()
    }
}
