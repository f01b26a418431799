import CardRules
import JSONRPC
import Postgres
import TestSupport
import Testing

@testable import CardMethods

/// What a pillar shows, by whose word, until when, and why nothing.
@Suite(.scene) struct AssignedEventTests {
    /// This afternoon, and still to come: check-ins from 13:00 to 17:00.
    static let afternoon = SceneDocuments.once("2030-06-03T14:00:00+02:00", "2030-06-03T16:00:00+02:00")
    /// On since 9:30: check-ins to 12:30.
    static let morning = SceneDocuments.once("2030-06-03T09:30:00+02:00", "2030-06-03T11:30:00+02:00")

    @Test func `KIO-02 without anybody's choice it is the event whose start is nearest, until that may change`()
        async throws
    {
        try await Scene.with { scene in
            let device = try await scene.pillar()
            try await scene.event(2, Self.morning)
            try await scene.event(3, Self.afternoon)
            let shown = try await scene.shown(device)
            #expect(shown["event", "id"].string == SceneData.event(2).text)
            #expect(shown["event", "source"] == "automatic")
            #expect(shown["event", "opensAt"] == "2030-06-03T09:30:00+02:00")
            #expect(shown["event", "checkInsUntil"] == "2030-06-03T12:30:00+02:00")
            // The end of the morning, when the one around the clock is the nearer.
            #expect(shown["validUntil"] == "2030-06-03T11:30:00+02:00")
        }
    }

    @Test func `KIO-02 events of other counters are not shown, and those at its place are`() async throws {
        try await Scene.with { scene in
            let device = try await scene.pillar(at: [.museum])
            let nothing = try await scene.shown(device)
            #expect(nothing["event"] == nil && nothing["validUntil"] == nil)
            #expect(nothing["reasons"]?.array?.compactMap { $0["source"]?.string } == ["automatic"])
            let document = SceneDocuments.event(
                2, of: SceneData.Place.elsewhere.organizer, at: SceneData.Place.museum.hall, Self.morning)
            try await scene.ok(scene.peer(.operating), "event.import", ["documents": [document]])
            #expect(try await scene.shown(device)["event", "id"].string == SceneData.event(2).text)
        }
    }

    @Test func `KIO-03 a fixed event beats the counter's choice, which beats the automatic event`() async throws {
        try await Scene.with { scene in
            let device = try await scene.pillar()
            let (chosen, fixed) = (try await scene.event(2, Self.morning), try await scene.event(3))
            let pillar: JSON = ["pillarId": .string(device.pillar.text)]
            let librarian = try await scene.peer(.librarian)
            let choice = pillar.merged(with: ["eventId": .string(chosen.text)])
            try await scene.ok(librarian, "pillar.chooseEvent", choice)
            #expect(try await scene.shown(device)["event", "source"] == "counterChoice")
            try await scene.fix(device, on: fixed)
            let shown = try await scene.shown(device)["event"]
            #expect(shown?["id"]?.string == fixed.text && shown?["source"] == "fixed")
            // The counter may choose, and waits.
            try await scene.ok(librarian, "pillar.chooseEvent", choice)
            #expect(try await scene.shown(device)["event", "source"] == "fixed")
            try await scene.ok(scene.peer(.administrator), "pillar.clearFixedEvent", pillar)
            #expect(try await scene.shown(device)["event", "id"].string == chosen.text)
            try await scene.ok(librarian, "pillar.chooseEvent", pillar)
            #expect(try await scene.shown(device)["event", "source"] == "automatic")
        }
    }

