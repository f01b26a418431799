import CardRules
import JSONRPC
import Postgres

enum JobRetry: Method {
    static let declaration = Declaration(
        "job.retry", .writes, by: .jobs,
        "Has those rows of a job done once more that were refused or failed, or that it stopped before.",
        refusals: [.jobNotFound, .jobWrongState, .jobMethodNotBulk, .jobNothingToRetry, .jobFileErased])

    static func run(_ params: JobParams, in call: Call) throws -> JobRecord {
        let job = try call.job(params.job, for: .retry)
        _ = try call.requireWork(job.work, in: job.cardSystem)
        try call.transaction.execute(
            """
            update job_row set state = 'waiting', reasons = null
            where job_id = \(job.id) and state in ('refused', 'failed')
            """)
        return try call.take(
            .retry, with: job,
            """
            , counter_id = \(call.caller.counter?.id), row_position = 0, refused_count = 0, failed_count = 0,
                failure = null
            """)
    }
}
