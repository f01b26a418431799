import CardRules
import JSONRPC
import Postgres
import TestSupport
import Testing

@testable import CardMethods

/// What a pillar is told without asking.
@Suite(.scene) struct SubscriptionTests {
    @Test func `a subscription is answered with what is shown now, and tells the same as asking does`() async throws {
        try await Scene.with { scene in
            let device = try await scene.pillar()
            let answer = try await scene.ok(device.peer, "pillar.subscribe")
            #expect(try await scene.shown(device) == answer)
            #expect(answer["event", "id"].string == SceneData.alwaysOpen.text)
            try await scene.fix(device, on: scene.event(2))
            let push = try #require(device.pushes.all.last)
            #expect(push["method"] == "pillar.assignedEventChanged" && push["id"] == nil)
            #expect(try await scene.shown(device) == push["params"])
        }
    }

    @Test func `a push comes when the choice or the event itself changes, and only then`()
        async throws
    {
        try await Scene.with { scene in
            let device = try await scene.pillar()
            let other = try await scene.pillar("CID-002", at: [.museum])
            let fixed = try await scene.event(2)
            for device in [device, other] { try await scene.ok(device.peer, "pillar.subscribe") }
            try await scene.fix(device, on: fixed)
            #expect(device.pushes.events == [fixed.text])
            // A new name, then new points.
            let renamed = SceneDocuments.event(
                2, name: ["nl": "Nieuw"], SceneDocuments.always, modified: "2030-06-02T09:00:00+02:00")
            try await scene.ok(scene.peer(.operating), "event.import", ["documents": [renamed]])
            #expect(device.pushes.all.last?["params", "event", "name", "nl"] == "Nieuw")
            try await scene.settings(of: fixed, points: 7)
            #expect(device.pushes.all.last?["params", "event", "checkInPoints"] == 7)
            #expect(device.pushes.events.count == 3)
            // The switch of another pillar, and an event of another counter.
            try await scene.ok(
                scene.peer(.administrator), "pillar.update",
                ["pillarId": .string(other.pillar.text), "name": "CID-003"])
            #expect(device.pushes.events.count == 3)
            #expect(other.pushes.events == [])
            try await scene.event(3, of: .museum)
            #expect(other.pushes.events == [SceneData.event(3).text])
            #expect(device.pushes.events.count == 3)
        }
    }

    @Test func `a push comes when time changes what is shown`() async throws {
        try await Scene.with { scene in
            let device = try await scene.pillar(at: [.museum])
            let event = try await scene.event(
                2, of: .museum, SceneDocuments.once("2030-06-03T14:00:00+02:00", "2030-06-03T16:00:00+02:00"))
            try await scene.ok(device.peer, "pillar.subscribe")
            try await scene.move(to: "2030-06-03T12:59:00+02:00")
            #expect(device.pushes.events == [])
            try await scene.move(to: "2030-06-03T13:00:00+02:00")
            #expect(device.pushes.events == [event.text])
            try await scene.move(to: "2030-06-03T17:00:01+02:00")
            #expect(device.pushes.events == [event.text, "none"])
        }
    }

    @Test func `a push comes when time runs by itself`() async throws {
        try await Scene.with { scene in
            let device = try await scene.pillar(at: [.museum])
            let event = try await scene.event(
                2, of: .museum, SceneDocuments.once("2030-06-03T14:00:00+02:00", "2030-06-03T16:00:00+02:00"))
            try await scene.move(to: "2030-06-03T12:59:59.300+02:00")
            try await scene.ok(device.peer, "pillar.subscribe")
            await eventually("the event begins") {
                try? await DueWork.run(scene.services)
                return device.pushes.events == [event.text]
            }
        }
    }

    @Test func `a subscription ends with unsubscribing, and with the connection`() async throws {
        try await Scene.with { scene in
            let first = try await scene.pillar()
            let second = try await scene.logIn(first.credential, first.pillar)
            for device in [first, second] { try await scene.ok(device.peer, "pillar.subscribe") }
            #expect(scene.services.subscriptions.count == 2)
            try await scene.ok(first.peer, "pillar.unsubscribe")
            second.pushes.hangUp()
            try await scene.fix(first, on: scene.event(2))
            #expect(first.pushes.events == [] && second.pushes.events == [])
            #expect(scene.services.subscriptions.count == 0)
        }
    }

    @Test func `a connection that cannot be told anything cannot subscribe`() async throws {
        try await Scene.with { scene in
            let device = try await scene.pillar()
            let peer = try await scene.peer(token: device.credential)
            #expect(await scene.call(peer, "pillar.subscribe").kinds == ["-32600"])
        }
    }

    @Test func `of many changes at once the last push is what is shown in the end`() async throws {
        try await Scene.with { scene in
            let device = try await scene.pillar()
            try await scene.ok(device.peer, "pillar.subscribe")
            let events = try await [2, 3, 4, 5].asyncMap { try await scene.event($0) }
            await withTaskGroup(of: Void.self) { group in
                for turn in 0..<24 {
                    group.addTask {
                        do { try await scene.fix(device, on: events[turn % 4]) } catch { Issue.record(error) }
                    }
                    group.addTask { try? await scene.services.directory.reload() }
                }
            }
            let shown = try await scene.shown(device)
            #expect(device.pushes.all.last?["params"] == shown)
        }
    }
}

extension Sequence {
    /// One after the other.
    func asyncMap<Result>(_ body: (Element) async throws -> Result) async rethrows -> [Result] {
        var results: [Result] = []
        for element in self { results.append(try await body(element)) }
        return results
    }
}
