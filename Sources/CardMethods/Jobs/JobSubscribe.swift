import CardRules
import JSONRPC

enum JobSubscribe: PreparedMethod {
    static let declaration = Declaration(
        "job.subscribe", .session, by: .jobs,
        "Sends `job.progress` whenever a job got further, at most twice a second.",
        details:
            "The parameters of the notification are the result of `job.get`; the answer is the current one. The "
            + "subscription ends with the connection, with `job.unsubscribe`, and when the job is over.",
        refusals: [.jobNotFound])

    typealias Result = JobRecord

    static func run(_ params: JobParams, _ prelude: Prelude) async throws -> Answer {
        guard let account = prelude.caller.accountID else { throw RPCError(.permissionMissing) }
        let answer = try await prelude.perform { call in try call.job(params.job) }
        guard prelude.peer.push != nil else { throw RPCError.invalid("a subscription needs a connection that stays") }
        prelude.peer.answerPings()
        prelude.services.jobSubscriptions.add(prelude.peer, account, params.job, showing: answer.bytes)
        return answer
    }
}
