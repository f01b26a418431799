import CardRules
import JSONRPC
import Postgres

enum SessionLogout: PreparedMethod {
    static let declaration = Declaration(
        "session.logout", .session, by: [.account, .pillar],
        "Ends the session on all connections; a pillar leaves this connection only.")

    typealias Result = Done

    static func run(_ params: NoParameters, _ prelude: Prelude) async throws -> Answer {
        if let session = prelude.caller.sessionID {
            let now = prelude.services.clock.realNow
            try await prelude.facts { transaction in
                _ = try transaction.execute(
                    "update session set ended_at = \(now) where id = \(session) and ended_at is null")
            }
        }
        prelude.peer.become(.anonymous)
        return Answer(Done())
    }
}
