import CardRules
import JSONRPC
import Postgres

/// Reads some more of a job's file, and notes its rows.
struct JobValidation {
    /// Bytes from which on a step is enough.
    private static let stepBytes = 1024 * 1024

    private let job: JobRecord
    private let work: any JobWork
    private let reading: JobReading
    private let transaction: Transaction
    private let services: Services

    init(
        _ job: JobRecord, _ work: any JobWork, _ reading: JobReading, _ transaction: Transaction, _ services: Services
    ) {
        (self.job, self.work, self.reading) = (job, work, reading)
        (self.transaction, self.services) = (transaction, services)
    }

    func take(from source: JobSource) throws {
        var file = JobFile(of: job.id, transaction, services.keys)
        var reader = CSVReader(reading.format, from: source.bytePosition, after: source.rowPosition)
        var offset = source.bytePosition
        var rows: [CSVRow] = []
        var isWhole = false
        while !isWhole, rows.isEmpty || offset - source.bytePosition < Self.stepBytes {
            let bytes = try file.rest(from: offset)
            isWhole = bytes.isEmpty
            if isWhole { reader.finish() } else { reader.append(bytes) }
            offset += bytes.count
            while let row = reader.next() { rows.append(row) }
        }
        try write(rows, at: reader.position, isWhole: isWhole)
    }

    private func write(_ rows: [CSVRow], at position: (offset: Int, number: Int), isWhole: Bool) throws {
        let realNow = services.clock.realNow
        if position.number > JobLimits.rows {
            return _ = try transaction.query(JobWorkStep.end(job.id, .tooManyRows, at: realNow))
        }
        let faults = rows.map { reading.faults(in: $0, for: work) }
        let reasons = faults.map { $0.isEmpty ? nil : PostgresJSON(text: JSON.array($0).bytes) }
        let states = faults.map { $0.isEmpty ? JobRowState.waiting : .invalid }
        try transaction.run([
            """
            insert into job_row (job_id, card_system_id, number, byte_offset, byte_count, state, reasons)
            select \(job.id), \(job.cardSystem), item.* from unnest(\(rows.map(\.number)), \(rows.map(\.offset)),
                \(rows.map(\.length)), \(states), \(reasons)) as item
            """,
            """
            update job set state = \(isWhole ? JobState.validated : .validating), byte_position = \(position.offset),
                row_position = \(position.number), row_count = row_count + \(rows.count),
                invalid_count = invalid_count + \(states.count { $0 == .invalid }), touched_at = \(realNow),
                version = version + 1
            where id = \(job.id)
            """,
        ])
    }
}
