import ArgumentParser
import CardClient
import JSONRPC

/// A command about jobs.
protocol JobCommand: DaemonCommand {}

extension JobCommand {
    /// Calls that outlive broken connections, in the name of the session.
    func calls() throws -> JobCalls {
        let profile = try requiredProfile()
        let connection = connection
        return JobCalls(
            connect: { () async throws(CallFailure) in try await connection.connect(as: profile) },
            newKey: IdempotencyKey.random, note: Terminal.note)
    }

    /// Ends the program as refused if some rows were not done, or would not be.
    func requireAllDone(_ job: JSON) throws {
        if JobProgressText.hasTrouble(job) { throw ExitCode(ProgramStatus.refused.rawValue) }
    }
}

/// Shows how a job goes on: on a terminal in one line that changes, elsewhere a line for each state and now and then.
struct JobDisplay {
    private var text = JobProgressText()
    private var shown: (state: String, at: ContinuousClock.Instant)?
    private let start = ContinuousClock.now
    private let isSeen = Terminal.isNoteSeen

    mutating func show(_ job: JSON) {
        show(text.line(of: job, at: ContinuousClock.now - start), in: job["state"]?.string ?? "")
    }

    /// The same of what is no job.
    mutating func show(_ state: String, _ done: Int, of all: Int) {
        show(text.line(state, done, of: all, at: ContinuousClock.now - start), in: state)
    }

    private mutating func show(_ line: String, in state: String) {
        let now = ContinuousClock.now
        if isSeen { return Terminal.progress(line) }
        if let shown, shown.state == state, now - shown.at < .seconds(10) { return }
        shown = (state, now)
        Terminal.note(line)
    }

    func end() { if isSeen { Terminal.endProgress() } }
}

extension JobCalls {
    /// Follows a job on the terminal until nobody works on it.
    func watch(_ job: JSON) async throws(CallFailure) -> JSON {
        var display = JobDisplay()
        defer { display.end() }
        return try await follow(job) { display.show($0) }
    }

    /// Writes the outcome of a job to a file.
    func save(_ path: String, of job: JSON, _ language: Language) async throws {
        let file = try OutputFile(path)
        try await outcome(of: job, language) { text throws(FileProblem) in try file.write(text) }
    }
}
