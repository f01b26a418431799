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

    /// Makes a job whose rows are known here, as if a file of them had been uploaded, and begins to check them.
    func prepare(_ job: NewJob, columns: [String], rows: [[String]]) throws -> JobRecord {
        try insert(job)
        let file = Array(([columns] + rows).map { SpreadsheetText.line($0) }.joined().utf8)
        for start in stride(from: 0, to: file.count, by: JobLimits.partBytes) {
            let part = Array(file[start..<min(start + JobLimits.partBytes, file.count)])
            try transaction.execute(JobFile.insert(part, at: start, of: job.id, in: job.cardSystem, services.keys))
        }
        let uploaded = try take(.upload, with: self.job(job.id), to: .uploaded, ", file_bytes = \(file.count)")
        return try validate(uploaded, job.work)
    }
}
