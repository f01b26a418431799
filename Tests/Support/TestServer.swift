import Glibc
import Postgres

/// The PostgreSQL that tests use, one for each run of a test program: the one that `KSBD_TEST_DATABASE` names, which
/// must be on this machine, or a private one that is made for the run and gone after it.
///
/// A test takes a database of its own by the trait ``OwnDatabase``.
public actor TestServer {
    /// A database that is made once, and that tests get copies of.
    public struct Template: Sendable {
        /// Tells templates apart: letters, digits and underscores.
        public var name: String
        /// Fills the empty database, and leaves no connection to it.
        public var prepare: @Sendable (_ conninfo: String) async throws -> Void

        public init(_ name: String, prepare: @escaping @Sendable (_ conninfo: String) async throws -> Void) {
            (self.name, self.prepare) = (name, prepare)
        }

        /// A database without anything.
        public static let empty = Template("empty") { _ in }
    }

    public static let shared = TestServer()

    /// The server's own connection string with its own database.
    private let keywords: [String: String]
    private let admin: Database
    /// Part of each database's name, so that test programs on one server don't meet.
    private let prefix = "test_\(getpid())"
    private var templates: [String: Task<String, any Error>] = [:]
    private var count = 0
    /// Tests that may still have a database at once. All of a run start together, and each opens several connections,
    /// of which a server has no more than a few hundred.
    private var room = 12
    private var waiting: [CheckedContinuation<Void, Never>] = []
    /// The setting of ``waitingForStandby(_:)`` is the whole server's: one test at a time has it.
    private var isWaitingForStandby = false

    private init() {
        if let given = getenv("KSBD_TEST_DATABASE") {
            guard let keywords = try? ConnectionSettings.keywords(of: String(cString: given)), Self.isLocal(keywords)
            else {
                fatalError("KSBD_TEST_DATABASE must be a connection string with a host, which must be this machine")
            }
            self.keywords = keywords
        } else {
            keywords = PrivateServer.start()
        }
        var configuration = Database.Configuration(.init(Self.conninfo(keywords)))
        configuration.poolSize = 2
        // All tests of a run want their databases at once.
        configuration.waitLimit = .seconds(600)
        configuration.deadline = .seconds(600)
        admin = Database(configuration)
    }

    /// Tests create and drop databases: never elsewhere than here.
    static func isLocal(_ keywords: [String: String]) -> Bool {
        let names = [keywords["host"], keywords["hostaddr"]].compactMap(\.self).flatMap { $0.split(separator: ",") }
        return keywords["service"] == nil && !names.isEmpty
            && names.allSatisfy { $0.hasPrefix("/") || $0.hasPrefix("127.") || $0 == "localhost" || $0 == "::1" }
    }

    /// The connection string of a database of this server.
    public nonisolated func conninfo(database: String) -> String {
        Self.conninfo(keywords.merging(["dbname": database]) { _, new in new })
    }

    /// Waits until there is room for another test.
    func enter() async {
        if room > 0 {
            room -= 1
        } else {
            await withCheckedContinuation { waiting.append($0) }
        }
    }

    /// Makes room again.
    func leave() {
        if waiting.isEmpty {
            room += 1
        } else {
            waiting.removeFirst().resume()
        }
    }

    /// Has commits with `synchronous_commit = on` wait for a standby that is not there, while the body runs. Only
    /// connections that set it wait: the server does not by itself.
    public nonisolated func waitingForStandby<R>(_ body: () async throws -> R) async throws -> R {
        while await !takeStandby() { try await Task.sleep(for: .milliseconds(20)) }
        let result: Result<R, any Error>
        do {
            try await admin.connection { connection in
                try connection.run(["alter system set synchronous_standby_names = 'nobody'"])
                try connection.run(["select pg_reload_conf()"])
            }
            try await untilCommitsWait()
            result = .success(try await body())
        } catch { result = .failure(error) }
        try await admin.connection { connection in
            try connection.run(["alter system reset synchronous_standby_names"])
            try connection.run(["select pg_reload_conf()"])
        }
        await leaveStandby()
        return try result.get()
    }

    /// Another process of the server says whether to wait, and no setting tells when it has heard of it: so commits are
    /// tried until one waits, whose connection is ended then.
    private nonisolated func untilCommitsWait() async throws {
        var configuration = Database.Configuration(.init(Self.conninfo(keywords)))
        // Its own connections: databases are not dropped while a commit waits, so the others may be taken.
        configuration.poolSize = 2
        configuration.connection.applicationName = "probe"
        let prober = Database(configuration)
        async let probing: Void = prober.connection { connection in
            try connection.run(["set synchronous_commit = on"])
            while (try? connection.run(["select pg_logical_emit_message(true, 'probe', 'commit')"])) != nil {
                usleep(5_000)
            }
        }
        let end: SQL = """
            select pg_terminate_backend(pid, 5000) from pg_stat_activity
            where application_name = 'probe' and wait_event = 'SyncRep'
            """
        while try await prober.connection({ try $0.run([end])[0].isEmpty }) {
            try await Task.sleep(for: .milliseconds(10))
        }
        _ = try? await probing
        await prober.close()
    }

    private func takeStandby() -> Bool {
        defer { isWaitingForStandby = true }
        return !isWaitingForStandby
    }

    private func leaveStandby() { isWaitingForStandby = false }

    /// Makes a copy of a template, and gives its name.
    public func createDatabase(_ template: Template) async throws -> String {
        let source = try await database(of: template)
        return try await create(from: source)
    }

    /// Ends all connections to a database and drops it.
    public func dropDatabase(_ name: String) async throws {
        try await admin.connection { try $0.script("drop database if exists \(name) with (force)") }
    }

    private func database(of template: Template) async throws -> String {
        if let task = templates[template.name] { return try await task.value }
        let isFirst = templates.isEmpty
        let task = Task {
            if isFirst { try await dropLeftovers() }
            let name = try await create(from: "template0")
            try await template.prepare(conninfo(database: name))
            return name
        }
        templates[template.name] = task
        return try await task.value
    }

    /// Drops what test programs left on this server that are no more.
    private func dropLeftovers() async throws {
        let ours: SQL = "select datname from pg_database where datname ~ '^test_[0-9]+_[0-9]+$'"
        try await admin.connection { connection in
            for name in try connection.run([ours])[0].map({ try $0[0] as String }) {
                let process = pid_t(name.split(separator: "_")[1]) ?? 0
                if kill(process, 0) != 0, errno == ESRCH { try connection.script("drop database \(name)") }
            }
        }
    }

    private func create(from source: String) async throws -> String {
        count += 1
        let name = "\(prefix)_\(count)"
        try await admin.connection {
            try $0.script("create database \(name) template \(source) strategy file_copy")
        }
        return name
    }

    private static func conninfo(_ keywords: [String: String]) -> String {
        keywords.sorted { $0.key < $1.key }.map { key, value in
            let quoted = value.map { $0 == "'" || $0 == "\\" ? "\\\($0)" : String($0) }.joined()
            return "\(key)='\(quoted)'"
        }.joined(separator: " ")
    }
}
