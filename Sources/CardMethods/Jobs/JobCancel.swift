import CardRules
import JSONRPC

enum JobCancel: Method {
    static let declaration = Declaration(
        "job.cancel", .writes, by: .jobs,
        "Ends a job: no further row is done, and what was done stays.",
        details: "One's own, or as an administrator each in his card systems.",
        refusals: [.jobNotFound, .jobWrongState])

    static func run(_ params: JobParams, in call: Call) throws -> JobRecord {
        try call.take(.cancel, with: call.job(params.job, for: .cancel))
    }
}
