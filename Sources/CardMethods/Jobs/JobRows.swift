import CardRules
import JSONRPC
import Postgres

enum JobRows: Method {
    static let declaration = Declaration(
        "job.rows", .reads, by: .jobs,
        "Lists the rows of a job with what became of them, or is foreseen; nothing of what stands in them.",
        refusals: [.jobNotFound])

    struct Params: Parameters {
        let job: JobID
        let state: JobRowState?
        let foreseen: JobRowState?
        let page: PageRequest

        init(from reader: inout ParameterReader) {
            job = reader.required("jobId", "The job.")
            state = reader.optional("state", "Those in this state.")
            foreseen = reader.optional("foreseen", "Those that a preview foresees this of.")
            page = PageRequest(from: &reader)
        }
    }

    static func run(_ params: Params, in call: Call) throws -> Page<JobRowRecord> {
        let job = try call.job(params.job)
        let conditions: [SQL?] = [
            "r.job_id = \(job.id)", params.state.map { "r.state = \($0)" },
            params.foreseen.map { "r.foreseen = \($0)" },
        ]
        let matching = SQL.joined(conditions.compactMap(\.self), separator: " and ")
        let total: Int? =
            params.page.withTotal
            ? try call.transaction.query("select count(*) from job_row r where \(fragment: matching)")[0][0] : nil
        let rows = try call.transaction.query(
            """
            select r.number, r.state, r.foreseen, r.reasons, r.object_id from job_row r
            where \(fragment: matching) and r.number > \(Int(params.page.after?.key ?? "") ?? 0)
            order by r.number limit \(params.page.limit + 1)
            """)
        return params.page.page(try rows.map(JobRowRecord.init), total: total) {
            PageCursor(key: String($0.number), id: ID<Never>.nil)
        }
    }
}

/// A row of a job's file as it is shown.
struct JobRowRecord: ResultRecord {
    let number: Int
    let state: JobRowState
    let foreseen: JobRowState?
    let reasons: [JobReason]
    let object: ID<Never>?

    static let fields: [ResultField<JobRowRecord>] = [
        .init("row", "Which, as a spreadsheet counts: the header is row 1.") { $0.number },
        .init("state", "What became of it.") { $0.state },
        .init("foreseen", "What a preview foresees.") { $0.foreseen },
        .init("reasons", "Why it was not done, or would not be.") { $0.reasons },
        .init("objectId", "What it was about, as in the audit trail.") { $0.object },
    ]

    init(row: Row) throws {
        number = try row["number"]
        state = try row["state"]
        foreseen = try row["foreseen"]
        reasons = try JobReason.list(row["reasons"])
        object = try row["object_id"]
    }
}

/// Why a row was not done, as it is kept: the kind of a refusal or error with its facts, or a fault of the row.
struct JobReason: ResultValue {
    private let json: JSON

    static var schema: Schema { .any }

    static func list(_ kept: PostgresJSON?) throws -> [JobReason] {
        try kept.map { try JSON(parsing: $0.text).array ?? [] }?.map(JobReason.init) ?? []
    }

    private init(json: JSON) { self.json = json }

    var kind: String { json["kind"]?.string ?? "row.invalid" }

    /// What is told to people.
    var text: Translated {
        if let kind = RefusalKind(rawValue: kind) { return kind.text }
        if let text = RPCError.Kind(rawValue: kind)?.text { return Translated(nl: text.nl, en: text.en, fr: text.fr) }
        let fault = Translated(nl: "De rij klopt niet", en: "The row is not right", fr: "La ligne n'est pas correcte")
        let place = column.map { " (\($0))" } ?? ""
        guard let reason = json["reason"]?.string.map(FaultText.translated) else {
            return Translated(nl: fault.nl + place, en: fault.en + place, fr: fault.fr + place)
        }
        return Translated(
            nl: "\(fault.nl)\(place): \(reason.nl)", en: "\(fault.en)\(place): \(reason.en)",
            fr: "\(fault.fr)\(place) : \(reason.fr)")
    }

    private var column: String? { json["column"]?.integer.map(String.init) }

    func write(to writer: inout JSONWriter) {
        let members = json.object?.members.filter { $0.name != "kind" } ?? []
        writer.json(
            .object(
                JSONObject(
                    [.init(name: "kind", value: .string(kind))] + members
                        + [.init(name: "message", value: text.json)])))
    }
}
