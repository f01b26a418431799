import ArgumentParser
import CardClient
import CardMethods
import JSONRPC

struct JobRun: JobCommand {
    static let configuration = CommandConfiguration(
        commandName: "run", abstract: "Does a method for each row of a CSV file, as a job.",
        discussion: """
            The first row of the file names the columns: each is a parameter of the method, one within an object as \
            address.postalCode. `ksb help METHOD` lists them, and says whether the method can be done in bulk. The job \
            goes on when this program ends; `ksb job follow ID` shows it again. The exit status is 1 if a row was not \
            done, or would not be.
            """)

    @Argument(
        help: "What is done with each row.",
        completion: .custom { _, _, prefix in CallCompletion.methods(prefix, among: KnownMethods.all) })
    var method: String

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
    @Flag(help: "Only try the rows out, and change nothing.") var preview = false
    @Flag(help: "Wait until all rows are done, and show how it goes.") var follow = false
    @Option(
        help: "Write the rows with their outcomes to this file; implies --follow.", completion: .file())
    var outcome: String?
    @OptionGroup var connection: ConnectionOptions

    func perform() async throws {
        let source = try FileParts(file)
        let calls = try calls()
        let params = try await parameters(calls)
        let id = try await calls.write("job.create", params)["id"] ?? .null
        try await upload(source, calls, id)
        _ = try await calls.write("job.validate", [("jobId", id)])
        var job = try await calls.watch(id)
        try await tellInvalid(job, calls)
        if job["state"] == "validated" {
            _ = try await calls.write(preview ? "job.preview" : "job.start", [("jobId", id)])
            if preview || follow || outcome != nil { job = try await calls.watch(id) }
        }
        if let outcome { try await calls.save(outcome, of: id, connection.language) }
        await calls.close()
        Terminal.put("job \(id.string ?? ""): \(ending(job))\n")
        try requireAllDone(job)
    }

    private func ending(_ job: JSON) -> String {
        let state = job["state"]?.string ?? ""
        switch state {
        case "previewed": return "tried out; `ksb job start` does it"
        case "validated": return "started; `ksb job follow` shows how it goes"
        case "failed": return "stopped: \(job["failure"]?.string ?? "")"
        default: return state
        }
    }

    private func parameters(_ calls: JobCalls) async throws -> [(String, JSON)] {
        guard let declaration = KnownMethods.all.first(where: { $0.name == method }) else {
            throw ArgumentProblem("there is no method \(method)")
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
        return [
            ("cardSystemId", try await cardSystemID(calls)), ("method", .string(method)),
            ("name", .string(name ?? file)), ("params", .object(try arguments.params(from: param))),
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
    private func tellInvalid(_ job: JSON, _ calls: JobCalls) async throws {
        guard let count = job["invalid"]?.integer, count > 0, let id = job["id"] else { return }
        Terminal.note("\(count) rows do not fit:")
        let page = try await calls.read(
            "job.rows", [("jobId", id), ("state", "invalid"), ("limit", 10)])
        for row in page["items"]?.array ?? [] {
            for reason in row["reasons"]?.array ?? [] {
                let column = reason["column"]?.integer.map { " column \($0)" } ?? ""
                let parameter = reason["pointer"]?.string.map { " (\($0.dropFirst()))" } ?? ""
                let text =
                    "  row \(row["row"]?.integer ?? 0)\(column)\(parameter): \(reason["reason"]?.string ?? "")"
                Terminal.note(ShownText.line(text))
            }
        }
        if count > 10 {
            Terminal.note("  and more: ksb call job.rows jobId=\(id.string ?? "") state=invalid")
        }
    }
}
