import Glibc
import Logging

@testable import CardServer

/// A data directory for one test, and means to look into the server that runs in it.
struct TestCluster {
    let directory: String

    /// Below a folder that the account that PostgreSQL runs as may enter too.
    init(named name: String? = nil) {
        let name = name ?? "\(getpid())-\(UInt32.random(in: 0 ... .max))"
        let above = getenv("TMPDIR").map { String(cString: $0) } ?? "/tmp"
        directory = "\(above)/ksbd-test-\(name)"
    }

    var data: String { directory + "/postgres/data" }

    func server() -> EmbeddedPostgres {
        var logger = Logger(label: "test")
        logger.logLevel = .critical
        // No test here pulls the plug, so nothing has to reach the disk.
        return EmbeddedPostgres(directory: directory, parameters: ["fsync": "off"], logger: logger)
    }

    /// What one statement answers, columns separated by `|`.
    func ask(_ address: PostgresAddress, _ statement: String) throws -> String {
        let psql = try PostgresPrograms.find(version: nil, path: "").folder + "/psql"
        let answer = try ChildProcess.run([psql, address.conninfo(), "-XAtqc", statement])
        return answer.output.split(separator: "\n").joined(separator: "\n")
    }

    /// The process of the server itself.
    var postmaster: pid_t? { PostgresCluster.pidFile(in: data)?.process }

    /// Waits until something holds, at most 30 s.
    func eventually(_ holds: () throws -> Bool) async throws -> Bool {
        for _ in 0..<1500 {
            if try holds() { return true }
            try await Task.sleep(for: .milliseconds(20))
        }
        return false
    }

    func remove() { _ = try? ChildProcess.run(["rm", "-rf", directory]) }
}
