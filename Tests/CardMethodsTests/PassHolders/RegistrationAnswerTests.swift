import CardRules
import JSONRPC
import TestSupport
import Testing

@testable import CardMethods

/// What a counter is told when it registers somebody.
@Suite(.scene) struct RegistrationAnswerTests {
    private static func register(_ who: SceneData.Person, _ changes: JSON, _ scene: Scene) async throws -> [JSON] {
        let person = RefusalScriptRun.person.merged(with: ["cardSystemId": .string(who.cardSystem.text)])
        let answer = await scene.call(try scene.peer(who), "passHolder.register", person.merged(with: changes))
        switch answer {
        case .success(let made): return [made]
        case .failure(let error):
            return (error.data?["reasons"] ?? error.data?["problems"])?.array ?? []
        }
    }

    @Test func `R-038 who was registered is named, and begins with no points`() async throws {
        try await Scene.with { scene in
            let made = try await Self.register(.librarian, [:], scene)[0]
            #expect(made["points"] == 0 && made["cardNumber"]?.string?.count == 13)
            let holder = try await scene.ok(
                scene.peer(.librarian), "passHolder.get", ["passHolderId": made["passHolderId"]!])
            #expect(holder["cardNumber"] == made["cardNumber"])
        }
    }

    @Test func `R-031 an INSZ that is used tells the cards in own card systems, and nothing of others`() async throws {
        try await Scene.with { scene in
            let made = try await Self.register(.librarian, [:], scene)[0]
            let own = try await Self.register(.librarian, [:], scene)
            #expect(own.map { $0["kind"] } == ["insz.alreadyUsed"] && own[0]["pointer"] == "/insz")
            let card: JSON = [
                "cardSystemId": .string(SceneData.here.text), "cardNumber": made["cardNumber"]!, "status": "active",
            ]
            #expect(own[0]["cards"] == [card])
            let foreign = try await Self.register(.clerkElsewhere, [:], scene)
            #expect(foreign.map { $0["kind"] } == ["insz.alreadyUsed"] && foreign[0]["cards"] == nil)
            // It told that somebody has the number, so the person can ask who asked.
            let reads = try await scene.ok(
                scene.peer(.administrator), "passHolder.inszReads", ["passHolderId": made["passHolderId"]!])
            #expect(reads["items"]?.array?.map { $0["kind"] } == ["status", "status"])
            #expect(reads["items"]?.array?.map { $0["isElsewhere"] } == [true, false])
        }
    }

    @Test func `R-019 R-030 a card that is used tells its status`() async throws {
        try await Scene.with { scene in
            let card: JSON = ["cardType": "nfcCard", "cardNumber": .string(Scene.Holder(1).number)]
            let reasons = try await Self.register(.librarian, card, scene)
            #expect(reasons.map { $0["kind"] } == ["card.notInLocalStock", "card.notAtCounter"])
            #expect(reasons[0]["status"] == "active" && reasons[0]["pointer"] == "/cardNumber", "R-040")
        }
    }

    @Test(
        arguments: [
            (["name": nil], "/name"), (["dateOfBirth": "1985-02-30"], "/dateOfBirth"),
            (["opportunity": ["endDate": "30/4/2031"]], "/opportunity/endDate"),
            (["address": ["city": "Eeklo", "country": "BE"]], "/address/postalCode"), (["nickname": "Bo"], "/nickname"),
            (["email": "an@"], "/email"), (["cardType": nil], "/cardType"),
        ] as [(JSON, String)])
    func `R-028 R-032 R-033 R-173 what is missing, malformed or unknown is told by path`(
        changes: JSON, pointer: String
    ) async throws {
        try await Scene.with { scene in
            let problems = try await Self.register(.librarian, changes, scene)
            #expect(problems.map { $0["pointer"]?.string } == [pointer])
        }
    }
}
