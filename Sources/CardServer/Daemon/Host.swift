import CardMethods
import CardRules
import Glibc
import JSONRPC
import Logging
import Postgres

/// What `ksbd` does on its host; the program itself only reads its arguments.
public enum Host {
    public static var version: String { Product.version }

    /// Runs a command. Errors are told in a line, and the process ends with 78 for a wrong configuration, else 1.
    public static func run(_ body: () async throws -> Void) async throws {
        do {
            try await body()
        } catch let error as ConfigurationError {
            tell("\(error)")
            exit(78)
        } catch let error as DaemonError {
            tell("ksbd: \(error)")
            exit(78)
        } catch let MigrationError.failed(name, error) {
            tell("ksbd: \(name) failed and was undone: \(error)")
            exit(1)
        } catch let error as MigrationError {
            tell("ksbd: \(DaemonError.schemaUnknown(error))")
            exit(78)
        } catch let error as HostFailure {
            tell("ksbd: \(error.text)")
            exit(1)
        } catch let error as Refusal {
            for reason in error.reasons { tell("ksbd: \(reason.kind.text.en)") }
            exit(1)
        } catch let error as Malformed {
            tell("ksbd: the password \(error.reason)")
            exit(1)
        } catch {
            tell("ksbd: \(error)")
            exit(1)
        }
    }

    public static func serve(configFile: String?, isDemo: Bool) async throws {
        let configuration = try Configuration.load(file: configFile, isDemo: isDemo)
        let logger = LogOutput.start(configuration.settings.log)
        try await Daemon(configuration.settings, isDemo: isDemo, logger: logger).serve { started in
            var lines = ["JSON-RPC  \(configuration.settings.rpc.host):\(started.rpcPort)"]
            if let port = started.tlsPort { lines.append("TLS       \(configuration.settings.rpc.tls.host):\(port)") }
            lines.append("HTTP      \(configuration.settings.http.host):\(started.httpPort)")
            if isDemo {
                lines += try await DemoWorld.prepare(started.dispatcher, rpcPort: started.rpcPort, logger: logger)
            }
            print((["ksbd \(version) listens"] + lines).joined(separator: "\n"))
            fflush(nil)
        }
    }

    public static func migrate(configFile: String?) async throws {
        let settings = try Configuration.load(file: configFile).settings
        let logger = LogOutput.start(settings.log)
        let applied: [String]
        if let conninfo = try settings.database.ownerConninfo() ?? settings.database.conninfo() {
            applied = try DatabaseSchema.migrate(ConnectionSettings(conninfo), world: .production, logger: logger)
        } else {
            applied = try await EmbeddedPostgres.use(directory: settings.data.directory, logger: logger) {
                try DatabaseSchema.migrate(ConnectionSettings($0.conninfo()), world: .production, logger: logger)
            }
        }
        print(applied.isEmpty ? "The tables are up to date." : "Applied " + applied.joined(separator: ", ") + ".")
    }

    public static func checkConfig(configFile: String?) async throws {
        let configuration = try Configuration.load(file: configFile)
        _ = try TLSContexts(configuration.settings.rpc.tls, logger: Logger(label: "ksbd"))
        print(configuration.text)
    }

    /// A configuration file with every key, and the reference of them all.
    public static func printExampleConfig() { print(Configuration.example, terminator: "") }
    public static func printConfigReference() { print(Configuration.reference, terminator: "") }

    public static func printOpenRPC() { print(InterfaceDocument.json().pretty, terminator: "") }

    public static func verify(configFile: String?, isDemo: Bool) async throws {
        let settings = try Configuration.load(file: configFile, isDemo: isDemo).settings
        let logger = LogOutput.start(settings.log)
        let isSound = try await withDatabase(settings, isDemo: isDemo, logger) { connection in
            try Verification.run(connection, logger: logger) { finding in
                let mark = finding.faults.isEmpty ? "ok   " : "FAULT"
                print("\(mark)  \(finding.check)  (\(finding.count))")
                for fault in finding.faults { print("         \(fault)") }
                fflush(nil)
            }
        }
        print(isSound ? "All is well." : "Not all is well: see the faults above.")
        if !isSound { exit(1) }
    }

    public static func createOperator(configFile: String?, email: String, name: String) async throws {
        let settings = try Configuration.load(file: configFile).settings
        let logger = LogOutput.start(settings.log)
        if isatty(STDIN_FILENO) == 1 { tell("Password (12 characters or more), then Enter:") }
        guard let password = readLine(strippingNewline: true) else { throw HostFailure(text: "no password was given") }
        guard let email = EmailAddress(text: email) else { throw HostFailure(text: "\(email) is no e-mail address") }
        let masters = try settings.keys.masters()
        let keys = CardMethods.Keys(masters) { masters }
        let id = try await withDatabase(settings, logger) { connection in
            let services = Services(connection: connection, keys: keys, settings: settings.methods, logger: logger)
            let result = await Result {
                try await Operators.create(email: email, name: name, password: password, services)
            }
            await services.close()
            return try result.get()
        }
        print("Operator \(email.text) can log in (account \(id.text)).")
    }

    /// The configured database, or the own one, started for the purpose if no daemon runs it.
    static func withDatabase<Value: Sendable>(
        _ settings: Settings, isDemo: Bool = false, _ logger: Logger, _ body: (ConnectionSettings) async throws -> Value
    ) async throws -> Value {
        if let conninfo = try settings.database.conninfo() { return try await body(ConnectionSettings(conninfo)) }
        let directory = DatabaseAccess.directory(settings, isDemo: isDemo)
        return try await EmbeddedPostgres.use(directory: directory, logger: logger) { address in
            let connection = ConnectionSettings(address.conninfo())
            _ = try DatabaseSchema.migrate(connection, world: isDemo ? .demo : .production, logger: logger)
            return try await body(connection)
        }
    }

    private static func tell(_ line: String) {
        let line = line + "\n"
        _ = line.withCString { write(STDERR_FILENO, $0, line.utf8.count) }
    }
}

/// Something that a person at the host can mend.
struct HostFailure: Error {
    let text: String
}

extension Result where Failure == any Error {
    init(_ body: () async throws -> Success) async {
        do { self = .success(try await body()) } catch { self = .failure(error) }
    }
}
