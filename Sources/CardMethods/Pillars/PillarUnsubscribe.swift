import CardRules
import JSONRPC

enum PillarUnsubscribe: PreparedMethod {
    static let declaration = Declaration(
        "pillar.unsubscribe", .session, by: [.pillar], "Ends the connection's subscription, if there is one.")

    typealias Result = Done

    static func run(_ params: NoParameters, _ prelude: Prelude) async throws -> Answer {
        prelude.services.subscriptions.remove(prelude.peer)
        return Answer(Done())
    }
}
