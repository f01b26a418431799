import CardRules
import JSONRPC
import Postgres

enum HolderLink: Method {
    static let declaration = Declaration(
        "holder.link", .writes, by: [.account],
        "Makes the caller's account the login of the pass holder whose registration token it is (UID-01).",
        details: "One login each way. The token and all others of the person are used up; an order "
            + "that he is the main person of is completed (ORD-02).",
        refusals: [.tokenInvalid, .passHolderAlreadyRegistered, .accountAlreadyLinked])

    struct Params: Parameters {
        let token: String
        init(from reader: inout ParameterReader) { token = reader.required("token", "The registration token.") }
    }

    struct Result: ResultRecord {
        let holder: PassHolderID

        static let fields: [ResultField<Result>] = [
            .init("passHolderId", "Who the caller is from now on.") { $0.holder }
        ]
    }

    static func run(_ params: Params, in call: Call) throws -> Result {
        let holder = try RegistrationToken.verify(params.token, in: call)
        try HolderLogin.link(to: holder, in: call)
        try OrderEnd.complete(of: holder, in: call)
        return Result(holder: holder)
    }
}
