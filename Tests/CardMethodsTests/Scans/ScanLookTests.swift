import CardRules
import JSONRPC
import Postgres
import TestSupport
import Testing

@testable import CardMethods

/// What a till shows after a scan, and what the counter does by itself.
@Suite(.scene) struct ScanLookTests {
    @Test func `S20 the pass, its check-in, tariffs and what is due come in one answer, and nothing changes`()
        async throws
    {
        try await Scene.with { scene in
            try await scene.scanWorld()
            try await scene.advantage(2, .welcome)
            try await scene.advantage(3, with: "points = 6")
            try await scene.give(5, .init(1))
            let librarian = try await scene.peer(.librarian)
            let card = Scene.Holder(1).number
            let before = try await scene.contents()
            let seen = try await scene.look(librarian, card).get()
            #expect(try await scene.contents() == before)
            let pass = try await scene.ok(librarian, "pass.lookUp", ["cardNumber": .string(card)])
            #expect(seen["pass"] == pass)
            let event: JSON = ["eventId": .string(Scene.concert.text), "cardNumber": .string(card)]
            let status = try await scene.ok(librarian, "checkIn.status", event)
            #expect(seen["checkIn"] == status && status["newPoints"] == 5)
            let tariffs = try await scene.tariffs(librarian, card).get()
            #expect(Scene.offers(seen["tariffs"]) == "OPPORTUNITY 200")
            #expect(seen["tariffs", "prices"] == tariffs["prices"])
            let due = seen["advantages", "items"].array!.map { $0["advantage", "id"].string! }
            #expect(due == [Scene.advantage(2).text, Scene.advantage(1).text])
            #expect(seen["advantages", "points"] == 5 && seen["automaticCheckIn"] == false)
        }
    }

    @Test func `what cannot be had tells why, and a card that cannot be used is refused`() async throws {
        try await Scene.with { scene in
            try await scene.scanWorld()
            let librarian = try await scene.peer(.librarian)
            let group = try await scene.look(librarian, SceneData.groupCard).get()
            #expect(group["advantageReasons"].array?.map { $0["kind"] } == ["card.groupPass"])
            #expect(group["checkIn", "allowed"] == false && !Scene.offers(group["tariffs"]).isEmpty)
            let alone = try await scene.look(librarian, Scene.Holder(1).number, at: nil).get()
            #expect(alone["checkIn"].isNull && alone["tariffs"].isNull && !alone["advantages"].isNull)
            try await scene.ok(
                scene.peer(.administrator), "opportunity.suspend",
                [
                    "cardSystemId": .string(SceneData.here.text), "passHolderId": .string(Scene.Holder(1).id.text),
                    "until": "2030-07-01", "reason": "moved",
                ])
            let suspended = try await scene.look(librarian, Scene.Holder(1).number).get()
            #expect(suspended["tariffReasons"].array?.map { $0["kind"] } == ["opportunityStatus.suspended"])
            #expect(suspended["checkIn", "allowed"] == true)
            try await scene.ok(
                scene.peer(.administrator), "card.block",
                ["cardNumber": .string(Scene.Holder(1).number), "reason": "lost"])
            #expect(await scene.look(librarian, Scene.Holder(1).number).kinds == ["card.blocked"])
        }
    }

    @Test(arguments: [
        (Permission.checkInWrite, ["advantages", "tariffs"]), (.tariffRead, ["advantages", "checkIn"]),
        (.advantageRedeem, ["checkIn", "tariffs"]),
    ])
    func `GEN-02 what the counter may not do is absent`(permission: Permission, parts: [String]) async throws {
        try await Scene.with { scene in
            try await scene.scanWorld()
            let rest = Permission.allCases.filter { $0 != permission }.map { JSON.string($0.rawValue) }
            try await scene.ok(
                scene.peer(.administrator), "permissionGroup.update",
                ["permissionGroupId": .string(SceneData.here.text), "permissions": .array(rest)])
            let seen = try await scene.look(scene.peer(.librarian), Scene.Holder(1).number).get()
            #expect(["advantages", "checkIn", "tariffs"].filter { !seen[$0].isNull } == parts)
            #expect(seen["tariffReasons"].isNull && seen["advantageReasons"].isNull)
        }
    }

    @Test func `PER-04 TAR-10 of another counter's event there are neither check-in nor tariffs`() async throws {
        try await Scene.with { scene in
            try await scene.scanWorld()
            let seen = try await scene.look(scene.peer(.guide), Scene.Holder(1).number).get()
            #expect(seen["checkIn"].isNull && seen["tariffs"].isNull && !seen["advantages"].isNull)
        }
    }

    @Test func `a counter that is set so checks in by itself, and only where it can`() async throws {
        try await Scene.with { scene in
            try await scene.scanWorld()
            let (librarian, guide) = (try await scene.peer(.librarian), try await scene.peer(.guide))
            func own(_ peer: Peer, at event: EventID? = Scene.concert) async throws -> [String] {
                Scene.outcomes(try await scene.scan(peer, 1, at: event).get())
            }
            #expect(try await own(librarian) == [])
            for place in [SceneData.Place.library, .museum] {
                let counter = try await scene.ok(
                    scene.peer(.administrator), "counter.update",
                    ["counterId": .string(place.counter.text), "automaticCheckIn": true])
                #expect(counter["automaticCheckIn"] == true)
            }
            let seen = try await scene.look(librarian, Scene.Holder(1).number).get()
            #expect(seen["automaticCheckIn"] == true)
            #expect(try await scene.count("check_in") == 0)
            #expect(try await own(librarian, at: nil) == [])
            // Neither organizer nor location of it.
            #expect(try await own(guide) == [])
            #expect(try await own(librarian) == ["checkIn done"])
            #expect(try await own(librarian) == ["checkIn limit.reached"])
            // Whoever says what is to be done gets that.
            let taken = try await scene.scan(librarian, 2, Scene.selling()).get()
            #expect(Scene.outcomes(taken) == ["sell done"])
            #expect(try await scene.count("check_in") == 1)
        }
    }
}
