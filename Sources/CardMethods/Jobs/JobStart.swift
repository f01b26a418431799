import CardRules
import JSONRPC
import Postgres

enum JobStart: Method {
    static let declaration = Declaration(
        "job.start", .writes, by: .jobs,
        "Has the rows of a job done, each by itself, in the name of the caller at his counter.",
        details:
            "It goes on in the background, over a restart of the daemon too, and does no row twice. Who may do this "
            + "no more stops the job with it.",
        refusals: [.jobNotFound, .jobWrongState, .jobMethodNotBulk])

    static func run(_ params: JobParams, in call: Call) throws -> JobRecord {
        let job = try call.job(params.job, for: .start)
        _ = try call.requireWork(job.work, in: job.cardSystem)
        return try call.take(
            .start, with: job,
            ", counter_id = \(call.caller.counter?.id), row_position = 0, started_at = \(call.now)")
    }
}
