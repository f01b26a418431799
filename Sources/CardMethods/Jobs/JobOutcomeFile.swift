import CardRules
import JSONRPC
import Postgres

enum JobOutcomeFile: Method {
    static let declaration = Declaration(
        "job.outcome", .reads, by: .jobs,
        "Gives a job's file back as CSV, page by page, with the outcome of each row; only to who made the job.",
        details: "The first page begins with the header. Behind the file's own columns stand `ksb.row`, `ksb.outcome`, "
            + "`ksb.kind` and `ksb.reason`, which are left alone when the file comes back in a new job. A text that a "
            + "spreadsheet would compute has an apostrophe before it.",
        refusals: [.jobNotFound, .jobWrongState, .jobFileErased])

    struct Params: Parameters {
        let job: JobID
        let state: JobRowState?
        let language: AccountLanguage
        let page: PageRequest

        init(from reader: inout ParameterReader) {
            job = reader.required("jobId", "The job.")
            state = reader.optional("state", "Only rows in this state.")
            language = reader.optional("language", default: .nl, "In which the reasons are told.")
            page = PageRequest(from: &reader)
        }
    }

    struct Result: ResultRecord {
        let text: String
        let nextCursor: PageCursor?

        static let fields: [ResultField<Result>] = [
            .init("text", "Lines of CSV.") { $0.text },
            .init("nextCursor", "Give it as `cursor` for the next page; absent on the last one.") { $0.nextCursor },
        ]
    }

    /// Characters from which on a page is full.
    private static let pageLength = 1024 * 1024

    static func run(_ params: Params, in call: Call) throws -> Result {
        let job = try call.job(params.job)
        try call.require(job.createdBy == call.caller.accountID)
        if job.isErased { throw Refusal(.jobFileErased, at: "/jobId") }
        let source = try JobSource.read(job.id, call.transaction, call.services.keys)
        guard let layout = source.layout else { throw Refusal(.jobWrongState, at: "/jobId") }
        var file = JobFile(of: job.id, call.transaction, call.services.keys)
        let count = layout.columns.count
        func line(_ fields: [String], _ more: [String]) -> String {
            let blank = Array(repeating: "", count: max(0, count - fields.count))
            return SpreadsheetText.line(
                (fields.prefix(count) + blank).map(SpreadsheetText.meant) + more, layout.format.delimiter)
        }
        var text =
            params.page.after == nil
            ? line(
                try header(&file, layout.format.encoding), ["ksb.row", "ksb.outcome", "ksb.kind", "ksb.reason"]) : ""
        let state: SQL = params.state.map { "and state = \($0)" } ?? ""
        let rows = try call.transaction.query(
            """
            select number, byte_offset, byte_count, state, reasons from job_row
            where job_id = \(job.id) and number > \(Int(params.page.after?.key ?? "") ?? 0) \(fragment: state)
            order by number limit \(params.page.limit + 1)
            """)
        for (index, row) in rows.enumerated() {
            if index == params.page.limit || text.utf8.count > pageLength {
                let last: Int = try rows[index - 1]["number"]
                return Result(text: text, nextCursor: PageCursor(key: String(last), id: ID<Never>.nil))
            }
            let count: Int = try row["byte_count"]
            let bytes = try count > CSVFormat.rowBytes ? [] : file.bytes(from: row["byte_offset"], count: count)
            text += line((try? layout.format.fields(of: bytes[...])) ?? [], try outcome(row, params.language))
        }
        return Result(text: text, nextCursor: nil)
    }

    private static func header(_ file: inout JobFile, _ encoding: FileEncoding) throws -> [String] {
        var reader = CSVReader(encoding)
        var offset = 0
        while true {
            let bytes = try file.rest(from: offset)
            if bytes.isEmpty { reader.finish() }
            reader.append(bytes)
            offset += bytes.count
            if let row = reader.next() { return try row.fields.get() }
            if bytes.isEmpty { return [] }
        }
    }

    /// What stands behind the file's own columns.
    private static func outcome(_ row: Row, _ language: AccountLanguage) throws -> [String] {
        let reasons = try JobReason.list(row["reasons"])
        let texts = reasons.map { reason in
            switch language {
            case .nl: reason.text.nl
            case .fr: reason.text.fr
            case .en: reason.text.en
            }
        }
        return [
            String(try row["number"] as Int), try row["state"], reasons.first?.kind ?? "", texts.joined(separator: " "),
        ]
    }
}