    @Test(arguments: [("strict", nil as String?), ("fallback", SceneData.alwaysOpen.text)])
    func `KIO-04 outside of a fixed event's hours a strict pillar gives none, a lenient one goes on`(
        mode: String, event: String?
    ) async throws {
        try await Scene.with { scene in
            let device = try await scene.pillar(with: ["whenFixedEventEnds": .string(mode)])
            let fixed = try await scene.event(2, Self.afternoon)
            try await scene.fix(device, on: fixed)
            let before = try await scene.shown(device)
            #expect(before["event", "id"].string == event)
            let reason = before["reasons"]?.array?.first
            #expect(reason?["source"] == "fixed" && reason?["eventId"]?.string == fixed.text)
            #expect(reason?["reasons"]?.array?.compactMap { $0["kind"]?.string } == ["checkIn.outsideOpening"])
            #expect(before["nextAt"] == (event == nil ? "2030-06-03T13:00:00+02:00" : nil))
            #expect(before["validUntil"] == "2030-06-03T13:00:00+02:00")
            let checkIn: JSON = ["chipNumber": .string(Scene.Holder(1).chip)]
            let kinds = await scene.refused(device.peer, "pillar.checkIn", checkIn)
            #expect((kinds == ["checkIn.outsideOpening"]) == (event == nil))

            try await scene.move(to: "2030-06-03T13:00:00+02:00")
            #expect(try await scene.shown(device)["event", "id"].string == fixed.text)
            try await scene.move(to: "2030-06-03T17:00:01+02:00")
            let after = try await scene.shown(device)
            #expect(after["event", "id"].string == event)
            #expect(after["nextAt"] == nil)
            #expect(
                after["reasons"]?.array?.first?["reasons"]?.array?.compactMap { $0["kind"]?.string }
                    == ["checkIn.outsideOpening", "event.noFutureOpening"])
        }
    }

    @Test func `KIO-04 an event that is long over still says why, also to a daemon that comes up later`() async throws {
        try await Scene.with { scene in
            let device = try await scene.pillar()
            try await scene.fix(device, on: scene.event(2, Self.afternoon))
            try await scene.move(to: "2030-06-20T10:00:00+02:00")
            try await Scene.with { later in
                let there = try await later.logIn(device.credential, device.pillar)
                let reasons = try await later.shown(there)["reasons"]?.array?.first?["reasons"]?.array
                #expect(
                    reasons?.compactMap { $0["kind"]?.string } == ["checkIn.outsideOpening", "event.noFutureOpening"])
                let seen = try await later.ok(
                    later.peer(.administrator), "pillar.get", ["pillarId": .string(device.pillar.text)])
                #expect(seen["warning", "kind"] == "over")
            }
        }
    }

    @Test func `KIO-05 a fixed event must be known, usable, not over, and of the pillar's counters`() async throws {
        try await Scene.with { scene in
            let device = try await scene.pillar()
            let yesterday = SceneDocuments.once("2030-06-01T10:00:00+02:00", "2030-06-01T12:00:00+02:00")
            try await scene.event(2, of: .museum)
            try await scene.event(3, yesterday)
            let draft = SceneDocuments.event(4, SceneDocuments.always, workflow: "DRAFT")
            let cancelled = SceneDocuments.event(5, SceneDocuments.always).merged(with: [
                "status": ["type": "Unavailable"]
            ])
            try await scene.ok(scene.peer(.operating), "event.import", ["documents": [draft, cancelled]])
            let administrator = try await scene.peer(.administrator)
            for (number, kinds) in [
                (99, ["event.notFound"]), (2, ["pillar.eventNotAcceptable"]), (3, ["event.noFutureOpening"]),
                (4, ["event.notPublished"]), (5, ["event.unavailable"]),
            ] {
                let params: JSON = [
                    "pillarId": .string(device.pillar.text), "eventId": .string(SceneData.event(number).text),
                ]
                #expect(await scene.refused(administrator, "pillar.setFixedEvent", params) == kinds)
                #expect(await scene.refused(try scene.peer(.librarian), "pillar.chooseEvent", params) == kinds)
            }
            #expect(try await scene.shown(device)["event", "source"] == "automatic")
        }
    }

    @Test func `KIO-06 a fixed event that is not there cannot be removed`() async throws {
        try await Scene.with { scene in
            let device = try await scene.pillar()
            let administrator = try await scene.peer(.administrator)
            let pillar: JSON = ["pillarId": .string(device.pillar.text)]
            #expect(await scene.refused(administrator, "pillar.clearFixedEvent", pillar) == ["pillar.noFixedEvent"])
            let unknown: JSON = ["pillarId": .string(PillarID(at: scene.now).text)]
            #expect(await scene.refused(administrator, "pillar.clearFixedEvent", unknown) == ["pillar.notFound"])
            let foreigner = try await scene.peer(.otherAdministrator)
            #expect(await scene.refused(foreigner, "pillar.clearFixedEvent", pillar) == ["pillar.notFound"])
        }
    }

    @Test func `the check-in code is shown only where the switch is on`() async throws {
        try await Scene.with { scene in
            let device = try await scene.pillar()
            #expect(try await scene.shown(device)["event", "checkInCode"] == nil)
            try await scene.ok(
                scene.peer(.administrator), "pillar.update",
                ["pillarId": .string(device.pillar.text), "showsCheckInCode": true])
            let code: String = try await scene.value("select check_in_code from event")
            #expect(try await scene.shown(device)["event", "checkInCode"].string == code)
        }
    }

    @Test func `candidateEvents ranks what the automatic choice looks at, with the reasons against each`() async throws
    {
        try await Scene.with { scene in
            let device = try await scene.pillar()
            try await scene.event(2, Self.morning)
            try await scene.event(3, Self.afternoon)
            try await scene.event(4, of: .museum)
            for person in [SceneData.Person.librarian, .administrator, .operating] {
                let asker = try await scene.peer(person)
                let began = try #require(Instant(text: "2030-06-03T09:30:00+02:00"))
                let before = (scene.now - began).microseconds / 1_000_000
                let answer = try await scene.ok(
                    asker, "pillar.candidateEvents", ["pillarId": .string(device.pillar.text)])
                let after = (scene.now - began).microseconds / 1_000_000
                let candidates = try #require(answer["candidates"]?.array)
                #expect(candidates.map { $0["eventId"]?.string } == [2, 1, 3].map { SceneData.event($0).text })
                #expect(candidates.map { $0["takesCheckIns"] } == [true, true, false])
                #expect(before >= 1800 && (before...after).contains(candidates[0]["distanceSeconds"]?.integer ?? 0))
                #expect(candidates[2]["nextOpensAt"] == "2030-06-03T13:00:00+02:00")
                #expect(
                    candidates[2]["reasons"]?.array?.compactMap { $0["kind"]?.string } == ["checkIn.outsideOpening"])
            }
            let guide = try await scene.peer(.guide)
            let pillar: JSON = ["pillarId": .string(device.pillar.text)]
            #expect(await scene.refused(guide, "pillar.candidateEvents", pillar) == ["-32004"])
        }
    }
}
