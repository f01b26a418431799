import CardRules
import JSONRPC
import Logging
import Postgres
import TestSupport
import Testing

@testable import CardMethods

/// The memory of a daemon is what the database has, whoever changed it.
@Suite(.scene) struct DirectoryTests {
    @Test func `what one daemon changes, another shows and pushes`() async throws {
        try await Scene.with { first in
            try await Scene.with { second in
                let device = try await first.pillar()
                // Whose memory has perhaps not heard of the pillar yet.
                let there = try await second.logIn(device.credential, device.pillar)
                try await second.ok(there.peer, "pillar.subscribe")
                let event = try await first.event(2)
                try await first.fix(device, on: event)
                await eventually("the other daemon shows it") {
                    (try? await second.shown(there))?["event", "id"].string == event.text
                }
                #expect(there.pushes.events == [event.text])
                try await second.ok(
                    second.peer(.administrator), "pillar.release", ["pillarId": .string(device.pillar.text)])
                await eventually("the first daemon stops the device") {
                    await first.refused(device.peer, "pillar.assignedEvent") == ["-32001"]
                }
            }
        }
    }

    @Test func `a pillar that was made elsewhere a moment ago is served at once`() async throws {
        try await Scene.with { first in
            try await Scene.with(isFollowing: false) { second in
                let device = try await first.pillar()
                let there = try await second.logIn(device.credential, device.pillar)
                #expect(try await second.shown(there)["event", "id"].string == SceneData.alwaysOpen.text)
            }
        }
    }

    @Test func `when the line of notices breaks, the memory is read anew and right again`() async throws {
        try await Scene.with { scene in
            let device = try await scene.pillar()
            let event = try await scene.event(2)
            // Told to nobody: the line is cut first, and the change is made before it is mended.
            try await scene.sql(
                """
                select pg_terminate_backend(pid, 5000) from pg_stat_activity
                where datname = current_database() and query like 'listen %'
                """,
                "update pillar set fixed_event_id = \(event), version = version + 1 where id = \(device.pillar)")
            await eventually("the fixed event is shown") {
                (try? await scene.shown(device))?["event", "source"] == "fixed"
            }
        }
    }

    @Test func `a notice whose forerunner was missed drops the memory`() async throws {
        try await Scene.with { scene in
            let device = try await scene.pillar()
            let event = try await scene.event(2)
            try await scene.sql(
                "alter table pillar disable trigger told",
                "update pillar set fixed_event_id = \(event), version = version + 1",
                "update platform set change_sequence = change_sequence + 1", "alter table pillar enable trigger told")
            #expect(try await scene.shown(device)["event", "source"] == "automatic")
            // About something else altogether.
            try await scene.settings(of: SceneData.alwaysOpen, points: 2)
            await eventually("the fixed event is shown") {
                (try? await scene.shown(device))?["event", "source"] == "fixed"
            }
        }
    }

    @Test func `changes that come while everything is read anew are not lost`() async throws {
        try await Scene.with { scene in
            let device = try await scene.pillar()
            let events = try await [2, 3].asyncMap { try await scene.event($0) }
            let reloading = Task {
                while !Task.isCancelled {
                    try? await scene.services.directory.reload()
                    try? await scene.services.directory.load(event: events[0])
                }
            }
            for turn in 0..<40 {
                let event = events[turn % 2]
                try await scene.fix(device, on: event)
                #expect(try await scene.shown(device)["event", "id"].string == event.text)
            }
            reloading.cancel()
            await reloading.value
        }
    }

    @Test func `a write is answered when the daemon's own memory has it`() async throws {
        try await Scene.with { scene in
            let device = try await scene.pillar()
            let start = ContinuousClock.now
            for points in 1...20 {
                try await scene.settings(of: SceneData.alwaysOpen, points: points)
                #expect(try await scene.shown(device)["event", "checkInPoints"].integer == Int64(points))
            }
            // Not by the second that is waited for at most.
            #expect(ContinuousClock.now - start < .seconds(15))
        }
    }

    @Test func `counters and card systems in memory are those of the database`() async throws {
        try await Scene.with { scene in
            let device = try await scene.pillar(at: [.museum])
            let event = try await scene.event(
                2, of: .museum, SceneDocuments.once("2030-06-03T12:30:00+02:00", "2030-06-03T13:00:00+02:00"))
            #expect(try await scene.shown(device)["nextAt"] == "2030-06-03T11:30:00+02:00")
            try await scene.ok(
                scene.peer(.administrator), "cardSystem.update",
                ["cardSystemId": .string(SceneData.here.text), "checkInMarginBeforeMinutes": 180])
            #expect(try await scene.shown(device)["event", "id"].string == event.text)
            // The counter is another organizer now.
            try await scene.ok(
                scene.peer(.administrator), "counter.update",
                [
                    "counterId": .string(SceneData.Place.museum.counter.text),
                    "organizerId": .string(SceneData.Place.elsewhere.organizer.text),
                ])
            #expect(try await scene.shown(device)["event"] == nil)
        }
    }
}
