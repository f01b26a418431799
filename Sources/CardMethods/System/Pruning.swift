import CardRules
import Postgres

/// Takes away what is kept for a time only. By real time, as these times are promises to clients and to the law.
enum Pruning {
    /// For how long a key answers alike, in days.
    static let idempotencyDays = 30
    /// For how long an answer with a secret can be had again, in hours.
    static let secretHours = 24

    static func run(at realNow: Instant, _ transaction: Transaction) throws {
        _ = try transaction.run([
            "delete from idempotency where created_at < \(realNow - .days(idempotencyDays))",
            """
            update idempotency set reply = '' where is_sealed and reply <> ''
                and created_at < \(realNow - .hours(secretHours))
            """,
            "delete from account_token where expires_at < \(realNow - .days(1))",
            "delete from identity_use where expires_at < \(realNow)",
            "delete from registration_token where expires_at < \(realNow)",
            "delete from session where ends_at < \(realNow - .days(30))",
            """
            delete from job_part p using job j
            where j.id = p.job_id and j.erased_at is null and j.touched_at < \(realNow - .days(JobLimits.keptDays))
                and j.state not in ('validating', 'previewing', 'running')
            """,
            // What nobody took further is over with its file.
            """
            update job set erased_at = \(realNow), fixed_sealed = null, version = version + 1,
                state = case when state in ('done', 'failed') then state else 'cancelled' end
            where erased_at is null and touched_at < \(realNow - .days(JobLimits.keptDays))
                and state not in ('validating', 'previewing', 'running')
            """,
            "delete from security_event where at < \(realNow - .days(365))",
        ])
    }
}
