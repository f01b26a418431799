import CardRules
import JSONRPC
import Postgres
import TestSupport
import Testing

@testable import CardMethods

@Suite(.scene) struct AuditTests {
    private static let here: JSON = ["cardSystemId": .string(SceneData.here.text)]

    private static func trail(_ scene: Scene, _ person: SceneData.Person, _ params: JSON = here) async throws -> [JSON]
    {
        try await scene.ok(scene.peer(person), "audit.list", params)["items"]?.array ?? []
    }

    @Test func `GEN-03 what is done and what is refused is written down, with who, where and on what`() async throws {
        try await Scene.with { scene in
            let librarian = try await scene.peer(.librarian)
            let number: JSON = .string(Scene.Holder(1).number)
            let blocking: JSON = ["cardNumber": number, "reason": "lost"]
            try await scene.ok(librarian, "card.block", blocking)
            #expect(await scene.refused(librarian, "card.block", blocking) == ["card.blocked"])
            let rows = try await Self.trail(scene, .administrator)
            #expect(rows.prefix(2).map { $0["method"] } == ["card.block", "card.block"])
            #expect(rows.prefix(2).map { $0["outcome"] } == ["card.blocked", "done"])
            let done = rows[1]
            #expect(done["actorId"]?.string == SceneData.Person.librarian.account.text)
            #expect(done["counterId"]?.string == SceneData.Place.library.counter.text)
            #expect(done["objectId"]?.string == Scene.Holder(1).card.text)
            #expect(done["details", "reason"] == "lost")
            #expect(try scene.verify() == [:])
        }
    }

    @Test func `a card system's trail is its own`() async throws {
        try await Scene.with { scene in
            let clerk = try await scene.peer(.clerkElsewhere)
            try await scene.ok(
                clerk, "card.block", ["cardNumber": .string(Scene.Holder(45).number), "reason": "lost"])
            #expect(try await Self.trail(scene, .administrator).isEmpty)
            let there: JSON = ["cardSystemId": .string(SceneData.there.text)]
            #expect(try await Self.trail(scene, .otherAdministrator, there).count == 1)
            #expect(
                await scene.refused(try await scene.peer(.administrator), "audit.list", there) == ["-32004"])
        }
    }

    @Test func `no personal value comes into the trail or the stored answers`() async throws {
        try await Scene.with { scene in
            let administrator = try await scene.peer(.administrator)
            let person: JSON = [
                "cardSystemId": .string(SceneData.here.text),
                "counterId": .string(SceneData.Place.library.counter.text),
                "name": "Vandeputte", "firstName": "Godelieve", "dateOfBirth": "1985-03-17", "insz": "85031799708",
                "email": "godelieve@example.org", "mobile": "0471234567", "legalTermsPaper": true,
                "address": ["street": "Geheimstraat 7", "postalCode": "9900", "city": "Eeklo"], "cardType": "digital",
            ]
            let holder = try await scene.ok(administrator, "passHolder.register", person)["passHolderId"] ?? .null
            #expect(
                await scene.refused(administrator, "passHolder.register", person)
                    == ["insz.alreadyUsed", "passHolder.likelyDuplicate"])
            try await scene.ok(
                administrator, "passHolder.revealInsz", ["passHolderId": holder, "purpose": "a letter to the ministry"])
            try await scene.ok(administrator, "pass.lookUp", ["insz": "85031799708"])
            let written: String = try await scene.value(
                """
                select (select string_agg(a::text, ' ') from audit a)
                    || (select string_agg(convert_from(reply, 'SQL_ASCII'), ' ') from idempotency where not is_sealed)
                """)
            for value in ["85031799708", "Vandeputte", "Godelieve", "godelieve", "471234567", "Geheimstraat", "1985"] {
                #expect(!written.contains(value), "\(value)")
            }
            #expect(try await scene.count("insz_read where purpose = 'a letter to the ministry'") == 1)
        }
    }
}
