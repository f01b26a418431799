import CardRules
import JSONRPC
import Postgres
import TestSupport
import Testing

@testable import CardMethods

/// What a consumer hears of a card system.
@Suite(.scene) struct FeedTests {
    private static let here: JSON = ["cardSystemId": .string(SceneData.here.text)]
    private static let there: JSON = ["cardSystemId": .string(SceneData.there.text)]

    private static func entries(_ scene: Scene, _ params: JSON = here, by person: SceneData.Person = .administrator)
        async throws -> [JSON]
    {
        try await scene.ok(scene.peer(person), "feed.list", params)["items"].array!
    }

    private static func block(_ scene: Scene, _ holder: Scene.Holder, by person: SceneData.Person = .librarian)
        async throws
    {
        try await scene.ok(
            scene.peer(person), "card.block", ["cardNumber": .string(holder.number), "reason": "lost by her brother"])
    }

    @Test func `a change is told with what it was done to and what it is now, and nothing that somebody typed`()
        async throws
    {
        try await Scene.with { scene in
            try await Self.block(scene, Scene.Holder(1))
            let entry = try #require(try await Self.entries(scene).last)
            #expect(entry["kind"] == "card.block" && entry["objectKind"] == "card")
            #expect(entry["objectId"].string == Scene.Holder(1).card.text)
            #expect(entry["details"] == ["status": "blocked"])
            #expect(!entry.text.contains("brother"))
            try await scene.ok(
                scene.peer(.administrator), "cardSystem.update", Self.here.merged(with: ["website": "https://a.be"]))
            let update = try #require(try await Self.entries(scene).last)
            #expect(update["changedFields"] == ["website"] && update["objectKind"] == "cardSystem")
            #expect(try scene.verify() == [:])
        }
    }

