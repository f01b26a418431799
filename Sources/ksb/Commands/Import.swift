import ArgumentParser
import CardClient
import JSONRPC

struct Import: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Brings in what another system kept: cards, people, events.",
        subcommands: [ImportCards.self, ImportHolders.self, ImportEvents.self])
}

/// What did not come in, as it is written.
struct RefusedFile {
    private var file: OutputFile?
    private let path: String

    /// - Parameter chosen: Where it is written; beside the file that is brought in if nothing is said.
    init(_ chosen: String?, of file: String) { path = chosen ?? (file == "-" ? "import" : file) + ".refused.csv" }

    mutating func write(_ text: String) throws(FileProblem) {
        if file == nil {
            file = try OutputFile(path)
            try file?.write(RefusedRows.header)
        }
        try file?.write(text)
    }

    /// Says where it is.
    func tell() { if file != nil { Terminal.note("what did not come in, and why: \(path)") } }
}

/// A command that brings in the rows of a CSV file by a job.
protocol ImportRowsCommand: JobCommand {
    static var work: String { get }
    var rows: RowFile { get }
    var report: String? { get }
}

extension ImportRowsCommand {
    func perform() async throws {
        let calls = try calls()
        var job = try await rows.job(Self.work, by: calls, connection.language)
        let id = job["id"] ?? .null
        if job["state"] == "validated" {
            _ = try await calls.write("job.start", [("jobId", id)])
            job = try await calls.watch(id)
        }
        var refused = RefusedFile(report, of: rows.file)
        try await calls.refusedRows(of: id, connection.language) { text throws(FileProblem) in try refused.write(text) }
        await calls.close()
        refused.tell()
        func count(_ name: String) -> String { JobProgressText.number(Int(job[name]?.integer ?? 0)) }
        let counts = "\(count("done")) came in, \(count("refused")) refused, \(count("invalid")) invalid, "
        Terminal.put(
            "job \(id.string ?? ""): \(job["state"]?.string ?? ""), " + counts + "\(count("failed")) failed\n")
        try requireAllDone(job)
    }
}

struct ImportCards: ImportRowsCommand {
    static let configuration = CommandConfiguration(
        commandName: "cards", abstract: "Brings in the cards of a delivery from CSV.",
        discussion: """
            The first row names the columns: number, chipNumber, status, batch, supplier, as `ksb help card.add` tells \
            them. The daemon goes on when this program ends, and does no row twice; `ksb job follow ID` shows it \
            again. The exit status is 1 if a row did not come in.
            """)
    static let work = "import.cards"

    @OptionGroup var rows: RowFile
    @Option(
        help: "Where to write the rows that do not come in; FILE.refused.csv if nothing is said.", completion: .file())
    var report: String?
    @OptionGroup var connection: ConnectionOptions
}

struct ImportHolders: ImportRowsCommand {
    static let configuration = CommandConfiguration(
        commandName: "holders", abstract: "Brings in people with their cards and statuses from CSV.",
        discussion: """
            The first row names the columns, as `ksb help passHolder.register` tells them, one within an object as \
            address.postalCode. All rows may share the counter where the cards lie: --param counterId=ID. The daemon \
            goes on when this program ends, and does no row twice; `ksb job follow ID` shows it again. The exit status \
            is 1 if a row did not come in.
            """)
    static let work = "import.passHolders"

    @OptionGroup var rows: RowFile
    @Option(
        help: "Where to write the rows that do not come in; FILE.refused.csv if nothing is said.", completion: .file())
    var report: String?
    @OptionGroup var connection: ConnectionOptions
}

struct ImportEvents: JobCommand {
    static let configuration = CommandConfiguration(
        commandName: "events", abstract: "Brings in events, places and organizers from JSON.",
        discussion: """
            The file is an array of documents, or has one in each line; `ksb help event.import` tells more. A file \
            that was interrupted is brought in again: what is stored already stays as it is. The exit status is 1 if a \
            document did not come in.
            """)

    @Argument(help: "The file; - for standard input.", completion: .file()) var file: String
    @Option(help: "Where to write what does not come in; FILE.refused.csv if nothing is said.", completion: .file())
    var report: String?
    @OptionGroup var connection: ConnectionOptions

    /// Bytes of a file.
    private static let fileBytes = 1024 * 1024 * 1024

    func perform() async throws {
        let documents = try DocumentFile(FileBytes.read(file, atMost: Self.fileBytes))
        let calls = try calls()
        var display = JobDisplay()
        var refused = RefusedFile(self.report, of: file)
        let count = documents.documents.count
        let report = try await documents.bringIn(by: calls, connection.language) { done in
            display.show(done == count ? "done" : "importing", done, of: count)
        } refuse: { text throws(FileProblem) in
            try refused.write(text)
        }
        display.end()
        await calls.close()
        refused.tell()
        func number(_ count: Int) -> String { JobProgressText.number(count) }
        Terminal.put(
            "\(number(report.imported)) new, \(number(report.updated)) updated, \(number(report.unchanged)) unchanged, "
                + "\(number(report.skippedOlder)) older, \(number(report.refused)) refused\n")
        if report.refused > 0 { throw ExitCode(ProgramStatus.refused.rawValue) }
    }
}
