import CardRules
import JSONRPC

enum HolderGet: Method {
    static let declaration = Declaration(
        "holder.get", .reads, by: [.account, .holder],
        "Tells what is known of the pass holder whose login the caller has; of the INSZ four digits (UID-02).",
        refusals: [.passHolderNotFound])

    static func run(_ params: NoParameters, in call: Call) throws -> PassHolderRecord {
        guard let holder = call.scope.holder else { throw Refusal(.passHolderNotFound) }
        return try call.passHolder(holder)
    }
}
