import CardRules
import JSONRPC
import Postgres

enum HolderEmailStatus: PreparedMethod {
    static let declaration = Declaration(
        "holder.emailStatus", .reads, by: [.everyone],
        "Tells whoever has a registration token whether an e-mail address has an account already (UID-01).",
        details: "Of one source 20 a minute are answered, and 20 free addresses an hour.", refusals: [.tokenInvalid])

    struct Params: Parameters {
        let token: String
        let email: EmailAddress

        init(from reader: inout ParameterReader) {
            token = reader.required("token", "The registration token.")
            email = reader.required("email", "What the account would log in with; case does not matter.")
        }
    }

    enum Status: String, WordParameter {
        case free, known, linked
    }

    struct Result: ResultRecord {
        let status: Status

        static let fields: [ResultField<Result>] = [
            .init("status", "`free`, `known` as an account, or `linked` to a pass holder.") { $0.status }
        ]
    }

    static func run(_ params: Params, _ prelude: Prelude) async throws -> Answer {
        let (throttle, peer) = (prelude.services.throttle, prelude.peer)
        try throttle.admit(.emailStatus, from: peer)
        return try await prelude.perform { call in
            _ = try RegistrationToken.verify(params.token, in: call)
            let row = try call.transaction.first(
                """
                select exists (select from holder_login l where l.account_id = a.id) from account a
                where a.email_key = \(params.email.key) and a.email_confirmed_at is not null
                """)
            guard let row else {
                throttle.missed(.emailStatus, from: peer)
                return Result(status: .free)
            }
            return Result(status: try row[0] ? .linked : .known)
        }
    }
}
