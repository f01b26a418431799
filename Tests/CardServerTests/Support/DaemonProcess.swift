import CSpawn
import Glibc
import JSONRPC
import Synchronization
import TestSupport

@testable import CardServer

/// The daemon as it is delivered: the built program in a process of its own, on ports that the system chooses. Or the
/// client, see ``ClientProgram``.
final class DaemonProcess: Sendable {
    /// How a process ended.
    enum End: Hashable {
        case exit(Int32)
        case signal(Int32)
    }

    /// It ended or stayed silent instead of starting.
    struct NotStarted: Error { let errors: String }

    let process: pid_t
    private let folder: TestFolder
    private let end = Mutex<End?>(nil)
    private let ports = Mutex<[String: Int]>([:])

    /// The folder of the tests' program, where the built programs are.
    private static let programs: String = {
        var path = [CChar](repeating: 0, count: Int(PATH_MAX))
        let length = readlink("/proc/self/exe", &path, path.count - 1)
        let own = String(decoding: path[..<max(0, length)].map { UInt8(bitPattern: $0) }, as: UTF8.self)
        return String(own[...(own.lastIndex(of: "/") ?? own.startIndex)])
    }()

    /// The key under which served worlds are made.
    static let masterKey = [UInt8](repeating: 7, count: 32)

    /// Starts a command of the program.
    ///
    /// - Parameters:
    ///   - program: Its name.
    ///   - database: A connection string; `nil` for a server of its own.
    ///   - openFiles: How many descriptors it may have.
    init(
        _ arguments: [String] = ["serve"], _ environment: [String: String] = [:], program: String = "ksbd",
        database: String?, input: String = "", openFiles: Int? = nil
    ) throws {
        folder = try TestFolder()
        var variables = [
            "PATH": "/usr/bin:/bin", "KSBD_RPC_PORT": "0", "KSBD_HTTP_PORT": "0", "KSBD_LOG_LEVEL": "debug",
            "KSBD_DATA_DIRECTORY": folder.path + "/data",
        ]
        if let database {
            let key = Self.masterKey.map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }.joined()
            variables["KSBD_DATABASE_URL"] = database
            variables["KSBD_KEYS_FILE"] = try folder.write("master.key", key, mode: 0o600)
        }
        variables.merge(environment) { $1 }
        // A shell, for only a process can limit itself.
        let limit = openFiles.map { "ulimit -n \($0); " } ?? ""
        let command = ["sh", "-c", limit + "exec \"$@\"", "sh", Self.programs + program] + arguments
        process = try Self.spawn(
            command, variables, input: try folder.write("in", input, mode: 0o600), output: folder.path + "/out",
            errors: folder.path + "/errors")
    }

    deinit {
        kill(SIGKILL)
        if end.withLock({ $0 == nil }) { waitpid(process, nil, 0) }
    }

    private static func spawn(
        _ command: [String], _ environment: [String: String], input: String, output: String, errors: String
    ) throws -> pid_t {
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_addopen(&actions, 0, input, O_RDONLY, 0)
        posix_spawn_file_actions_addopen(&actions, 1, output, O_WRONLY | O_CREAT | O_APPEND, 0o600)
        posix_spawn_file_actions_addopen(&actions, 2, errors, O_WRONLY | O_CREAT | O_APPEND, 0o600)
        posix_spawn_file_actions_addclosefrom_np(&actions, 3)
        let arguments = command.map { strdup($0) } + [nil]
        let variables = environment.map { strdup("\($0.key)=\($0.value)") } + [nil]
        defer { (arguments + variables).forEach { free($0) } }
        var process = pid_t()
        let status = posix_spawn(&process, "/bin/sh", &actions, nil, arguments, variables)
        guard status == 0 else { throw POSIXFailure(call: "posix_spawn", number: status) }
        return process
    }

    var output: String { folder.read("out") }
    /// What it wrote to standard error: its log.
    var errors: String { folder.read("errors") }

    func kill(_ signal: Int32) {
        // A process that was waited for may have given its number to another.
        end.withLock { if $0 == nil { Glibc.kill(process, signal) } }
    }

    /// How it ended; `nil` while it runs.
    func ended() -> End? {
        end.withLock { end in
            if let end { return end }
            var status: Int32 = 0
            guard waitpid(process, &status, WNOHANG) == process else { return nil }
            end = status & 0x7F == 0 ? .exit(status >> 8 & 0xFF) : .signal(status & 0x7F)
            return end
        }
    }

    /// Waits for its end.
    func end(within limit: Duration = .seconds(30)) async -> End? {
        _ = await eventually(within: limit) { ended() != nil }
        return ended()
    }

    /// Waits until it says that it listens.
    func listens(within limit: Duration = .seconds(60)) async throws {
        let isUp = await eventually(within: limit) {
            output.contains("listens\n") && output.contains("HTTP") || ended() != nil
        }
        guard isUp, ended() == nil else { throw NotStarted(errors: errors) }
        for line in output.split(separator: "\n") {
            guard let port = line.split(separator: ":").last.flatMap({ Int($0) }) else { continue }
            ports.withLock { $0[String(line.prefix { $0 != " " })] = port }
        }
    }

    private func port(_ name: String) -> Int { ports.withLock { $0[name] ?? 0 } }
    var rpcPort: Int { port("JSON-RPC") }
    var tlsPort: Int { port("TLS") }
    var httpPort: Int { port("HTTP") }

    func connect(receiveBytes: Int32? = nil) throws -> TestSocket {
        try TestSocket(port: rpcPort, receiveBytes: receiveBytes)
    }

    /// A connection that speaks for a session or a pillar.
    func connect(as token: String) async throws -> TestSocket {
        let socket = try connect()
        try await socket.call("session.resume", ["token": .string(token)])
        return socket
    }

    /// Bytes that it holds in memory, and processor time that it has used, in seconds.
    func usage() -> (residentBytes: Int, processorSeconds: Double) {
        let pages =
            FileText.read("/proc/\(process)/statm").split(separator: " ").dropFirst().first.flatMap { Int($0) } ?? 0
        let fields = FileText.read("/proc/\(process)/stat").split(separator: ") ").last?.split(separator: " ") ?? []
        let ticks = fields.count > 12 ? (Int(fields[11]) ?? 0) + (Int(fields[12]) ?? 0) : 0
        return (pages * 4096, Double(ticks) / Double(sysconf(Int32(_SC_CLK_TCK))))
    }
}

