import CardRules
import JSONRPC
import Postgres

/// One step of a job within its transaction, which begins as the platform.
struct JobWorkStep {
    let job: JobRecord
    private let transaction: Transaction
    private let services: Services
    private let source: JobSource
    private let realNow: Instant

    /// Locks the job that waited longest; `nil` if there is none that nobody works on.
    init?(_ transaction: Transaction, _ services: Services) throws {
        let row = try transaction.first(
            """
            select \(fragment: JobRecord.columns) from job j
            where j.state in ('validating', 'previewing', 'running')
            order by j.touched_at limit 1 for no key update skip locked
            """)
        guard let row else { return nil }
        job = try JobRecord(row: row)
        source = try JobSource.read(job.id, transaction, services.keys)
        (self.transaction, self.services, realNow) = (transaction, services, services.clock.realNow)
    }

    /// Takes the step and commits.
    func take(atMost limit: Int?) throws {
        let caller = try Sessions.caller(account: job.createdBy, at: source.counter, in: transaction)
        guard let work = JobWorks.named(job.work), let scope = work.scope(of: caller, in: job.cardSystem),
            let reading = source.reading(for: work, in: job.cardSystem)
        else { return try stop(.permissionMissing, caller) }
        if job.state == .validating {
            try JobValidation(job, work, reading, transaction, services).take(from: source)
            try transaction.finish()
        } else {
            let rows = try JobRowsStep(
                job, work, reading, transaction, services, limit: min(limit ?? work.rowsAtOnce, work.rowsAtOnce))
            try rows.take(after: source.rowPosition, as: caller, scope)
        }
    }

    private func stop(_ failure: JobFailure, _ caller: Caller) throws {
        let note = AuditNote(cardSystem: job.cardSystem, objectID: ID(high: job.id.high, low: job.id.low))
        let entry = AuditEntry(
            at: services.clock.now, caller: caller, method: job.work, outcome: failure.rawValue,
            objectID: note.objectID, details: note.details)
        services.failpoints.reach(.beforeCommit)
        try transaction.finish(
            with: [Self.end(job.id, failure, at: realNow)] + AuditTrail.append([(job.cardSystem, entry)]))
    }

    static func end(_ job: JobID, _ failure: JobFailure, at realNow: Instant) -> SQL {
        """
        update job set state = 'failed', failure = \(failure.rawValue), touched_at = \(realNow), version = version + 1
        where id = \(job)
        """
    }

    /// After a step that went wrong: lets others go first, and gives up the row that it is about.
    static func giveUp(_ job: JobRecord, isSingle: Bool, _ transaction: Transaction, at realNow: Instant) throws {
        if isSingle, job.state == .validating {
            return _ = try transaction.query(end(job.id, .internalError, at: realNow))
        }
        let next: SQL = """
            select number from job_row r where r.job_id = \(job.id) and r.state = 'waiting'
                and r.number > (select row_position from job where id = \(job.id)) order by r.number limit 1
            """
        if isSingle, job.state == .running {
            try transaction.execute(
                """
                with row as (
                    update job_row set state = 'failed', reasons = '[{"kind": "server.internalError"}]'
                    where job_id = \(job.id) and number = (\(fragment: next)) returning number
                )
                update job set failed_count = failed_count + 1, row_position = row.number from row
                where id = \(job.id) and state = 'running'
                """)
        } else if isSingle {
            try transaction.execute(
                """
                with row as (
                    update job_row set foreseen = 'failed' where job_id = \(job.id) and number = (\(fragment: next))
                    returning number
                )
                update job set foreseen_refused_count = foreseen_refused_count + 1, row_position = row.number from row
                where id = \(job.id) and state = 'previewing'
                """)
        }
        try transaction.execute("update job set touched_at = \(realNow) where id = \(job.id)")
    }
}
