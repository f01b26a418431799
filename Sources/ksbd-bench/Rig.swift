import CardMethods
import CardServer
import Glibc
import JSONRPC
import Logging
import Postgres

/// The two sides: one PostgreSQL with the bench's world, and the daemon over it as a process of its own.
final class Rig {
    let world: BenchWorld
    let connection: ConnectionSettings
    let address: PostgresAddress
    let daemon: Child
    let port: Int
    let operatorToken: String
    private static let password = "a password for the bench"

    private init(
        world: BenchWorld, connection: ConnectionSettings, address: PostgresAddress, daemon: Child, port: Int,
        token: String
    ) {
        (self.world, self.connection, self.address) = (world, connection, address)
        (self.daemon, self.port, operatorToken) = (daemon, port, token)
    }

    /// Builds both sides in a folder of their own, runs the body, and takes them down.
    static func with(_ world: BenchWorld, _ report: Report, _ body: (Rig) async throws -> Void) async throws {
        let logger = Logger(label: "bench", factory: { _ in SwiftLogNoOpLogHandler() })
        let folder = "/tmp/ksbd-bench-\(getpid())"
        let server = EmbeddedPostgres(directory: folder, logger: logger)
        report.progress("starting PostgreSQL in \(folder)")
        let address = try await server.start()
        let settings = ConnectionSettings(address.conninfo())
        do {
            _ = try DatabaseSchema.migrate(settings, world: .test, logger: logger)
            report.progress("loading \(world.holders) holders, \(world.pillars) pillars, \(world.events) events")
            var patient = settings
            patient.statementTimeout = .seconds(3600)
            try world.load(try Connection(patient, logger: logger))
            let rig = try start(world, settings, address, folder: folder)
            report.fact("holders", .integer(Int64(world.holders)))
            report.fact("pillars", .integer(Int64(world.pillars)))
            report.fact("cores", .integer(Int64(sysconf(Int32(_SC_NPROCESSORS_ONLN)))))
            do { try await body(rig) } catch { print("The bench broke off: \(error)") }
            rig.daemon.stop()
        } catch {
            await server.stop()
            throw error
        }
        await server.stop()
        Child(["rm", "-rf", folder]).wait()
    }

    private static func start(
        _ world: BenchWorld, _ settings: ConnectionSettings, _ address: PostgresAddress, folder: String
    ) throws -> Rig {
        let program = siblingPath("ksbd")
        Child(["sh", "-c", "umask 077; head -c 32 /dev/urandom | od -An -tx1 | tr -d ' \\n' > \(folder)/master.key"])
            .wait()
        let environment = [
            "KSBD_DATABASE_URL": address.conninfo(), "KSBD_RPC_PORT": "0", "KSBD_HTTP_PORT": "0",
            "KSBD_DATA_DIRECTORY": folder, "KSBD_KEYS_FILE": folder + "/master.key", "KSBD_LOG_LEVEL": "error",
        ]
        let account = Child(
            ["sh", "-c", "echo '\(password)' | \(program) account bench@example.org --name Bench"],
            environment: environment)
        guard account.line() != nil else { throw BenchError(text: "no operator could be made") }
        account.wait()
        let daemon = Child([program, "serve"], environment: environment)
        guard let line = daemon.line(after: "JSON-RPC  127.0.0.1:"), let port = Int(line) else {
            throw BenchError(text: "the daemon did not start")
        }
        let login = try Plain.call(
            port,
            [
                Plain.request("session.login", ["email": "bench@example.org", "password": .string(password)])
            ])
        guard let token = login[0]["result"]?["token"]?.string else {
            throw BenchError(text: "no login: \(login[0].text)")
        }
        return Rig(world: world, connection: settings, address: address, daemon: daemon, port: port, token: token)
    }

    /// A program beside this one.
    static func siblingPath(_ name: String) -> String {
        var buffer = [CChar](repeating: 0, count: 4096)
        let count = readlink("/proc/self/exe", &buffer, buffer.count - 1)
        let own = String(decoding: buffer.prefix(max(0, count)).map { UInt8(bitPattern: $0) }, as: UTF8.self)
        return own.split(separator: "/").dropLast().reduce("") { $0 + "/" + $1 } + "/" + name
    }

    /// Runs the load generator; what it says after `ready` is told to the body.
    func load(
        _ kind: String, connections: Int, first: Int = 0, depth: Int = 1, seconds: Double = 10, run: Int = 0
    ) -> Child {
        Child([
            Self.siblingPath("ksbd-bench"), "load", "--port", "\(port)", "--kind", kind, "--connections",
            "\(connections)",
            "--first", "\(first)", "--depth", "\(depth)", "--seconds", "\(seconds)", "--holders", "\(world.holders)",
            "--run", "\(run)",
        ])
    }

    /// Runs the load generator to its end.
    func measure(_ kind: String, connections: Int, depth: Int = 1, seconds: Double, run: Int = 0) -> LoadResult {
        let child = load(kind, connections: connections, depth: depth, seconds: seconds, run: run)
        let words = (child.line(after: "result ") ?? "").split(separator: " ").compactMap { Double($0) }
        child.wait()
        guard words.count == 5 else { return LoadResult() }
        var result = LoadResult()
        (result.calls, result.failures, result.seconds) = (Int(words[0]), Int(words[1]), words[2])
        result.latencies = [UInt32(words[3] * 1e6), UInt32(words[4] * 1e6)]
        return result
    }

    /// The text of a one-valued query, as the superuser.
    func ask(_ sql: SQL) throws -> Int {
        try Connection(connection, logger: Logger(label: "bench")).run([sql])[0][0][0]
    }
}

/// Why the bench cannot go on.
struct BenchError: Error, CustomStringConvertible {
    let text: String
    var description: String { text }
}
