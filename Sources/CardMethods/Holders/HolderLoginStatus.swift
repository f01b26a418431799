import CardRules
import JSONRPC
import Postgres

enum HolderLoginStatus: Method {
    static let declaration = Declaration(
        "holder.loginStatus", .reads, by: [.everyone],
        "Tells whether a login is linked to the pass holder whose registration token it is (UID-01).",
        refusals: [.tokenInvalid])

    struct Params: Parameters {
        let token: String
        init(from reader: inout ParameterReader) { token = reader.required("token", "The registration token.") }
    }

    enum Status: String, WordParameter {
        case registered, unregistered
    }

    struct Result: ResultRecord {
        let status: Status

        static let fields: [ResultField<Result>] = [
            .init("status", "`registered` if there is a login.") { $0.status }
        ]
    }

    static func run(_ params: Params, in call: Call) throws -> Result {
        let holder = try RegistrationToken.verify(params.token, in: call)
        let login = try call.transaction.first("select from holder_login where holder_id = \(holder)")
        return Result(status: login == nil ? .unregistered : .registered)
    }
}
