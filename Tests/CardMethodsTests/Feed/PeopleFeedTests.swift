import CardRules
import JSONRPC
import Postgres
import TestSupport
import Testing

@testable import CardMethods

/// What is done to a person is heard wherever he or she is a member.
@Suite(.scene) struct PeopleFeedTests {
    private static let here = JSON.string(SceneData.here.text)
    private static let there = JSON.string(SceneData.there.text)
    private static let eeklo: JSON = ["postalCode": "9900", "city": "Eeklo"]
    private static let gent: JSON = ["postalCode": "9000", "city": "Gent"]

    private static func last(_ scene: Scene, _ cardSystem: JSON) async throws -> JSON {
        let who: SceneData.Person = cardSystem == here ? .administrator : .otherAdministrator
        let page = try await scene.ok(
            scene.peer(who), "feed.list", ["cardSystemId": cardSystem, "limit": 500])
        return page["items"]!.array!.last ?? .null
    }

    /// Does something, and gives what both card systems heard last, which must be the same.
    private static func told(
        _ scene: Scene, _ peer: Peer, _ method: String, _ params: JSON
    ) async throws -> (answer: JSON, entry: JSON) {
        let answer = try await scene.ok(peer, method, params)
        let entries = [try await last(scene, here), try await last(scene, there)]
        for entry in entries { #expect(entry["kind"]?.string == method, "\(method)") }
        #expect(entries[0]["objectId"] == entries[1]["objectId"] && entries[0]["details"] == entries[1]["details"])
        return (answer, entries[0])
    }

    private static func join(_ scene: Scene, _ holder: Scene.Holder) async throws {
        let other = holder.cardSystem == SceneData.here ? SceneData.there : SceneData.here
        try await scene.sql(
            """
            insert into membership (id, card_system_id, holder_id, since)
            values (\(ID<Never>(at: scene.now)), \(other), \(holder.id), \(scene.now))
            """)
    }

    @Test func `a merge and its undoing are heard where either record is a member`() async throws {
        try await Scene.with { scene in
            let operating = try await scene.peer(.operating)
            let (kept, merged) = (Scene.Holder(1), Scene.Holder(41))
            let merge = try await Self.told(
                scene, operating, "passHolder.merge",
                ["kept": .string(kept.id.text), "merged": .string(merged.id.text), "reason": "neighbours say so"])
            #expect(merge.entry["objectId"]?.string == kept.id.text)
            #expect(
                merge.entry["details"] == [
                    "mergeId": merge.answer["mergeId"]!, "merged": .string(merged.id.text),
                ])
            let undone = try await Self.told(
                scene, operating, "passHolder.unmerge", ["mergeId": merge.answer["mergeId"]!, "reason": "x"])
            #expect(undone.entry["details"] == merge.entry["details"])
            #expect(try scene.verify() == [:])
        }
    }

    @Test func `memberships, moves and replaced cards are heard in all card systems of the person`() async throws {
        try await Scene.with { scene in
            let librarian = try await scene.peer(.librarian)
            try await scene.ok(
                scene.peer(.administrator), "municipality.add",
                ["cardSystemId": Self.here, "name": "Eeklo", "postalCodes": ["9900"]])
            let member = try await Self.told(
                scene, librarian, "membership.set",
                ["heldCardNumber": .string(Scene.Holder(41).number), "cardSystemId": Self.here, "cardType": "digital"])
            #expect(member.entry["changedFields"] == ["memberships"])
            let replaced = try await Self.told(
                scene, librarian, "card.replace",
                ["cardNumber": member.answer["cardNumber"]!, "reason": "loss", "cardType": "digital"])
            #expect(replaced.entry["objectId"]?.string == Scene.Holder(41).id.text)
            _ = try await Self.told(
                scene, librarian, "passHolder.move",
                [
                    "heldCardNumber": .string(Scene.Holder(42).number), "fromCardSystemId": Self.there,
                    "toCardSystemId": Self.here, "cardType": "digital", "address": Self.eeklo,
                ])
        }
    }

    @Test func `a holder's login and own update, and his removal, are heard in all his card systems`() async throws {
        try await Scene.with { scene in
            let holder = Scene.Holder(1)
            try await Self.join(scene, holder)
            try await scene.sql(
                """
                insert into registration_token (token_hash, holder_id, expires_at)
                values (\(Secret.hash("ksr_X")), \(holder.id), \(scene.soon))
                """)
            let own = try await scene.session(scene.account("ann@example.org"))
            let linked = try await Self.told(scene, own, "holder.link", ["token": "ksr_X"])
            #expect(linked.entry["objectId"]?.string == holder.id.text)
            let id = JSON.string(holder.id.text)
            let update = try await Self.told(
                scene, own, "passHolder.update", ["passHolderId": id, "mobile": "+32471234567"])
            #expect(update.entry["changedFields"] == ["mobile"] && !update.entry.text.contains("3247"))
            _ = try await scene.ok(own, "passHolder.export", ["passHolderId": id])
            #expect(try await Self.last(scene, Self.here)["kind"] == "passHolder.update", "an export is a look")
            let unlinked = try await Self.told(scene, own, "holder.unlink", [:])
            #expect(unlinked.entry["details", "accountId"].string != nil)
            let removed = try await Self.told(
                scene, scene.peer(.administrator), "passHolder.remove", ["passHolderId": id, "reason": "asked for it"])
            #expect(removed.entry["details"] == ["removed": "here", "cardSystemIds": [Self.here]])
            #expect(try scene.verify() == [:])
        }
    }

    @Test func `an administrator's export of somebody's data is a look`() async throws {
        try await Scene.with { scene in
            let before = try await Self.last(scene, Self.here)
            let params: JSON = ["passHolderId": .string(Scene.Holder(1).id.text), "purpose": "asked by letter"]
            try await scene.ok(scene.peer(.administrator), "passHolder.export", params)
            #expect(try await Self.last(scene, Self.here) == before)
        }
    }
}
