import CardRules
import JSONRPC
import Postgres

/// What must be known of a job to read its file.
struct JobSource: Sendable {
    let fixed: FixedParams
    let mapping: [String: String]
    let encoding: FileEncoding
    /// `nil` before validation.
    let layout: (format: CSVFormat, columns: [String])?
    let bytePosition: Int
    let rowPosition: Int
    let counter: CounterID?

    static func read(_ job: JobID, _ transaction: Transaction, _ keys: Keys) throws -> JobSource {
        let row = try transaction.query(
            """
            select fixed_sealed, mapped_columns, mapped_parameters, encoding, delimiter, column_parameters,
                byte_position, row_position, counter_id
            from job where id = \(job)
            """)[0]
        return try JobSource(row, job, keys)
    }

    private init(_ row: Row, _ job: JobID, _ keys: Keys) throws {
        fixed = try FixedParams(opening: row["fixed_sealed"], of: job, keys)
        let columns: [String] = try row["mapped_columns"]
        mapping = Dictionary(
            zip(columns, try row["mapped_parameters"] as [String]), uniquingKeysWith: { first, _ in first })
        let encoding: FileEncoding = try row["encoding"]
        self.encoding = encoding
        let delimiter: CSVFormat.Delimiter? = try row["delimiter"]
        let paths: [String]? = try row["column_parameters"]
        layout = delimiter.flatMap { delimiter in paths.map { (CSVFormat(delimiter, encoding), $0) } }
        bytePosition = try row["byte_position"]
        rowPosition = try row["row_position"]
        counter = try row["counter_id"]
    }

    /// How the rows become parameters of a work.
    func reading(for work: any JobWork, in cardSystem: CardSystemID) -> JobReading? {
        layout.map { layout in
            let takesCardSystem = work.parameters.contains { $0.name == "cardSystemId" }
            let own = takesCardSystem ? [JSONObject.Member(name: "cardSystemId", value: .string(cardSystem.text))] : []
            return JobReading(
                format: layout.format, columns: JobColumns(paths: layout.columns, of: work),
                count: layout.columns.count, fixed: JSONObject(own + fixed.object.members))
        }
    }
}

/// How the rows of a validated file become parameters.
struct JobReading: Sendable {
    let format: CSVFormat
    let columns: JobColumns
    /// Of the header's columns.
    let count: Int
    let fixed: JSONObject

    /// The parameters of a row. Columns beyond the header's must be empty.
    func params(_ fields: [String]) throws(CSVFault) -> JSONObject {
        guard fields.count >= count, fields.dropFirst(count).allSatisfy(\.isEmpty) else {
            throw .ragged(columns: fields.count, expected: count)
        }
        return columns.params(Array(fields.prefix(count)), fixed: fixed)
    }

    /// What is wrong with a row as such, in the form in which it is kept.
    func faults(in row: CSVRow, for work: any JobWork) -> [JSON] {
        do {
            let problems = work.problems(in: try params(row.fields.get()))
            let places = problems.map { (column: columns.column(of: $0.pointer), problem: $0) }
            return places.sorted { $0.column ?? 0 < $1.column ?? 0 }.map { column, problem in
                Self.fault(problem.reason, column: column, pointer: problem.pointer)
            }
        } catch {
            return [Self.fault(error.reason, column: error.column, pointer: nil)]
        }
    }

    private static func fault(_ reason: String, column: Int?, pointer: String?) -> JSON {
        let members: [(String, JSON)?] = [
            column.map { ("column", .integer(Int64($0))) }, pointer.map { ("pointer", .string($0)) },
            ("reason", .string(reason)),
        ]
        return .object(JSONObject(members.compactMap { $0.map { .init(name: $0.0, value: $0.1) } }))
    }
}
