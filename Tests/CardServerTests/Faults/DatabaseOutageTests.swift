import Glibc
import JSONRPC
import Logging
import Postgres
import TestSupport
import Testing

@testable import CardMethods
@testable import CardServer

/// PostgreSQL goes away and comes back, on a server of the test's own.
@Suite(.serialized, .tags(.slow), .timeLimit(.minutes(3)))
struct DatabaseOutageTests {
    /// Runs a body with a PostgreSQL that starts again whenever it ends.
    private func withCluster<R>(_ body: (TestCluster, EmbeddedPostgres) async throws -> R) async throws -> R {
        let cluster = TestCluster()
        let server = cluster.server()
        defer { cluster.remove() }
        do {
            let result = try await body(cluster, server)
            await server.stop()
            return result
        } catch {
            await server.stop()
            throw error
        }
    }

    @Test func `a daemon without its database answers what it can, and serves when the database comes`() async throws {
        try await withCluster { cluster, server in
            // Where the server will be: its folder is only known once it has been there.
            let address = try await server.start()
            await server.stop()
            let database = address.conninfo()
            try await withDaemon(database: database) { daemon in
                let socket = try daemon.connect()
                #expect(try await socket.call("rpc.ping") == "pong")
                let before = daemon.usage().processorSeconds
                for _ in 0..<3 {
                    await #expect(throws: TestSocket.Refused(code: -32007, kind: "database.unavailable")) {
                        try await socket.call("cardSystem.list", within: .seconds(5))
                    }
                }
                let bearer = ["Authorization": "Bearer kss_unknown"]
                #expect(try await daemon.http("POST", "/rpc", headers: bearer, body: "{}").status == 503)
                try await Task.sleep(for: .seconds(1))
                #expect(daemon.usage().processorSeconds - before < 0.7, "it does not try without a pause")
                let ready = try await daemon.http("GET", "/ready")
                #expect(ready.status == 503 && ready.body.contains(#"["database"]"#))
                #expect(try await daemon.http("GET", "/health").status == 200)

                let again = cluster.server()
                _ = try await again.start()
                #expect(
                    try await eventually { try await daemon.http("GET", "/ready").body.contains("schema") },
                    "its tables are not ours yet")
                #expect(await eventually { daemon.errors.contains("ksbd migrate") })
                #expect(try await runProgram(["migrate"], database: database).end == .exit(0))
                #expect(try await eventually { try await daemon.http("GET", "/ready").status == 200 })
                #expect(try await socket.call("cardSystem.list")["items"] == [])
                await again.stop()
            }
        }
    }

    @Test(arguments: [("is restarted", SIGINT), ("is killed", SIGKILL)])
    func `when PostgreSQL ends under load, calls fail so that they can be repeated, and soon succeed again`(
        what: String, signal: Int32
    ) async throws {
        try await withCluster { cluster, server in
            let database = try await server.start().conninfo()
            try await ServedWorld.build(in: database)
            let load = CheckInLoad()
            let hindrances = try await withDaemon(database: database) { daemon in
                let pillar = try await daemon.connect(as: ServedWorld.facts.pillarCredential)
                let follower = try await daemon.connect(as: ServedWorld.facts.pillarCredential)
                try await follower.call("pillar.subscribe")
                async let running: Void = load.run(8, against: daemon)
                async let reads = readsAndPings(daemon, while: { load.answers.count < 400 })
                #expect(await eventually { load.answers.count > 50 })
                let postmaster = try #require(cluster.postmaster)
                kill(postmaster, signal)
                #expect(
                    try await eventually {
                        try await daemon.http("GET", "/ready").status == 503
                    }, "it notices")
                #expect(try await pillar.call("rpc.ping") == "pong")
                let answered = load.answers.count
                #expect(await eventually(within: .seconds(10)) { load.answers.count > answered + 50 }, "it heals")
                #expect(try await daemon.http("GET", "/ready").status == 200)
                #expect(await eventually { load.answers.count > 400 })
                load.stop()
                await running
                // Who listens to the database listens again: what was changed meanwhile and since is told.
                let host = try await daemon.connect(as: ServedWorld.facts.coordinatorToken)
                let params: JSON = ["pillarId": .string(ServedWorld.facts.pillar), "idempotencyKey": "clear"]
                try await host.call("pillar.clearFixedEvent", params)
                #expect(try await follower.message()?["method"] == "pillar.assignedEventChanged")
                return load.hindrances.merging(try await reads) { $0 + $1 }
            }
            #expect(
                !hindrances.isEmpty && hindrances.keys.allSatisfy { [-32007, -32008].contains($0) }, "\(hindrances)")
            let stored: [String] = try ServedWorld.rows("select id::text from check_in", in: database).map { try $0[0] }
            #expect(try Set(stored) == Set(load.checkIns) && stored.count == load.answers.count)
            #expect(try await runProgram(["verify"], database: database).end == .exit(0))
        }
    }

    /// Other calls, beside those that run in batches; the codes of their errors.
    private func readsAndPings(_ daemon: DaemonProcess, while isGoing: () -> Bool) async throws -> [Int64: Int] {
        let host = try await daemon.connect(as: ServedWorld.facts.operatorToken)
        var errors: [Int64: Int] = [:]
        var round = 0
        while isGoing() {
            round += 1
            do {
                try await host.call("cardSystem.list", within: .seconds(5))
                let params: JSON = ["name": .string("Out \(round)"), "idempotencyKey": .string("out \(round)")]
                try await host.call("cardSystem.create", params, within: .seconds(5))
            } catch let error as TestSocket.Refused {
                errors[error.code, default: 0] += 1
            }
            #expect(try await host.call("rpc.ping", within: .seconds(2)) == "pong")
            try await Task.sleep(for: .milliseconds(20))
        }
        return errors
    }
}
