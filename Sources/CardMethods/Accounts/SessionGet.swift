import CardRules
import JSONRPC
import Postgres

enum SessionGet: Method {
    static let declaration = Declaration(
        "session.get", .reads, by: [.account, .pillar], "Tells who the caller is and what he may do (PER-01).")

    static func run(_ params: NoParameters, in call: Call) throws -> SessionView {
        try call.asPlatform { try SessionView(of: call.caller, in: call.transaction) }
    }
}
