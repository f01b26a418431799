import CardRules
import JSONRPC
import Postgres

enum SessionResume: PreparedMethod {
    static let declaration = Declaration(
        "session.resume", .session, by: [.everyone],
        "Lets the connection speak for a session that was begun before, or for a pillar.",
        details: "A token that does not hold, or no longer, is answered with `login.missing`.")

    struct Params: Parameters {
        let token: String

        init(from reader: inout ParameterReader) {
            token = reader.required("token", "What `session.login` gave, or a pillar's credential.")
        }
    }

    typealias Result = SessionView

    static func run(_ params: Params, _ prelude: Prelude) async throws -> Answer {
        let services = prelude.services
        let (caller, view) = try await prelude.facts { transaction in
            let caller = try Sessions.caller(token: params.token, in: transaction, services)
            return (caller, try SessionView(of: caller, in: transaction))
        }
        prelude.peer.become(caller)
        return Answer(view)
    }
}
