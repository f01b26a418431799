import Glibc
import JSONRPC
import Postgres
import TestSupport
import Testing

/// The daemon dies at the worst moments; a call that is sent again under its key has taken effect exactly once.
@Suite(.servedWorld, .timeLimit(.minutes(5)))
struct FailpointTests {
    private static let effects: [(failpoint: String, isStored: Bool)] = [
        ("beforeCommit:kill", false), ("afterCommit:kill", true), ("beforeReply:kill", true),
    ]

    /// A daemon that dies at a place, and the call during which it does.
    private func die(at failpoint: String, _ token: String, _ method: String, _ params: JSON) async throws {
        let environment = ["KSBD_TESTING_ALLOW_FAILPOINTS": "true", "KSBD_FAILPOINT": failpoint]
        try await withDaemon(environment) { daemon in
            let socket = try await daemon.connect(as: token)
            await #expect(throws: TestSocket.HungUp.self) { try await socket.call(method, params) }
            #expect(await daemon.end() == .signal(SIGKILL))
        }
    }

    @Test(arguments: effects)
    func `a check-in gives its point once`(failpoint: String, isStored: Bool) async throws {
        let facts = ServedWorld.facts
        let params: JSON = ["chipNumber": .string(facts.chips[3]), "idempotencyKey": "again"]
        try await die(at: failpoint, facts.pillarCredential, "pillar.checkIn", params)
        #expect(try ServedWorld.count("select count(*) from check_in") == (isStored ? 1 : 0))
        try await withDaemon { daemon in
            let pillar = try await daemon.connect(as: facts.pillarCredential)
            let receipt = try await pillar.call("pillar.checkIn", params)
            #expect(receipt["newPoints"] == 1 && receipt["totalPoints"] == 1)
            #expect(try await pillar.call("pillar.checkIn", params) == receipt)
            let ids: [String] = try ServedWorld.rows("select id::text from check_in").map { try $0[0] }
            #expect(ids == [receipt["id"]?.string])
            let other: JSON = ["chipNumber": .string(facts.chips[4]), "idempotencyKey": "again"]
            await #expect(throws: TestSocket.Refused(code: -32010, kind: "idempotency.mismatch")) {
                try await pillar.call("pillar.checkIn", other)
            }
        }
        #expect(try await runProgram(["verify"]).end == .exit(0))
    }

    @Test(arguments: effects)
    func `another write takes effect once`(failpoint: String, isStored: Bool) async throws {
        let token = ServedWorld.facts.operatorToken
        let params: JSON = ["name": "Once", "idempotencyKey": "once"]
        try await die(at: failpoint, token, "cardSystem.create", params)
        #expect(try ServedWorld.count("select count(*) from card_system where name = 'Once'") == (isStored ? 1 : 0))
        try await withDaemon { daemon in
            let host = try await daemon.connect(as: token)
            let made = try await host.call("cardSystem.create", params)
            #expect(try await host.call("cardSystem.create", params) == made)
            #expect(try ServedWorld.count("select count(*) from card_system where name = 'Once'") == 1)
        }
        #expect(try await runProgram(["verify"]).end == .exit(0))
    }

    @Test func `failpoints are heard only where they are allowed`() async throws {
        let refused = try await runProgram(["serve"], ["KSBD_FAILPOINT": "beforeCommit:kill"])
        #expect(refused.end == .exit(78) && refused.errors.contains("testing.allowFailpoints"))
        let allowed = ["KSBD_TESTING_ALLOW_FAILPOINTS": "true", "KSBD_FAILPOINT": "somewhere:kill"]
        let unknown = try await runProgram(["serve"], allowed)
        #expect(unknown.end == .exit(78) && unknown.errors.contains("KSBD_FAILPOINT"))
    }
}
