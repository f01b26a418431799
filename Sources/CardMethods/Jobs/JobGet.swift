import CardRules
import JSONRPC

enum JobGet: Method {
    static let declaration = Declaration(
        "job.get", .reads, by: .jobs,
        "Tells how a job stands: one's own, an administrator of each in his card systems.", refusals: [.jobNotFound])

    static func run(_ params: JobParams, in call: Call) throws -> JobRecord { try call.job(params.job) }
}
