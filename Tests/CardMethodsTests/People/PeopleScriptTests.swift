import CardRules
import JSONRPC
import TestSupport
import Testing

@testable import CardMethods

/// Long scripts of people, cards, statuses, merges and points against the plain model, on a clock that stands just
/// before and just after what may go wrong.
@Suite(.scene) struct PeopleScriptTests {
    /// Two that are always the same, and one of each run, which a failure names.
    static let seeds: [UInt64] = [1, 2, .random(in: 3...999_999)]

    @Test(arguments: seeds)
    func `OPP-01 OPP-02 OPP-04 S9 CHK-03 a script of 200 steps over a year comes to what the model comes to`(
        seed: UInt64
    ) async throws {
        try await Scene.with { scene in
            var script = try await PeopleScript(scene, seed: seed)
            for step in 1...200 {
                let what = try await script.step(step)
                if step.isMultiple(of: 6) || step.isMultiple(of: 5) { try await script.compare() }
                try #require(script.faults == [], "seed \(seed), step \(step): \(what) at \(scene.now.text)")
            }
            #expect(script.outcomes.count >= 20, "the script went everywhere: \(script.outcomes)")
            #expect(try scene.verify() == [:], "seed \(seed)")
        }
    }
}
