import ArgumentParser
import CardClient
import JSONRPC

struct Job: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Does things in bulk, for each row of a file.",
        subcommands: [
            JobRun.self, JobListing.self, JobShow.self, JobBegin.self, JobFollow.self, JobAgain.self,
            JobStop.self,
            JobResult.self,
        ])
}

struct JobListing: JobCommand {
    static let configuration = CommandConfiguration(
        commandName: "list", abstract: "Lists your jobs; an administrator's card systems' too.")

    @OptionGroup var output: OutputOptions
    @OptionGroup var connection: ConnectionOptions

    func perform() async throws {
        let client = try await connect()
        output.put(
            try await client.callAllPages(
                "job.list", params: JSONObject([.init(name: "limit", value: 500)])),
            connection.language)
        await client.close()
    }
}

struct JobShow: JobCommand {
    static let configuration = CommandConfiguration(
        commandName: "get", abstract: "Tells how a job stands.")

    @Argument(help: "The job's id.") var id: String
    @OptionGroup var output: OutputOptions
    @OptionGroup var connection: ConnectionOptions

    func perform() async throws {
        let client = try await connect()
        output.put(
            try await client.call("job.get", params: ["jobId": .string(id)]), connection.language)
        await client.close()
    }
}

struct JobFollow: JobCommand {
    static let configuration = CommandConfiguration(
        commandName: "follow", abstract: "Shows how a job goes on, until nobody works on it.")

    @Argument(help: "The job's id.") var id: String
    @OptionGroup var connection: ConnectionOptions

    func perform() async throws {
        let calls = try calls()
        let job = try await calls.watch(.string(id))
        await calls.close()
        try requireAllDone(job)
    }
}

/// A command that takes a job further.
protocol JobStepCommand: JobCommand {
    static var method: String { get }
    var id: String { get }
    var follow: Bool { get }
}

extension JobStepCommand {
    func perform() async throws {
        let calls = try calls()
        var job = try await calls.write(Self.method, [("jobId", .string(id))])
        if follow { job = try await calls.watch(.string(id)) }
        await calls.close()
        Terminal.put("job \(id): \(job["state"]?.string ?? "")\n")
        if follow { try requireAllDone(job) }
    }
}

struct JobBegin: JobStepCommand {
    static let configuration = CommandConfiguration(
        commandName: "start", abstract: "Does the rows of a job that was tried out.")
    static let method = "job.start"

    @Argument(help: "The job's id.") var id: String
    @Flag(help: "Wait until all rows are done, and show how it goes.") var follow = false
    @OptionGroup var connection: ConnectionOptions
}

struct JobAgain: JobStepCommand {
    static let configuration = CommandConfiguration(
        commandName: "retry", abstract: "Does those rows once more that were not done.")
    static let method = "job.retry"

    @Argument(help: "The job's id.") var id: String
    @Flag(help: "Wait until all rows are done, and show how it goes.") var follow = false
    @OptionGroup var connection: ConnectionOptions
}

struct JobStop: JobStepCommand {
    static let configuration = CommandConfiguration(
        commandName: "cancel", abstract: "Ends a job; what was done stays.")
    static let method = "job.cancel"

    @Argument(help: "The job's id.") var id: String
    @OptionGroup var connection: ConnectionOptions
    var follow: Bool { false }
}

struct JobResult: JobCommand {
    static let configuration = CommandConfiguration(
        commandName: "outcome", abstract: "Writes the rows of a job with their outcomes to a CSV file.")

    @Argument(help: "The job's id.") var id: String
    @Argument(help: "The file to write.", completion: .file()) var file: String
    @OptionGroup var connection: ConnectionOptions

    func perform() async throws {
        let calls = try calls()
        try await calls.save(file, of: .string(id), connection.language)
        await calls.close()
    }
}
