import CardRules
import JSONRPC
import Postgres
import TestSupport
import Testing

@testable import CardMethods

/// Business time can be moved where it was made to be, and nowhere else.
@Suite(.scene) struct ClockTests {
    @Test func `time moves forward only, by an amount or to an instant`() async throws {
        try await Scene.with { scene in
            let operating = try await scene.peer(.operating)
            #expect(scene.now - SceneData.start < .minutes(10))
            let answer = try await scene.ok(operating, "clock.advance", ["seconds": 3600])
            let told = try #require(Instant(text: answer["businessTime"]!.string!))
            #expect(told - SceneData.start >= .hours(1) && answer["timeIsSimulated"] == true)
            #expect(scene.now >= told)
            try await scene.ok(operating, "clock.set", ["to": "2031-01-01T00:00:00+01:00"])
            #expect(scene.now.text.hasPrefix("2031-01-01T00:00"))
            for past in ["2030-12-31T23:59:59+01:00", "2026-01-01T00:00:00Z"] {
                #expect(await scene.refused(operating, "clock.set", ["to": .string(past)]) == ["clock.backwards"])
            }
            for seconds in [0, -1, .max, .min] as [Int64] {
                #expect(await scene.refused(operating, "clock.advance", ["seconds": .integer(seconds)]) == ["-32602"])
            }
            #expect(scene.now.text.hasPrefix("2031-01-01T00:00"))
            let seen = try await scene.ok(scene.stranger(), "clock.get")
            #expect(seen["businessTime"]?.string?.hasPrefix("2031-01-01T00:00") == true)
            let hello = try await scene.ok(scene.stranger(), "rpc.hello", ["client": "test"])
            #expect(hello["timeIsSimulated"] == true && hello["businessTime"]?.string?.hasPrefix("2031-01-01") == true)
        }
    }

    @Test func `the same move under the same key is made once`() async throws {
        try await Scene.with { scene in
            let operating = try await scene.peer(.operating)
            for _ in 1...3 { try await scene.ok(operating, "clock.advance", ["seconds": 3600], key: "an hour") }
            #expect(scene.now - SceneData.start < .minutes(70))
        }
    }

    @Test func `moves of several daemons add up, and each hears of them`() async throws {
        try await Scene.with { first in
            try await Scene.with { second in
                let peers = try await [first, second].asyncMap { ($0, try await $0.peer(.operating)) }
                try await withThrowingTaskGroup(of: Void.self) { group in
                    for turn in 0..<10 {
                        let (scene, peer) = peers[turn % 2]
                        group.addTask { try await scene.ok(peer, "clock.advance", ["seconds": 3600]) }
                    }
                    try await group.waitForAll()
                }
                for scene in [first, second] {
                    await eventually("ten hours have passed") {
                        (Instant.Span.hours(10)...(.minutes(610))).contains(scene.now - SceneData.start)
                    }
                }
                // One that comes later has it from the start.
                try await Scene.with(isFollowing: false) { later in
                    #expect(later.now - SceneData.start >= .hours(10))
                }
            }
        }
    }

    @Test func `time cannot be moved in a production world, nor where the configuration does not allow it`()
        async throws
    {
        var settings = MethodSettings.scene
        settings.allowsClockControl = false
        for (settings, world) in [(settings, "test"), (settings, "demo"), (.scene, "production")] {
            try await Scene.with(settings: settings) { scene in
                try await scene.sql("update platform set world = \(world)")
                let operating = try await scene.peer(.operating)
                let before = scene.now
                #expect(await scene.refused(operating, "clock.advance", ["seconds": 86_400]) == ["clock.real"])
                let later: JSON = ["to": "2031-01-01T00:00:00+01:00"]
                #expect(await scene.refused(operating, "clock.set", later) == ["clock.real"])
                #expect(scene.now - before < .hours(1))
            }
        }
    }

    @Test(arguments: SceneData.Person.allCases.filter { $0 != .operating })
    func `only the operator moves time`(person: SceneData.Person) async throws {
        try await Scene.with { scene in
            let peer = try await scene.peer(person)
            #expect(await scene.refused(peer, "clock.advance", ["seconds": 1]) == ["-32004"])
            #expect(await scene.refused(peer, "clock.set", ["to": "2031-01-01T00:00:00+01:00"]) == ["-32004"])
            #expect(await scene.refused(scene.stranger(), "clock.advance", ["seconds": 1]) == ["-32001"])
        }
    }

    @Test func `what is due by then has been done when the clock is answered`() async throws {
        try await Scene.with { scene in
            let holder = Scene.Holder(1)
            let event = try await scene.event(2, points: 10)
            _ = try await scene.checkIn(scene.peer(.librarian), holder, event).get()
            let hold = try await scene.hold(6, of: holder, until: scene.now + .minutes(15))
            try await scene.advance(.minutes(14))
            #expect(try await scene.count("hold_end") == 0)
            try await scene.advance(.minutes(1))
            #expect(try await scene.count("hold_end where hold_id = \(hold) and how = 'expired'") == 1)
            let held = "select held_debit from ledger_account where id = \(holder.account)" as SQL
            #expect(try await scene.value(held) as Int == 0)
            #expect(try scene.verify() == [:])
        }
    }
}
