import CardRules
import JSONRPC

enum PassHolderUnlinkLogin: Method {
    static let declaration = Declaration(
        "passHolder.unlinkLogin", .writes, by: [.cardSystemAdministrator, .operator],
        "Takes the login from a pass holder of an own card system, such as one that somebody else linked (UID-01).",
        refusals: [.passHolderNotFound, .passHolderNoLogin])

    struct Params: Parameters {
        let holder: PassHolderID
        let reason: String

        init(from reader: inout ParameterReader) {
            holder = reader.required("passHolderId", "The person.")
            reason = reader.required("reason", "Why; stays in the audit trail.")
        }
    }

    static func run(_ params: Params, in call: Call) throws -> Done {
        try call.requireOwnHolder(params.holder)
        if let own = try call.memberships(of: params.holder).first { call.audit.cardSystem = own.cardSystem }
        call.audit.facts.append(("reason", params.reason))
        try HolderLogin.unlink(params.holder, in: call)
        return Done()
    }
}
