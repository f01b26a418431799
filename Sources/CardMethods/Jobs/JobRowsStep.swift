import CardRules
import JSONRPC
import Postgres

/// Does, or tries out, the next rows of a job.
struct JobRowsStep {
    private let job: JobRecord
    private let work: any JobWork
    private let reading: JobReading
    private let transaction: Transaction
    private let services: Services
    private let limit: Int

    init(
        _ job: JobRecord, _ work: any JobWork, _ reading: JobReading, _ transaction: Transaction, _ services: Services,
        limit: Int
    ) throws {
        (self.job, self.work, self.reading) = (job, work, reading)
        (self.transaction, self.services, self.limit) = (transaction, services, limit)
    }

    func take(after position: Int, as caller: Caller, _ scope: Scope) throws {
        let rows = try next(after: position)
        let call = JobCall(
            transaction: transaction, caller: caller, scope: scope, services: services, job: job.id,
            cardSystem: job.cardSystem, now: services.clock.now, realNow: services.clock.realNow)
        if !scope.isOperator {
            transaction.set("role", to: "ksbd_app")
            transaction.set("ksbd.tenants", to: job.cardSystem.text)
        }
        let outcomes = rows.isEmpty ? [] : try run(rows, call)
        let isLast = rows.count < limit && outcomes.count == rows.count
        let numbers = Array(rows.prefix(outcomes.count).map(\.number))
        var writes = job.state == .running ? keep(outcomes, numbers) : foresee(outcomes, numbers)
        writes.append(advance(outcomes, to: numbers.last ?? position, isLast: isLast, at: call.realNow))
        // What was undone with its row: who was looked for is written down all the same.
        writes += outcomes.filter { job.state != .running || $0.state != .done }.flatMap { $0.audit?.reads ?? [] }
        if job.state == .running { writes += audit(outcomes, call) }
        services.failpoints.reach(.beforeCommit)
        try transaction.finish(with: writes)
        services.failpoints.reach(.afterCommit)
    }

    /// The rows that come next, read from the file.
    private func next(after position: Int) throws -> [JobRow] {
        var file = JobFile(of: job.id, transaction, services.keys)
        let rows = try transaction.query(
            """
            select number, byte_offset, byte_count from job_row
            where job_id = \(job.id) and number > \(position) and state = 'waiting' order by number limit \(limit)
            """)
        return try rows.map { row in
            let bytes = try file.bytes(from: row["byte_offset"], count: row["byte_count"])
            return JobRow(number: try row["number"], params: try reading.params(reading.format.fields(of: bytes[...])))
        }
    }

    /// Leaves the savepoint of a preview, with what was foreseen.
    private struct Foreseen: Error { let outcomes: [JobOutcome] }

    private func run(_ rows: [JobRow], _ call: JobCall) throws -> [JobOutcome] {
        if job.state == .running { return try work.run(rows, in: call) }
        do {
            try transaction.savepoint { throw Foreseen(outcomes: try work.run(rows, in: call)) }
            return []
        } catch let foreseen as Foreseen {
            return foreseen.outcomes
        }
    }

    private func keep(_ outcomes: [JobOutcome], _ numbers: [Int]) -> [SQL] {
        [
            """
            update job_row r set state = item.state, reasons = item.reasons, object_id = item.object_id
            from unnest(\(numbers), \(outcomes.map(\.state)), \(outcomes.map(\.keptReasons)),
                \(outcomes.map(\.objectID))) as item (number, state, reasons, object_id)
            where r.job_id = \(job.id) and r.number = item.number
            """
        ]
    }

    private func foresee(_ outcomes: [JobOutcome], _ numbers: [Int]) -> [SQL] {
        [
            """
            update job_row r set foreseen = item.state, reasons = item.reasons
            from unnest(\(numbers), \(outcomes.map(\.state)), \(outcomes.map(\.keptReasons)))
                as item (number, state, reasons)
            where r.job_id = \(job.id) and r.number = item.number
            """
        ]
    }

    private func advance(_ outcomes: [JobOutcome], to position: Int, isLast: Bool, at realNow: Instant) -> SQL {
        func count(_ state: JobRowState) -> Int { outcomes.count { $0.state == state } }
        let counts: SQL =
            job.state == .running
            ? """
            done_count = done_count + \(count(.done)), refused_count = refused_count + \(count(.refused)),
                failed_count = failed_count + \(count(.failed))
            """
            : """
            foreseen_done_count = foreseen_done_count + \(count(.done)),
                foreseen_refused_count = foreseen_refused_count + \(outcomes.count - count(.done))
            """
        let state = isLast ? job.state.next ?? job.state : job.state
        return """
            update job set state = \(state), row_position = \(position), \(fragment: counts), touched_at = \(realNow),
                version = version + 1
            where id = \(job.id)
            """
    }

    /// The rows of the audit trail: as those of single calls, in one link.
    private func audit(_ outcomes: [JobOutcome], _ call: JobCall) -> [SQL] {
        var entries: [(cardSystem: CardSystemID, entry: AuditEntry)] = []
        for outcome in outcomes {
            guard var note = outcome.audit else { continue }
            note.facts.append(("jobId", job.id.text))
            let entry = AuditEntry(
                at: call.now, caller: call.caller, method: work.name, outcome: outcome.word, objectID: note.objectID,
                details: note.details)
            entries += note.chains(of: outcome.word).map { (cardSystem: $0, entry: entry) }
        }
        if entries.isEmpty { return [] }
        let chains = Set(entries.map(\.cardSystem)).union([job.cardSystem])
        let opening = chains.count == 1 || call.scope.isOperator ? [] : [TenantSetting.visible(chains)]
        return opening + AuditTrail.append(entries)
    }
}

extension JobOutcome {
    fileprivate var keptReasons: PostgresJSON? {
        reasons.isEmpty ? nil : PostgresJSON(text: JSON.array(reasons).bytes)
    }

    /// As the audit trail words it.
    fileprivate var word: String {
        state == .done ? "done" : reasons.first?["kind"]?.string ?? state.rawValue
    }
}