    @Test func `a check-in is told with its event, points, holder and card; its cancellation with the same`()
        async throws
    {
        try await Scene.with { scene in
            let holder = Scene.Holder(2)
            let made = try await scene.checkIn(scene.peer(.librarian), holder).get()
            try await scene.ok(scene.peer(.librarian), "checkIn.cancel", ["checkInId": made["id"]])
            let told = try await Self.entries(scene).suffix(2)
            #expect(told.map { $0["kind"] } == ["checkIn.create", "checkIn.cancel"])
            for entry in told {
                #expect(entry["objectKind"] == "checkIn" && entry["objectId"] == made["id"])
                #expect(
                    entry["details"] == [
                        "eventId": .string(SceneData.alwaysOpen.text), "passHolderId": .string(holder.id.text),
                        "cardId": .string(holder.card.text), "points": 1,
                    ])
            }
        }
    }

    @Test func `what is refused or only looked at is not told, and pages go on past it`() async throws {
        try await Scene.with { scene in
            let before = try await scene.ok(scene.peer(.administrator), "feed.list", Self.here)["nextAfter"].integer!
            let librarian = try await scene.peer(.librarian)
            for _ in 0..<3 { _ = await scene.checkIn(librarian, Scene.Holder(41), SceneData.event(99)) }
            try await scene.ok(
                scene.peer(.administrator), "passHolder.revealInsz",
                ["passHolderId": .string(Scene.Holder(1).id.text), "purpose": "post"])
            try await Self.block(scene, Scene.Holder(3))
            let page = Self.here.merged(with: ["after": .integer(before), "limit": 3])
            let first = try await scene.ok(scene.peer(.administrator), "feed.list", page)
            #expect(first["items"] == [] && first["isCaughtUp"] == false)
            let next = Self.here.merged(with: ["after": first["nextAfter"], "limit": 3])
            let second = try await scene.ok(scene.peer(.administrator), "feed.list", next)
            #expect(second["items"].array!.map { $0["kind"] } == ["card.block"] && second["isCaughtUp"] == true)
        }
    }

    @Test func `a card system hears its own only`() async throws {
        try await Scene.with { scene in
            try await Self.block(scene, Scene.Holder(4))
            try await Self.block(scene, Scene.Holder(45), by: .clerkElsewhere)
            #expect(try await Self.entries(scene).last?["objectId"].string == Scene.Holder(4).card.text)
            let theirs = try await Self.entries(scene, Self.there, by: .otherAdministrator)
            #expect(theirs.last?["objectId"].string == Scene.Holder(45).card.text)
            let administrator = try await scene.peer(.administrator)
            #expect(await scene.refused(administrator, "feed.list", Self.there) == ["-32004"])
            let staying = try await scene.peer(token: SceneData.Person.administrator.token) { _ in true }
            #expect(await scene.refused(staying, "feed.subscribe", Self.there) == ["-32004"])
        }
    }

    @Test func `a place that lies beyond the feed is refused, lest changes be missed unseen`() async throws {
        try await Scene.with { scene in
            let params = Self.here.merged(with: ["after": 1_000_000])
            let administrator = try await scene.peer(.administrator)
            #expect(await scene.refused(administrator, "feed.list", params) == ["-32602"])
        }
    }

    @Test func `whoever else it concerns hears it too, and sees no more than that`() async throws {
        try await Scene.with { scene in
            let caller = try await scene.peer(.administrator).caller
            let method = try #require(scene.dispatcher.methods["cardSystem.update"])
            let scope = try #require(method.declared.access.scope(of: caller))
            let invocation = Invocation(
                declaration: method.declared, params: (["idempotencyKey": "also"] as JSON).object!, caller: caller,
                scope: scope,
                peer: Peer(source: "x", caller: caller), services: scene.services)
            _ = try await scene.dispatcher.perform(invocation) { call in
                call.audit.cardSystem = SceneData.here
                call.audit.also = [SceneData.there]
                call.audit.object(Scene.Holder(1).id)
                let seen = try call.transaction.feedHeads(of: [SceneData.there])
                #expect(seen.isEmpty)
                return Array("{}".utf8)
            }
            for (params, person) in [(Self.here, SceneData.Person.administrator), (Self.there, .otherAdministrator)] {
                let entry = try await Self.entries(scene, params, by: person).last
                #expect(entry?["objectId"].string == Scene.Holder(1).id.text && entry?["objectKind"] == "passHolder")
            }
            #expect(try scene.verify() == [:])
        }
    }

    @Test func `a change to a person is heard wherever he is a member`() async throws {
        try await Scene.with { scene in
            let holder = Scene.Holder(1)
            try await scene.sql(
                """
                insert into membership (id, card_system_id, holder_id, since)
                values (\(ID<Never>(at: scene.now)), \(SceneData.there), \(holder.id), \(scene.now))
                """)
            try await scene.ok(
                scene.peer(.administrator), "passHolder.update",
                ["passHolderId": .string(holder.id.text), "firstName": "Bea"])
            for (params, person) in [(Self.here, SceneData.Person.administrator), (Self.there, .otherAdministrator)] {
                let entry = try #require(try await Self.entries(scene, params, by: person).last)
                #expect(entry["kind"] == "passHolder.update" && entry["changedFields"] == ["firstName"])
                #expect(!entry.text.contains("Bea"))
            }
        }
    }

    @Test func `each method that changes something says what it was done to`() async throws {
        // Counted on what the other suites' regions do: nothing is told without its kind of object or its cards.
        try await Scene.with { scene in
            let region = try await Region(scene)
            try await region.fill(scene, region.authorised, [Region.card(1), Region.card(2)])
            try await scene.ok(region.authorised.clerk, "passHolder.register", region.person())
            let told = try await scene.ok(region.boss, "feed.list", ["cardSystemId": region.cardSystem, "limit": 500])
            let entries = told["items"].array!
            #expect(Set(entries.map { $0["kind"].string! }).isSuperset(of: ["card.handOver", "passHolder.register"]))
            for entry in entries {
                #expect(entry["objectKind"].string != nil || entry["details", "count"].integer != nil, "\(entry.text)")
            }
            let handed = try #require(entries.first { $0["kind"] == "card.receive" })
            #expect(handed["details"] == ["count": 2, "status": "localStock"])
        }
    }
}
