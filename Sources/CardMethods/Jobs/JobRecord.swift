import CardRules
import JSONRPC
import Postgres

extension JobState: WordParameter, PostgresValue, PostgresArrayElement {}
extension JobRowState: WordParameter, PostgresValue, PostgresArrayElement {}
extension FileEncoding: WordParameter, PostgresValue {}
extension CSVFormat.Delimiter: PostgresValue {}

/// A job as it is shown.
struct JobRecord: ResultRecord {
    let id: JobID
    let cardSystem: CardSystemID
    let work: String
    let name: String
    let createdBy: AccountID
    let createdAt: Instant
    let startedAt: Instant?
    let state: JobState
    let failure: JobFailure?
    let fileBytes: Int
    let rows: Int
    let invalid: Int
    let done: Int
    let refused: Int
    let failed: Int
    let foreseenDone: Int
    let foreseenRefused: Int
    /// The last row that was worked on.
    let position: Int
    let isErased: Bool
    let version: Int

    /// Rows that were read well and are not done, nor were refused.
    var waiting: Int { rows - invalid - done - refused - failed }

    var facts: JobFacts {
        JobFacts(
            state: state, hasStarted: startedAt != nil, openRows: waiting + refused + failed, isErased: isErased)
    }

    static let fields: [ResultField<JobRecord>] = [
        .init("id", "The job.") { $0.id },
        .init("cardSystemId", "Where its rows are done.") { $0.cardSystem },
        .init("method", "What is done with each row.") { $0.work },
        .init("name", "What it is called.") { $0.name },
        .init("createdBy", "The account in whose name its rows are done.") { $0.createdBy },
        .init("createdAt", "When it was made.") { $0.createdAt },
        .init("startedAt", "When its rows were begun to be done, if they were.") { $0.startedAt },
        .init("state", "Where it is in its life.") { $0.state },
        .init("failure", "Why it stopped, if it failed.") { $0.failure?.rawValue },
        .init("failureText", "The same for people.") { $0.failure?.text },
        .init("fileBytes", "How much of its file is here: the next part begins there.") { $0.fileBytes },
        .init("rows", "Rows that were read.") { $0.rows },
        .init("waiting", "Of them not done yet.") { $0.waiting },
        .init("invalid", "Of them those that cannot be read or do not fit.") { $0.invalid },
        .init("done", "Of them done.") { $0.done },
        .init("refused", "Of them refused by the rules.") { $0.refused },
        .init("failed", "Of them those where something went wrong.") { $0.failed },
        .init("foreseenDone", "What the preview foresees to be done.") { $0.foreseenDone },
        .init("foreseenRefused", "What the preview foresees not to be done.") { $0.foreseenRefused },
        .init("position", "The last row that was worked on, as a spreadsheet counts.") { $0.position },
        .init("isErased", "Whether its file is gone: seven days after the end.") { $0.isErased },
        .init("version", "Grows with each step.") { $0.version },
    ]

    static let columns: SQL = """
        j.id, j.card_system_id, j.work, j.name, j.created_by, j.created_at, j.started_at, j.state, j.failure,
        j.file_bytes, j.row_count, j.invalid_count, j.done_count, j.refused_count, j.failed_count,
        j.foreseen_done_count, j.foreseen_refused_count, j.row_position, j.erased_at is not null as is_erased, j.version
        """

    init(row: Row) throws {
        id = try row["id"]
        cardSystem = try row["card_system_id"]
        work = try row["work"]
        name = try row["name"]
        createdBy = try row["created_by"]
        createdAt = try row["created_at"]
        startedAt = try row["started_at"]
        state = try row["state"]
        failure = try (row["failure"] as String?).flatMap(JobFailure.init)
        fileBytes = try row["file_bytes"]
        rows = try row["row_count"]
        invalid = try row["invalid_count"]
        done = try row["done_count"]
        refused = try row["refused_count"]
        failed = try row["failed_count"]
        foreseenDone = try row["foreseen_done_count"]
        foreseenRefused = try row["foreseen_refused_count"]
        position = try row["row_position"]
        isErased = try row["is_erased"]
        version = try row["version"]
    }
}

extension Call {
    /// The jobs that the caller may know of: his own, and those of card systems that he administers.
    var knownJobs: SQL {
        if scope.isOperator { return "true" }
        return """
            (j.created_by = \(caller.accountID) or j.card_system_id = any (\(scope.administered.sorted())))
            """
    }

    func job(_ id: JobID) throws -> JobRecord { try job(id, lock: "") }

    private func job(_ id: JobID, lock: SQL) throws -> JobRecord {
        let row = try transaction.first(
            """
            select \(fragment: JobRecord.columns) from job j where j.id = \(id) and \(fragment: knownJobs)
            \(fragment: lock)
            """)
        guard let row else { throw Refusal(.jobNotFound, at: "/jobId") }
        return try JobRecord(row: row)
    }

    /// A job that a step is about to be taken with, locked. Its rows are done in the name of who made it, so he alone
    /// takes it further; who administers may only cancel it.
    func job(_ id: JobID, for step: JobStep) throws -> JobRecord {
        let job = try job(id, lock: "for no key update")
        try require(step == .cancel || job.createdBy == caller.accountID)
        audit.cardSystem = job.cardSystem
        audit.object(id)
        try job.facts.reasons(against: step).refuse()
        return job
    }

    /// Who may do nothing of a work in a card system gets no job for it, and takes none further.
    func requireWork(_ name: String, in cardSystem: CardSystemID) throws -> any JobWork {
        guard let work = JobWorks.named(name) else { throw Refusal(.jobMethodNotBulk, at: "/method") }
        try require(work.scope(of: caller, in: cardSystem) != nil)
        return work
    }

    /// Takes the step, with what else is to be written.
    func take(
        _ step: JobStep, with job: JobRecord, to state: JobState? = nil, _ more: SQL = ""
    ) throws -> JobRecord {
        let rows = try transaction.run([
            """
            update job j set state = \(state ?? step.state), touched_at = \(realNow), version = version + 1
                \(fragment: more)
            where id = \(job.id) returning \(fragment: JobRecord.columns)
            """
        ])[0]
        return try JobRecord(row: rows[0])
    }
}

/// Names a job.
struct JobParams: Parameters {
    let job: JobID
    init(from reader: inout ParameterReader) { job = reader.required("jobId", "The job.") }
}
