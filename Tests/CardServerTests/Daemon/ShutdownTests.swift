import Glibc
import JSONRPC
import Postgres
import TestSupport
import Testing

/// How a daemon goes: nobody new comes in, who is inside is seen out.
@Suite(.servedWorld, .timeLimit(.minutes(5)))
struct ShutdownTests {
    private static func create(_ name: String, id: JSON) -> String {
        TestSocket.request("cardSystem.create", ["name": .string(name), "idempotencyKey": .string(name)], id: id)
    }

    private static func exists(_ name: String) throws -> Bool {
        try ServedWorld.count("select count(*) from card_system where name = \(name)") == 1
    }

    /// Holds a table that writes of the test need, until the body is over.
    private static func holdingWrites<R>(_ body: () async throws -> R) async throws -> R {
        let connection = try Connection(ConnectionSettings(OwnDatabase.conninfo), logger: ServedWorld.logger)
        try connection.run(["begin", "lock table card_system in exclusive mode"])
        let result = try await body()
        _ = try connection.run(["rollback"])
        return result
    }

    @Test func `a call under way at SIGTERM is finished and answered, later ones are turned away with an answer`()
        async throws
    {
        let slow = ["KSBD_TESTING_ALLOW_FAILPOINTS": "true", "KSBD_FAILPOINT": "beforeCommit:sleep:1200"]
        try await withDaemon(slow) { daemon in
            let socket = try await daemon.connect(as: ServedWorld.facts.operatorToken)
            let idle = try daemon.connect()
            #expect(try await idle.call("rpc.ping") == "pong")
            await socket.send(Self.create("Last", id: 1))
            try await Task.sleep(for: .milliseconds(300))
            daemon.kill(SIGTERM)
            let draining = try #require(try await socket.message())
            #expect(draining["method"] == "rpc.draining")
            let wait = try #require(draining["params"]?["reconnectAfterMilliseconds"]?.integer)
            #expect((500...10_000).contains(wait))
            let (single, part) = (
                TestSocket.request("rpc.ping", [:], id: 2), TestSocket.request("rpc.ping", [:], id: 3)
            )
            await socket.send(single + "[" + part.dropLast() + "]\n")
            let late = try #require(try await socket.message())
            #expect(late["id"] == 2 && late.errorCode == -32006 && late["error"]?["data"]?["retryable"] == true)
            let batch = try #require(try await socket.message())
            #expect(batch.array?.map(\.errorCode) == [-32006], "\(batch.text)")
            #expect(throws: POSIXFailure.self) { _ = try daemon.connect() }
            #expect(try await socket.message()?["result"]?["name"] == "Last")
            #expect(try await socket.line() == nil)
            #expect(try await idle.rest().contains("rpc.draining"))
            socket.close()
            idle.close()
            #expect(await daemon.end(within: .seconds(5)) == .exit(0))
            #expect(try Self.exists("Last"))
        }
    }

    @Test func `under load no call is left without an answer`() async throws {
        try await withDaemon { daemon in
            let load = CheckInLoad()
            async let running: Void = load.run(8, against: daemon)
            #expect(await eventually { load.answers.count > 50 })
            daemon.kill(SIGTERM)
            await running
            #expect(await daemon.end(within: .seconds(10)) == .exit(0))
            #expect(load.unanswered == 0 && load.hindrances == [-32006: 8])
            let done = try load.checkIns.count
            let stored = try ServedWorld.count("select count(*) from check_in")
            #expect(stored == done && done == load.answers.count)
        }
    }

    @Test func `while it goes it is not ready, and a second SIGTERM ends it at once, undoing what is under way`()
        async throws
    {
        try await withDaemon { daemon in
            try await Self.holdingWrites {
                let socket = try await daemon.connect(as: ServedWorld.facts.operatorToken)
                await socket.send(Self.create("Undone", id: 1))
                try await Task.sleep(for: .milliseconds(300))
                daemon.kill(SIGTERM)
                #expect(
                    try await eventually(within: .seconds(5)) {
                        let ready = try await daemon.http("GET", "/ready")
                        return ready.status == 503 && ready.body.contains("stopping")
                    })
                #expect(try await daemon.http("GET", "/health").status == 200)
                #expect(await daemon.end(within: .seconds(1)) == nil, "it waits for the call")
                daemon.kill(SIGTERM)
                #expect(await daemon.end(within: .seconds(6)) == .exit(0))
            }
            #expect(try Self.exists("Undone") == false)
        }
    }

    @Test func `a call that does not end is given up when the time to drain is over`() async throws {
        try await withDaemon(["KSBD_LIMITS_DRAIN_SECONDS": "1"]) { daemon in
            try await Self.holdingWrites {
                let socket = try await daemon.connect(as: ServedWorld.facts.operatorToken)
                await socket.send(Self.create("Undone", id: 1))
                try await Task.sleep(for: .milliseconds(300))
                let start = ContinuousClock.now
                daemon.kill(SIGINT)
                #expect(await daemon.end(within: .seconds(8)) == .exit(0))
                #expect(ContinuousClock.now - start > .milliseconds(900))
            }
            #expect(try Self.exists("Undone") == false)
        }
    }

    @Test func `a peer that does not hang up holds nobody`() async throws {
        try await withDaemon { daemon in
            let sockets = try (0..<50).map { _ in try daemon.connect() }
            for socket in sockets { #expect(try await socket.call("rpc.ping") == "pong") }
            daemon.kill(SIGTERM)
            #expect(await daemon.end(within: .seconds(8)) == .exit(0))
            for socket in sockets { #expect(try await socket.rest().contains("rpc.draining")) }
        }
    }

    @Test func `a daemon that cannot listen says so and ends`() async throws {
        try await withDaemon { daemon in
            for variable in ["KSBD_RPC_PORT", "KSBD_HTTP_PORT"] {
                let second = try await runProgram(
                    ["serve"], [variable: "\(variable.contains("RPC") ? daemon.rpcPort : daemon.httpPort)"])
                #expect(second.end == .exit(1) && second.errors.contains("ksbd: "), "\(second.errors)")
            }
        }
    }
}
