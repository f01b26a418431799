import CardRules
import JSONRPC
import Postgres

/// A job that is about to be made, without its file.
struct NewJob {
    let id: JobID
    let cardSystem: CardSystemID
    let work: any JobWork
    let name: String
    /// The parameters that all rows share.
    let fixed: JSONObject
    var encoding = FileEncoding.utf8
    var columns: [JobColumnParams] = []
}

extension Call {
    /// Makes a job in the name of the caller.
    func insert(_ job: NewJob) throws {
        audit.object(job.id)
        audit.told.append(("method", .string(job.work.name)))
        let fixed = try FixedParams(job.fixed).sealed(of: job.id, services.keys)
        try transaction.execute(
            """
            insert into job (id, card_system_id, work, name, created_by, counter_id, created_at, fixed_sealed, encoding,
                mapped_columns, mapped_parameters, touched_at)
            values (\(job.id), \(job.cardSystem), \(job.work.name), \(job.name), \(caller.accountID),
                \(caller.counter?.id), \(now), \(fixed), \(job.encoding), \(job.columns.map(\.column)),
                \(job.columns.map { $0.parameter ?? "" }), \(realNow))
            """)
    }
}
