import CardRules
import JSONRPC

enum JobUnsubscribe: PreparedMethod {
    static let declaration = Declaration(
        "job.unsubscribe", .session, by: .jobs, "Ends the connection's subscriptions to jobs, if there are any.")

    typealias Result = Done

    static func run(_ params: NoParameters, _ prelude: Prelude) async throws -> Answer {
        prelude.services.jobSubscriptions.remove(prelude.peer)
        return Answer(Done())
    }
}
