import CardRules
import JSONRPC
import Postgres
import TestSupport
import Testing

@testable import CardMethods

@Suite(.scene) struct OwnRecordTests {
    private static let own = Scene.Holder(1)

    @Test func `UID-02 the own record is found by the login, and nobody else's`() async throws {
        try await Scene.with { scene in
            let peer = try await scene.login(of: Self.own)
            let record = try await scene.ok(peer, "holder.get")
            #expect(record["id"]?.string == Self.own.id.text)
            #expect(record["memberships"]?.array?.count == 1)
            #expect(record["cardNumber"]?.string == Self.own.number)
            let nobody = try await scene.session(scene.account("nobody@example.org"))
            #expect(await scene.refused(nobody, "holder.get") == ["passHolder.notFound"])
            // Administering a card system shows nobody's record as one's own.
            #expect(await scene.refused(try scene.peer(.administrator), "holder.get") == ["passHolder.notFound"])
            let other: JSON = ["passHolderId": .string(Scene.Holder(2).id.text)]
            for method in ["holder.points", "holder.history"] {
                #expect(await scene.refused(peer, method, other) == ["passHolder.notFound"], "\(method)")
            }
        }
    }

    @Test func `UID-02 points, where they came from, and cards are told fully to the person himself`() async throws {
        try await Scene.with { scene in
            let peer = try await scene.login(of: Self.own)
            _ = try await scene.event(7, of: .elsewhere, points: 3)
            _ = try await scene.checkIn(scene.peer(.librarian), Self.own).get()
            _ = try await scene.checkIn(scene.peer(.clerkElsewhere), Self.own, SceneData.event(7)).get()
            try await scene.spend(2, Self.own)
            let points = try await scene.ok(peer, "holder.points")
            #expect(points["points"] == 2 && points["pointsOwed"] == 0)
            let history = try await scene.ok(peer, "holder.history")["items"]!.array!
            #expect(history.map { $0["points"]?.integer } == [-2, 3, 1])
            #expect(history.map { $0["isElsewhere"] } == [false, false, false])
            #expect(history.map { $0["cardNumber"]?.string } == [nil, Self.own.number, Self.own.number])
            #expect(history[1]["eventId"]?.string == SceneData.event(7).text && history[1]["eventName"] != nil)
            try await scene.ok(
                scene.peer(.librarian), "card.block", ["cardNumber": .string(Self.own.number), "reason": "lost"])
            let cards = try await scene.ok(peer, "holder.cards")["items"]!.array!
            #expect(cards.map { $0["card", "cardNumber"].string } == [Self.own.number])
            #expect(cards[0]["card", "status"] == "blocked" && cards[0]["isCurrent"] == true)
        }
    }

    @Test func `a login shows no row of others, whatever is asked of the tables`() async throws {
        try await Scene.with { scene in
            let own = Self.own.id
            let rows = try await scene.services.database.transaction(
                opening: ["select set_config('ksbd.holder', \(own.text), true)"]
            ) { transaction in
                try (["pass_holder", "membership", "card", "check_in"] as [SQL]).map {
                    try transaction.query("select count(*) from \(fragment: $0)")[0][0] as Int
                }
            }
            #expect(rows == [1, 1, 1, 0])
        }
    }
}
