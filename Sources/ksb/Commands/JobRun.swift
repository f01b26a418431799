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

    @OptionGroup var rows: RowFile
    @Flag(help: "Only try the rows out, and change nothing.") var preview = false
    @Flag(help: "Wait until all rows are done, and show how it goes.") var follow = false
    @Option(
        help: "Write the rows with their outcomes to this file; implies --follow.", completion: .file())
    var outcome: String?
    @OptionGroup var connection: ConnectionOptions

    func perform() async throws {
        let calls = try calls()
        var job = try await rows.job(method, by: calls, connection.language)
        let id = job["id"] ?? .null
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
}
