import JSONRPC
import Postgres
import TestSupport
import Testing

@Suite(.servedWorld, .timeLimit(.minutes(5)))
struct TwoDaemonTests {
    @Test func `two daemons on one database tell each other's clients what changes`() async throws {
        try await withDaemon { one in
            try await withDaemon { other in
                let facts = ServedWorld.facts
                let pillar = try await other.connect(as: facts.pillarCredential)
                #expect(try await pillar.call("pillar.subscribe")["event"]?["source"] == "fixed")
                let coordinator = try await other.connect(as: facts.coordinatorToken)
                #expect(try await coordinator.call("counter.list")["items"]?.array?.isEmpty == false)
                let host = try await one.connect(as: facts.operatorToken)
                try await host.call(
                    "pillar.clearFixedEvent", ["pillarId": .string(facts.pillar), "idempotencyKey": "clear"])
                let told = try #require(try await pillar.message(within: .seconds(5)))
                #expect(told["method"] == "pillar.assignedEventChanged")
                #expect(told["params"]?["event"]?["source"] != "fixed")
                let account = try await coordinator.call("session.get")["account"]?["id"]
                try await host.call(
                    "role.revoke",
                    [
                        "accountId": account ?? .null, "role": "cardSystemAdministrator",
                        "cardSystemId": .string(facts.cardSystem), "idempotencyKey": "revoke",
                    ])
                #expect(
                    try await eventually(within: .seconds(5)) {
                        do {
                            try await coordinator.call("counter.list")
                            return false
                        } catch let error as TestSocket.Refused {
                            return error.code == -32001
                        }
                    }, "the session is over on the other daemon too")
            }
        }
    }

    @Test func `a check-in through either daemon counts once under its key`() async throws {
        try await withDaemon { one in
            try await withDaemon { other in
                let facts = ServedWorld.facts
                let pillars = try await [
                    one.connect(as: facts.pillarCredential), other.connect(as: facts.pillarCredential),
                ]
                for round in 0..<20 {
                    let params: JSON = [
                        "chipNumber": .string(facts.chips[round % 4]), "idempotencyKey": .string("both \(round)"),
                    ]
                    let replies = try await pillars.asyncMap { try await $0.call("pillar.checkIn", params) }
                    #expect(replies[0] == replies[1])
                }
                #expect(try ServedWorld.count("select count(*) from check_in") == 20)
            }
        }
        #expect(try await runProgram(["verify"]).end == .exit(0))
    }
}
