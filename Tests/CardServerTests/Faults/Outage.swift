import Glibc
import Logging
import TestSupport
import Testing

@testable import CardMethods
@testable import CardServer
@testable import Postgres

/// A PostgreSQL of the test's own that may be stopped, hung and starved, with a copy of the served world in it.
///
/// The daemon reaches it by `database.url`, as one that others look after.
final class Outage: Sendable {
    let cluster = TestCluster()
    let address: PostgresAddress
    private let server: EmbeddedPostgres
    static let database = "served"

    var conninfo: String { address.conninfo(database: Self.database) }

    /// - Parameter room: How many bytes its disk has; `nil` for that of the machine.
    init(room: Int? = nil) async throws {
        if let room {
            _ = try ChildProcess.run(["mkdir", "-p", cluster.directory])
            _ = try ChildProcess.run([
                "mount", "-t", "tmpfs", "-o", "size=\(room),mode=0755", "tmpfs", cluster.directory,
            ])
        }
        server = cluster.server()
        address = try await server.start()
        // The roles belong to the whole server; who may do what comes with the copy.
        var logger = Logger(label: "outage")
        logger.logLevel = .error
        _ = try DatabaseSchema.migrate(ConnectionSettings(address.conninfo()), world: .test, logger: logger)
        _ = try cluster.ask(address, "create database \(Self.database)")
        let programs = try PostgresPrograms.find(version: nil, path: "").folder
        let copy = "'\(programs)/pg_dump' -d \"$1\" | '\(programs)/psql' -Xq -v ON_ERROR_STOP=1 -d \"$2\" >&2"
        let done = try ChildProcess.run(
            ["bash", "-o", "pipefail", "-c", copy, "sh", OwnDatabase.conninfo, conninfo])
        guard done.isSuccess else { throw NotCopied(output: done.output) }
    }

    struct NotCopied: Error { let output: String }

    /// Whether this process may give a server a disk of its own.
    static var canMount: Bool { geteuid() == 0 }

    /// Tells the server itself.
    func signal(_ number: Int32) throws { kill(try #require(cluster.postmaster), number) }

    /// Tells the server and every process of its.
    func signalAll(_ number: Int32) throws {
        for process in try PostgresCluster.open(cluster.directory).processesOnData() { kill(process, number) }
    }

    func stop() async { await server.stop() }

    /// The same server, started again.
    func startAgain() async throws -> EmbeddedPostgres {
        let again = cluster.server()
        _ = try await again.start()
        return again
    }

    /// Has every commit wait for a standby of that name; for none if it is empty.
    func require(standby name: String) throws {
        _ = try cluster.ask(address, "alter system set synchronous_standby_names = '\(name)'")
        _ = try cluster.ask(address, "select pg_reload_conf()")
        while try cluster.ask(address, "show synchronous_standby_names") != name { usleep(10_000) }
    }

    /// A copy that follows, and without whose word nothing is committed.
    func makeStandby() async throws -> Standby {
        let standby = try Standby(of: try PostgresCluster.open(cluster.directory))
        let following = "select count(*) from pg_stat_replication where state = 'streaming'"
        guard try await cluster.eventually({ try cluster.ask(address, following) == "1" }) else {
            throw NotCopied(output: "the standby does not follow")
        }
        try require(standby: "*")
        return standby
    }

    /// Both servers: the one that takes writes is meant.
    func conninfo(orElse standby: Standby) -> String {
        "host='\(address.socketFolder),\(standby.cluster.socketFolder)' port=5432 user=postgres "
            + "dbname=\(Self.database) target_session_attrs=read-write"
    }

    deinit {
        _ = try? ChildProcess.run(["umount", cluster.directory])
        cluster.remove()
    }
}

/// A server that follows another until it is promoted.
final class Standby: Sendable {
    let cluster: PostgresCluster
    private let process: ChildProcess

    init(of primary: PostgresCluster) throws {
        cluster = PostgresCluster(
            folder: primary.folder + "/standby", account: primary.account, programs: primary.programs)
        try primary.run(["mkdir", "-m", "700", cluster.folder])
        try primary.run([
            primary.programs.folder + "/pg_basebackup", "-D", cluster.data, "-R", "-c", "fast", "-h",
            primary.socketFolder, "-U", "postgres",
        ])
        try cluster.makeSocketFolder()
        process = try ChildProcess(try cluster.serverCommand(overriding: ["fsync": "off"]))
    }

    var conninfo: String { PostgresAddress(socketFolder: cluster.socketFolder).conninfo(database: Outage.database) }

    func promote() throws {
        try cluster.run([cluster.programs.folder + "/pg_ctl", "promote", "-w", "-D", cluster.data])
    }

    func remove() {
        kill(process.process, SIGQUIT)
        _ = process.wait()
    }
}

/// Runs a body with a server of its own, and a daemon on it where one is wanted.
func withOutage<R>(room: Int? = nil, _ body: (Outage) async throws -> R) async throws -> R {
    let outage = try await Outage(room: room)
    do {
        let value = try await body(outage)
        await outage.stop()
        return value
    } catch {
        await outage.stop()
        throw error
    }
}
