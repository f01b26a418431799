import Glibc
import Logging
import Testing

@testable import CardServer

@Suite(.serialized, .timeLimit(.minutes(5)))
struct EmbeddedPostgresTests {
    @Test func `a server is made, answers on its socket alone, keeps its data and leaves no process`() async throws {
        let cluster = TestCluster()
        defer { cluster.remove() }
        let first = cluster.server()
        let address = try await first.start()
        #expect(first.health == .ready)
        let shown = """
            select current_database(), current_setting('listen_addresses'), current_setting('data_checksums'),
            current_setting('server_encoding'), datcollate, datctype, current_setting('max_wal_size')
            from pg_database where datname = current_database()
            """
        #expect(try cluster.ask(address, shown) == "ksbd||on|UTF8|C|C.UTF-8|4GB")
        _ = try cluster.ask(address, "create table kept as select 'still here' as word")
        let account = try ServerAccount.choose(cluster: cluster.directory + "/postgres", directory: cluster.directory)
        #expect(account.user != 0)
        for path in [cluster.directory + "/postgres", cluster.data, address.socketFolder] {
            let status = try #require(HostFile.status(path))
            #expect(status.owner == account.user && status.mode & 0o7777 == 0o700, "\(path)")
        }
        let process = try #require(cluster.postmaster)
        #expect(HostFile.status("/proc/\(process)")?.owner == account.user)
        await first.stop()
        #expect(first.health == .stopped)
        #expect(kill(process, 0) == -1 && errno == ESRCH)

        let second = cluster.server()
        #expect(try cluster.ask(try await second.start(), "select word from kept") == "still here")
        await second.stop()
    }

    @Test func `a data directory serves one daemon, and commands beside it use that daemon's server`() async throws {
        let cluster = TestCluster()
        defer { cluster.remove() }
        #expect(EmbeddedPostgres.running(in: cluster.directory) == nil)
        let server = cluster.server()
        let address = try await server.start()
        let expected = EmbeddedPostgresError.inUse(directory: cluster.directory, process: getpid())
        await #expect(throws: expected) { try await cluster.server().start() }
        #expect(EmbeddedPostgres.running(in: cluster.directory) == address)
        await server.stop()
        #expect(EmbeddedPostgres.running(in: cluster.directory) == nil)
    }

    @Test func `a server that is killed comes back by itself`() async throws {
        let cluster = TestCluster()
        defer { cluster.remove() }
        let server = cluster.server()
        let address = try await server.start()
        let process = try #require(cluster.postmaster)
        kill(process, SIGKILL)
        #expect(try await cluster.eventually { cluster.postmaster != process && server.health == .ready })
        #expect(try cluster.ask(address, "select 1") == "1")
        await server.stop()
    }

    @Test func `a server ends when its daemon is killed`() async throws {
        let cluster = TestCluster(named: "\(getpid())-killed")
        defer { cluster.remove() }
        // The other process finds the folder by its parent, for it takes no values along.
        await #expect(processExitsWith: .signal(SIGKILL)) {
            _ = try await TestCluster(named: "\(getppid())-killed").server().start()
            kill(getpid(), SIGKILL)
        }
        let files = try #require(PostgresCluster.existing(in: cluster))
        #expect(try await cluster.eventually { files.processesOnData().isEmpty })
        let server = cluster.server()
        #expect(try cluster.ask(try await server.start(), "select 1") == "1")
        await server.stop()
    }

    @Test func `a server that outlived its daemon is stopped and replaced`() async throws {
        let cluster = TestCluster()
        defer { cluster.remove() }
        let server = cluster.server()
        _ = try await server.start()
        await server.stop()
        let files = try #require(PostgresCluster.existing(in: cluster))
        let options = ["listen_addresses=", "unix_socket_directories=\(files.socketFolder)", "fsync=off"]
        let command = [files.programs.postgres, "-D", files.data] + options.flatMap { ["-c", $0] }
        let orphan = try ChildProcess(files.account.command(command))
        #expect(try await cluster.eventually { PostgresCluster.pidFile(in: cluster.data)?.isReady == true })
        let next = cluster.server()
        let address = try await next.start()
        #expect(cluster.postmaster != orphan.process)
        let endedInGoodOrder = orphan.wait()
        #expect(endedInGoodOrder)
        #expect(try cluster.ask(address, "select 1") == "1")
        await next.stop()
    }

    @Test func `a stale lock file whose process id is in use by somebody else does not hinder`() async throws {
        let cluster = TestCluster()
        defer { cluster.remove() }
        let server = cluster.server()
        _ = try await server.start()
        await server.stop()
        let files = try #require(PostgresCluster.existing(in: cluster))
        // A process of the same account, which PostgreSQL by itself would take for the old server.
        let other = try ChildProcess(files.account.command(["sleep", "60"]))
        defer {
            kill(other.process, SIGKILL)
            _ = other.wait()
        }
        let lines = ["\(other.process)", files.data, "1", "5432", files.socketFolder, "", "0 0", "ready"]
        try files.run(["tee", files.data + "/postmaster.pid"], input: lines.joined(separator: "\n") + "\n")
        let next = cluster.server()
        #expect(try cluster.ask(try await next.start(), "select 1") == "1")
        await next.stop()
    }

    @Test func `a first start that was cut off is begun anew`() async throws {
        let cluster = TestCluster()
        defer { cluster.remove() }
        let server = cluster.server()
        _ = try await server.start()
        await server.stop()
        let files = try #require(PostgresCluster.existing(in: cluster))
        try files.run(["mv", files.data, files.data + ".new"])
        try files.run(["rm", files.data + ".new/global/pg_control"])
        let next = cluster.server()
        #expect(try cluster.ask(try await next.start(), "select 1") == "1")
        await next.stop()
    }

    @Test func `a path too long for a socket's name takes a folder below tmp, closed to others`() async throws {
        let long = String(repeating: "l", count: 90)
        let cluster = TestCluster(named: "\(getpid())-\(long)")
        defer { cluster.remove() }
        let server = cluster.server()
        let address = try await server.start()
        #expect(address.socketFolder.hasPrefix("/tmp/ksbd-"))
        #expect(HostFile.status(address.socketFolder).map { $0.mode & 0o7777 } == 0o700)
        #expect(try cluster.ask(address, "select 1") == "1")
        await server.stop()
        _ = try ChildProcess.run(["rm", "-rf", address.socketFolder])
    }

    @Test func `a start that fails tells PostgreSQL's last words`() async throws {
        let cluster = TestCluster()
        defer { cluster.remove() }
        let server = EmbeddedPostgres(
            directory: cluster.directory, parameters: ["shared_buffers": "much"], logger: .init(label: "test"))
        do {
            _ = try await server.start()
            Issue.record("it started")
        } catch let EmbeddedPostgresError.ended(lines) {
            #expect(lines.contains { $0.contains("shared_buffers") })
        }
        #expect(server.health == .stopped)
        await server.stop()
    }
}

extension PostgresCluster {
    /// The files of a cluster that was made before.
    static func existing(in cluster: TestCluster) -> PostgresCluster? { try? PostgresCluster.open(cluster.directory) }
}
