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
    private static let database = "served"

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

    deinit {
        _ = try? ChildProcess.run(["umount", cluster.directory])
        cluster.remove()
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
