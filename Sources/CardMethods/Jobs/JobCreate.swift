import CardRules
import JSONRPC
import Postgres

enum JobCreate: Method {
    static let declaration = Declaration(
        "job.create", .writes, by: .jobs,
        "Makes a job, which does a method for each row of a CSV file.",
        details:
            "Its file is uploaded with `job.upload`, read with `job.validate`, tried out with `job.preview` if one "
            + "likes, and done with `job.start`. The first row names the columns: each is a parameter of the method, "
            + "one within an object as `address.postalCode`. The rows are done in the name of the caller, by his "
            + "rights at that moment. `import.cards` and `import.passHolders` take many rows at once: what `card.add` "
            + "takes, and what `passHolder.register` takes of a person; nobody is asked about people who are alike, "
            + "and nothing is sold.",
        refusals: [.cardSystemNotFound, .jobMethodNotBulk])

    struct Params: Parameters {
        let cardSystem: CardSystemID
        let method: String
        let name: String
        let fixed: JSONObject
        let columns: [JobColumnParams]
        let encoding: FileEncoding

        init(from reader: inout ParameterReader) {
            cardSystem = reader.required("cardSystemId", "Where the rows are done; their `cardSystemId` too.")
            method = reader.required(
                "method", "What is done with each row: an import, or a method whose reference says so.")
            name = reader.required("name", "What the job is called.")
            let fixed: JSON? = reader.optional("params", "Parameters that all rows share, as an object.")
            if let fixed, fixed.object == nil { reader.refuse("params", "must be an object, not \(fixed.kind)") }
            self.fixed = fixed?.object ?? JSONObject()
            columns = reader.optional("columns", default: [], "Columns that are not called like their parameter.")
            encoding = reader.optional("encoding", default: .utf8, "`latin1` for files of older spreadsheets.")
        }
    }

    static func run(_ params: Params, in call: Call) throws -> JobRecord {
        try call.requireCardSystem(params.cardSystem)
        call.audit.cardSystem = params.cardSystem
        let work = try call.requireWork(params.method, in: params.cardSystem)
        let problems = problems(params, work)
        if !problems.isEmpty { throw InvalidParameters(problems: problems) }
        let job = NewJob(
            id: call.newID(), cardSystem: params.cardSystem, work: work, name: params.name, fixed: params.fixed,
            encoding: params.encoding, columns: params.columns)
        try call.insert(job)
        return try call.job(job.id)
    }

    /// What is wrong with what all rows share, and with parameters that columns are said to hold.
    private static func problems(_ params: Params, _ work: any JobWork) -> [Problem] {
        let names = work.parameters.map(\.name).filter { $0 != "cardSystemId" }
        let paths = JobColumns.places(of: work).map(\.path)
        func unknown(_ name: String, _ known: [String]) -> String {
            "is no parameter of \(work.name)"
                + (Spelling.nearest(to: name, in: known).map { "; did you mean \($0)?" } ?? "")
        }
        let strange = params.fixed.members.filter { !names.contains($0.name) }
        let unfit = work.problems(in: params.fixed).filter { problem in
            params.fixed.members.contains { "\(problem.pointer)/".hasPrefix("/\($0.name)/") && names.contains($0.name) }
        }
        return strange.map { Problem(pointer: "/params/\($0.name.prefix(64))", reason: unknown($0.name, names)) }
            + unfit.map { Problem(pointer: "/params" + $0.pointer, reason: $0.reason) }
            + params.columns.enumerated().compactMap { index, column in
                guard let name = column.parameter, !paths.contains(name) else { return nil }
                return Problem(pointer: "/columns/\(index)/parameter", reason: unknown(name, paths))
            }
    }
}

/// What stands in a column that is not called like its parameter.
struct JobColumnParams: ObjectParameter {
    let column: String
    let parameter: String?

    init(from reader: inout ParameterReader) {
        column = reader.required("column", "What it is called in the file.")
        parameter = reader.optional("parameter", "What stands in it; absent for a column to leave alone.")
    }
}

extension Access {
    /// Whoever works in a card system: what the rows do asks for more.
    static let jobs: Access = [.counterStaff, .cardSystemAdministrator, .operator]
}
