import Glibc
import JSONRPC
import Postgres
import TestSupport
import Testing

/// Daemons die in the middle of a job; each row is done once all the same.
@Suite(.servedWorld, .timeLimit(.minutes(5)))
struct JobFaultTests {
    /// A job whose rows were read, and that the next daemon begins to do: each card of the region is blocked by one
    /// row, the other rows come too late.
    private func begunJob(rows: Int) async throws -> (id: String, cards: Int) {
        let numbers: [String] = try ServedWorld.rows(
            "select number from card where status = 'active' and card_system_id::text = \(ServedWorld.facts.cardSystem)"
        ).map { try $0[0] }
        let csv = "cardNumber\n" + (0..<rows).map { numbers[$0 % numbers.count] + "\n" }.joined()
        let id = try await withDaemon { daemon in
            let coordinator = try await daemon.connect(as: ServedWorld.facts.coordinatorToken)
            let job =
                try await coordinator.call(
                    "job.create",
                    [
                        "cardSystemId": .string(ServedWorld.facts.cardSystem), "method": "card.block", "name": "x",
                        "params": ["reason": "lost"], "idempotencyKey": "create",
                    ])["id"] ?? .null
            try await coordinator.call(
                "job.upload",
                ["jobId": job, "offset": 0, "text": .string(csv), "isLast": true, "idempotencyKey": "upload"])
            try await coordinator.call("job.validate", ["jobId": job, "idempotencyKey": "validate"])
            #expect(try await Self.reaches("validated"))
            return job.string ?? ""
        }
        // Not by its method, which would die by the failpoint itself.
        _ = try ServedWorld.rows("update job set state = 'running', row_position = 0, started_at = created_at")
        return (id, numbers.count)
    }

    private static func state() throws -> String { try ServedWorld.rows("select state from job")[0][0] }

    private static func reaches(_ state: String) async throws -> Bool {
        try await eventually(within: .seconds(60)) { try self.state() == state }
    }

    /// Rows that have an outcome, by the job, by its rows, and by the audit trail.
    private static func outcomes() throws -> [Int] {
        try [
            "select done_count + refused_count from job", "select count(*) from job_row where state <> 'waiting'",
            "select count(*) from audit where method = 'card.block' and details like '%jobId%'",
        ].map { try ServedWorld.count($0) }
    }

    private func expectAllDone(rows: Int, cards: Int) async throws {
        #expect(try Self.outcomes() == [rows, rows, rows])
        #expect(try ServedWorld.count("select done_count from job") == cards)
        let done = try ServedWorld.count(
            "select count(*) from audit where outcome = 'done' and method = 'card.block' and details like '%jobId%'")
        #expect(done == cards)
        #expect(try await runProgram(["verify"]).end == .exit(0))
    }

    @Test func `a daemon that dies at a step's commit leaves it undone, or done once`() async throws {
        let (_, cards) = try await begunJob(rows: 250)
        for (failpoint, isStored) in [("beforeCommit:kill", false), ("afterCommit:kill", true)] {
            let environment = ["KSBD_TESTING_ALLOW_FAILPOINTS": "true", "KSBD_FAILPOINT": failpoint]
            // It may die before it listens.
            let daemon = try DaemonProcess(["serve"], environment, database: OwnDatabase.conninfo)
            #expect(await daemon.end() == .signal(SIGKILL))
            let outcomes = try Self.outcomes()
            #expect(Set(outcomes).count == 1 && (outcomes[0] > 0) == isStored && outcomes[0] <= 100)
        }
        let isDone = try await withDaemon { _ in try await Self.reaches("done") }
        #expect(isDone)
        try await expectAllDone(rows: 250, cards: cards)
    }

    @Test func `daemons that are killed and told to go, alone and together, lose and double nothing`() async throws {
        let (_, cards) = try await begunJob(rows: 3000)
        for round in 0..<4 {
            try await withDaemon { daemon in
                let before = try Self.outcomes()[0]
                let goesOn = try await eventually { try Self.outcomes()[0] > before }
                #expect(goesOn)
                daemon.kill(round % 2 == 0 ? SIGKILL : SIGTERM)
                #expect(await daemon.end() == (round % 2 == 0 ? .signal(SIGKILL) : .exit(0)))
            }
        }
        #expect(try Self.state() == "running")
        let isDone = try await withDaemon { _ in
            try await withDaemon { _ in try await Self.reaches("done") }
        }
        #expect(isDone)
        try await expectAllDone(rows: 3000, cards: cards)
    }
}
