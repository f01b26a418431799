import CardRules
import JSONRPC
import Postgres

enum JobValidate: Method {
    static let declaration = Declaration(
        "job.validate", .writes, by: .jobs,
        "Reads the header of a job's file, and has its rows read and checked.",
        details: "The rows are read in the background: the job is `validated` then, and `job.rows` lists those that do "
            + "not fit, with column and parameter. They are left out; a file is mended in a new job. The delimiter is "
            + "told by the header: comma, semicolon or tab. A refused header names columns by their number.",
        refusals: [.jobNotFound, .jobWrongState, .jobMethodNotBulk, .jobColumnsInvalid])

    static func run(_ params: JobParams, in call: Call) throws -> JobRecord {
        let job = try call.job(params.job, for: .validate)
        let work = try call.requireWork(job.work, in: job.cardSystem)
        return try call.validate(job, work)
    }
}

extension Call {
    /// Reads the header of a job whose file is whole, and has its rows read.
    func validate(_ job: JobRecord, _ work: any JobWork) throws -> JobRecord {
        let source = try JobSource.read(job.id, transaction, services.keys)
        var file = JobFile(of: job.id, transaction, services.keys)
        var reader = CSVReader(source.encoding)
        let header = try header(&reader, &file)
        let columns = try JobColumns(header: header, of: work, mapping: source.mapping, fixed: source.fixed.object)
        guard let format = reader.format else { preconditionFailure("A header was read.") }
        return try take(
            .validate, with: job,
            """
            , delimiter = \(format.delimiter), encoding = \(format.encoding), column_parameters = \(columns.paths),
                byte_position = \(reader.position.offset), row_position = \(reader.position.number)
            """)
    }

    private func header(_ reader: inout CSVReader, _ file: inout JobFile) throws -> [String] {
        var offset = 0
        while true {
            let bytes = try file.rest(from: offset)
            if bytes.isEmpty { reader.finish() }
            reader.append(bytes)
            offset += bytes.count
            if let row = reader.next() {
                do { return try row.fields.get() } catch {
                    let column = error.column.map { [Reason.Detail("column", .number($0))] } ?? []
                    throw unreadable(
                        [.init("fault", .text("unreadable")), .init("what", .text(error.reason))] + column)
                }
            }
            if bytes.isEmpty { throw unreadable([.init("fault", .text("empty"))]) }
        }
    }

    private func unreadable(_ details: [Reason.Detail]) -> Refusal {
        var reason = Reason(.jobColumnsInvalid)
        reason.details = details
        return Refusal(reason)
    }
}
