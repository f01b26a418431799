import CardRules
import JSONRPC
import Postgres
import TestSupport
import Testing

@testable import CardMethods

/// Long scripts of tariffs, sales and coupons on a clock that moves, against the plain model: nothing may differ after
/// any step, and in the end all invariants hold.
@Suite(.scene) struct TicketScriptTests {
    /// Some that are always the same, and one of each run, which a failure names.
    static let seeds: [UInt64] = [1, 23, 27, .random(in: 28...999_999)]

    /// Before the autumn change of the clock and the end of a month, of a year, and before the spring change.
    static let starts = ["2030-10-24T10:07:00+02:00", "2030-12-19T10:07:00+01:00", "2031-03-26T10:07:00+01:00"]

    @Test(arguments: seeds) func `TAR TS COU a script of 400 steps comes to what the model comes to`(
        seed: UInt64
    ) async throws {
        try await Scene.with { scene in
            var script = try await TicketScript(scene, seed: seed, from: Self.starts[Int(seed % 3)])
            for step in 1...400 {
                let what = try await script.step()
                if let fault = try await script.fault() {
                    Issue.record("seed \(seed), step \(step), \(scene.now.text), \(what): \(fault)")
                    return
                }
            }
            #expect(script.outcomes.count >= 20, "seed \(seed) went everywhere: \(script.outcomes)")
            try await scene.advance(.hours(1))
            let (fault, faults) = (try await script.faultAfterSweep(), try scene.verify())
            #expect(fault == nil, "seed \(seed)")
            #expect(faults == [:], "seed \(seed)")
        }
    }
}
