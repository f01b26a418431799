import CardRules
import JSONRPC
import Postgres

enum JobPreview: Method {
    static let declaration = Declaration(
        "job.preview", .writes, by: .jobs,
        "Has the rows of a job tried out, without changing anything.",
        details: "Each row is run as it would be, and undone; up to a hundred neighbours see each other. The job is "
            + "`previewed` then, and `job.rows` tells for each row what is foreseen.",
        refusals: [.jobNotFound, .jobWrongState, .jobMethodNotBulk])

    static func run(_ params: JobParams, in call: Call) throws -> JobRecord {
        let job = try call.job(params.job, for: .preview)
        _ = try call.requireWork(job.work, in: job.cardSystem)
        return try call.take(
            .preview, with: job,
            """
            , counter_id = \(call.caller.counter?.id), row_position = 0, foreseen_done_count = 0,
                foreseen_refused_count = 0
            """)
    }
}