/// Runs a body with a daemon on the test's database, and kills it afterwards.
func withDaemon<R>(
    _ environment: [String: String] = [:], database: String? = OwnDatabase.conninfo, openFiles: Int? = nil,
    _ body: (DaemonProcess) async throws -> R
) async throws -> R {
    let daemon = try DaemonProcess(["serve"], environment, database: database, openFiles: openFiles)
    defer { daemon.kill(SIGKILL) }
    try await daemon.listens()
    return try await body(daemon)
}

/// Runs a command of the program to its end.
func runProgram(
    _ arguments: [String], _ environment: [String: String] = [:], database: String? = OwnDatabase.conninfo,
    input: String = ""
) async throws -> (end: DaemonProcess.End?, output: String, errors: String) {
    let program = try DaemonProcess(arguments, environment, database: database, input: input)
    let end = await program.end(within: .seconds(60))
    return (end, program.output, program.errors)
}

/// A folder that is gone after its last use.
final class TestFolder: Sendable {
    let path: String

    init() throws {
        var template = Array("/tmp/ksbd-test-XXXXXX".utf8CString)
        guard mkdtemp(&template) != nil else { throw POSIXFailure(call: "mkdtemp", number: errno) }
        path = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
        // An own PostgreSQL runs as another account when the tests run as root.
        chmod(path, 0o755)
    }

    deinit { _ = try? ChildProcess.run(["rm", "-rf", path]) }

    /// Writes a file, and gives its path.
    func write(_ name: String, _ text: String, mode: mode_t) throws -> String {
        let file = path + "/" + name
        let descriptor = open(file, O_WRONLY | O_CREAT | O_TRUNC, mode)
        guard descriptor >= 0 else { throw POSIXFailure(call: "open", number: errno) }
        defer { close(descriptor) }
        _ = text.withCString { Glibc.write(descriptor, $0, text.utf8.count) }
        return file
    }

    func read(_ name: String) -> String { FileText.read(path + "/" + name) }
}

/// Files as text; empty where there is none.
enum FileText {
    static func read(_ path: String) -> String {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { return "" }
        defer { close(descriptor) }
        var bytes: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 65_536)
        while true {
            let count = Glibc.read(descriptor, &chunk, chunk.count)
            if count <= 0 { break }
            bytes += chunk[..<count]
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}
