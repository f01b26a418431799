import Glibc
import JSONRPC
import Postgres
import TestSupport
import Testing

/// Processes are killed and servers restarted while devices check cards in.
@Suite(.servedWorld, .serialized, .tags(.slow), .timeLimit(.minutes(5)))
struct KillTests {
    @Test func `a daemon that is killed again and again loses and doubles nothing`() async throws {
        let load = CheckInLoad()
        for round in 0..<21 {
            try await withDaemon { daemon in
                async let running: Void = load.run(8, against: daemon)
                let before = load.answers.count
                #expect(await eventually { load.answers.count > before }, "round \(round)")
                try await Task.sleep(for: .milliseconds(Int.random(in: 0...150)))
                daemon.kill(SIGKILL)
                await running
            }
        }
        #expect(load.unanswered > 20, "calls were under way when it died")
        let final = try await withDaemon { daemon in
            // What was never answered is sent once more, and all answers are asked for again.
            async let running: Void = load.run(8, against: daemon)
            let before = load.answers.count
            _ = await eventually { load.answers.count > before + 100 }
            load.stop()
            await running
            let pillar = try await daemon.connect(as: ServedWorld.facts.pillarCredential)
            for (key, answer) in load.answers {
                let chip = ServedWorld.facts.chips[
                    (Int(key.dropFirst("load ".count)) ?? 0) % ServedWorld.facts.chips.count]
                let again = try await pillar.call(
                    "pillar.checkIn", ["chipNumber": .string(chip), "idempotencyKey": .string(key)])
                #expect(again.text == answer, "\(key)")
            }
            return load.hindrances
        }
        #expect(final.keys.allSatisfy { [-32006, -32007, -32008].contains($0) }, "\(final)")
        let stored: [String] = try ServedWorld.rows("select id::text from check_in").map { try $0[0] }
        #expect(try Set(stored) == Set(load.checkIns) && stored.count == load.answers.count)
        let verified = try await runProgram(["verify"])
        #expect(verified.end == .exit(0), "\(verified.output)")
    }
}
