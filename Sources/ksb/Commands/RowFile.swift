import ArgumentParser
import CardClient
import CardMethods
import JSONRPC

/// A CSV file whose rows become a job.
struct RowFile: ParsableArguments {
    @Argument(help: "The CSV file; - for standard input.", completion: .file()) var file: String

    @Option(help: "A parameter that all rows share: name=value or name:=JSON, as for `ksb call`.")
    var param: [String] = []

    @Option(
        help:
            "A column that is not called like its parameter: NAME=parameter, or NAME= to leave it alone.")
    var column: [String] = []

    @Option(help: "The card system, by its id; needed where the session has several.") var cardSystem: String?
    @Option(help: "What the job is called; the file's name if nothing is said.") var name: String?
    @Flag(help: "The file is written in latin1 (Windows-1252), as older spreadsheets do.")
    var latin1 = false

    /// Imports, with the methods whose parameters their rows have.
    private static let likenesses = ["import.cards": "card.add", "import.passHolders": "passHolder.register"]

    /// Makes the job, uploads the file, and has its rows read.
    ///
    /// - Parameters:
    ///   - work: What is done with each row: a method or an import.
    ///   - language: In which it is told what is wrong with rows.
    /// - Returns: The job, its rows read.
    func job(_ work: String, by calls: JobCalls, _ language: Language) async throws -> JSON {
        let source = try FileParts(file)
        let id = try await calls.write("job.create", try await parameters(work, calls))["id"] ?? .null
        try await upload(source, calls, id)
        _ = try await calls.write("job.validate", [("jobId", id)])
        let job = try await calls.watch(id)
        try await tellInvalid(job, calls, language)
        return job
    }

    private func parameters(_ work: String, _ calls: JobCalls) async throws -> [(String, JSON)] {
        let likeness = Self.likenesses[work] ?? work
        guard let declaration = KnownMethods.all.first(where: { $0.name == likeness }) else {
            throw ArgumentProblem("there is no method \(work)")
        }
        let arguments = CallArguments(of: declaration) { path throws(ArgumentProblem) in
            do throws(FileProblem) { return try FileBytes.read(path) } catch {
                throw ArgumentProblem(error.description)
            }
        }
        let columns = try column.map { text throws(ArgumentProblem) in
            guard let equals = text.lastIndex(of: "=") else {
                throw ArgumentProblem("--column takes NAME=parameter")
            }
            let parameter = String(text[text.index(after: equals)...])
            return JSON.object(
                JSONObject(
                    [.init(name: "column", value: .string(String(text[..<equals])))]
                        + (parameter.isEmpty ? [] : [.init(name: "parameter", value: .string(parameter))])))
        }
        let shared = try arguments.params(from: param)
        return [
            ("cardSystemId", try await cardSystemID(calls)), ("method", .string(work)),
            ("name", .string(name ?? file)), ("params", .object(shared)),
            ("columns", .array(columns)), ("encoding", latin1 ? "latin1" : "utf8"),
        ]
    }

    /// The one that is named, or the only one of the session.
    private func cardSystemID(_ calls: JobCalls) async throws -> JSON {
        if let cardSystem { return .string(cardSystem) }
        let session = try await calls.read("session.get", [])
        let counter = session["counters"]?["items"]?.array?.first { $0["id"] == session["counterId"] }
        let roles = session["roles"]?.array?.compactMap { $0["cardSystemId"] } ?? []
        let all = Set(roles + (counter?["cardSystems"]?.array?.compactMap { $0["cardSystemId"] } ?? []))
        guard all.count == 1, let only = all.first else {
            throw ArgumentProblem("say by --card-system in which card system the rows are to be done")
        }
        return only
    }

    private func upload(_ source: FileParts, _ calls: JobCalls, _ id: JSON) async throws {
        let isSeen = Terminal.isNoteSeen
        try await calls.upload(source, to: id) { bytes in
            guard isSeen, let size = source.size, size > 0 else { return }
            Terminal.progress("uploading \(bytes * 100 / size) %")
        }
        if isSeen { Terminal.endProgress() }
    }

    /// The first rows that do not fit.
    private func tellInvalid(_ job: JSON, _ calls: JobCalls, _ language: Language) async throws {
        guard let count = job["invalid"]?.integer, count > 0, let id = job["id"] else { return }
        Terminal.note("\(count) rows do not fit:")
        let page = try await calls.read(
            "job.rows", [("jobId", id), ("state", "invalid"), ("limit", 10)])
        for row in page["items"]?.array ?? [] {
            for reason in row["reasons"]?.array ?? [] {
                let column = reason["column"]?.integer.map { " column \($0)" } ?? ""
                let parameter = reason["pointer"]?.string.map { " (\($0.dropFirst()))" } ?? ""
                let fault = language.text(of: reason["fault"]) ?? ""
                Terminal.note(ShownText.line("  row \(row["row"]?.integer ?? 0)\(column)\(parameter): \(fault)"))
            }
        }
        if count > 10 {
            Terminal.note("  and more: ksb call job.rows jobId=\(id.string ?? "") state=invalid")
        }
    }
}
