import CardRules
import JSONRPC
import Postgres
import TestSupport
import Testing

@testable import CardMethods

@Suite(.scene) struct RedemptionCorrectionTests {
    private static let ann = Scene.Holder(1)

    private static func named(_ redemption: JSON, _ reason: String? = nil) -> JSON {
        let id: JSON = ["redemptionId": redemption["id"]!]
        return reason.map { id.merged(with: ["reason": .string($0)]) } ?? id
    }

    @Test func `ADV-13 R-149 all comes back but the code, and what was undone can be done again`() async throws {
        try await Scene.with { scene in
            let id = try await scene.advantage(
                1,
                with: """
                    units = 1, is_online = true, holder_limit_volume = 1, holder_limit_period = 'day',
                        total_limit_volume = 1, total_limit_period = 'week'
                    """)
            try await scene.codes(["A", "B"], for: id)
            for holder in [1, 2] { try await scene.give(5, .init(holder)) }
            let (librarian, administrator) = (try await scene.peer(.librarian), try await scene.peer(.administrator))
            let taken = try await scene.redeem(librarian, Self.ann).get()
            #expect(
                await scene.redeem(librarian, .init(2)).kinds == ["limit.reached", "advantage.soldOut"])
            let cancelled = try await scene.ok(librarian, "redemption.cancel", Self.named(taken))
            #expect(cancelled["totalPoints"] == 5 && cancelled["redemption", "cancelledAt"] != .null)
            #expect(try await scene.stock() == [0, 1, 0])
            #expect(
                await scene.refused(librarian, "redemption.cancel", Self.named(taken))
                    == ["redemption.alreadyCancelled"])
            // The next gets another code.
            let next = try await scene.redeem(librarian, .init(2)).get()
            #expect(next["code"] == "B")
            let restoring = Self.named(taken, "mistake")
            #expect(
                await scene.refused(administrator, "redemption.restore", restoring) == [
                    "limit.reached", "advantage.soldOut",
                ])
            try await scene.ok(administrator, "redemption.cancel", Self.named(next, "wrong person"))
            let restored = try await scene.ok(administrator, "redemption.restore", restoring)
            #expect(restored["totalPoints"] == 0 && restored["redemption", "code"] == "A")
            #expect(try await scene.stock() == [1, 0, 1])
            #expect(
                await scene.refused(administrator, "redemption.restore", restoring) == ["redemption.notCancelled"])
            #expect(
                await scene.redeem(librarian, Self.ann).kinds.contains("limit.reached"))
            try await scene.ok(administrator, "redemption.cancel", restoring)
            #expect(try await scene.points(Self.ann) == 5)
            #expect(try scene.verify() == [:])
        }
    }

    @Test func `PER-06 a counter cancels its own, an administrator all, with a reason`() async throws {
        try await Scene.with { scene in
            try await scene.advantage()
            try await scene.give(10, Self.ann)
            let librarian = try await scene.peer(.librarian)
            let taken = try await scene.redeem(librarian, Self.ann).get()
            for stranger in [SceneData.Person.guide, .clerkElsewhere, .otherAdministrator] {
                let kinds = try await scene.refused(scene.peer(stranger), "redemption.cancel", Self.named(taken, "x"))
                #expect(kinds == ["redemption.notFound"])
            }
            let administrator = try await scene.peer(.administrator)
            #expect(await scene.refused(administrator, "redemption.cancel", Self.named(taken)) == ["-32602"])
            try await scene.ok(administrator, "redemption.cancel", Self.named(taken, "wrong card"))
            #expect(try await scene.points(Self.ann) == 10)
        }
    }

    @Test func `a restored redemption has its place in the period of then`() async throws {
        try await Scene.with { scene in
            try await scene.advantage(
                1,
                with: "holder_limit_volume = 1, holder_limit_period = 'day', points = 1, exchange_until = '2030-06-03'")
            try await scene.give(5, Self.ann)
            let (librarian, administrator) = (try await scene.peer(.librarian), try await scene.peer(.administrator))
            let first = try await scene.redeem(librarian, Self.ann).get()
            try await scene.ok(librarian, "redemption.cancel", Self.named(first))
            let second = try await scene.redeem(librarian, Self.ann).get()
            try await scene.advance(.days(1))
            let restoring = Self.named(first, "mistake")
            #expect(await scene.refused(administrator, "redemption.restore", restoring) == ["limit.reached"])
            try await scene.ok(administrator, "redemption.cancel", Self.named(second, "mistake"))
            try await scene.ok(administrator, "redemption.restore", restoring)
            #expect(try await scene.points(Self.ann) == 4)
        }
    }

    @Test func `many who cancel and restore at once do each once`() async throws {
        try await Scene.with { scene in
            try await scene.advantage(1, with: "units = 1")
            try await scene.give(5, Self.ann)
            let taken = try await scene.redeem(scene.peer(.librarian), Self.ann).get()
            let administrator = try await scene.peer(.administrator)
            for (method, points) in [("redemption.cancel", 5), ("redemption.restore", 0)] {
                let results = await withTaskGroup(of: Result<JSON, RPCError>.self) { group in
                    for _ in 1...8 {
                        group.addTask { await scene.call(administrator, method, Self.named(taken, "twice")) }
                    }
                    return await group.reduce(into: []) { $0.append($1) }
                }
                #expect(CheckInBatchTests.kinds(results)["done"] == 1)
                #expect(try await scene.points(Self.ann) == points)
            }
            #expect(try scene.verify() == [:])
        }
    }

    @Test func `ADV-19 S13 counters see their own and a named person's, administrators all, with totals`() async throws
    {
        try await Scene.with { scene in
            try await scene.advantage()
            try await scene.advantage(2, .welcome)
            for holder in [1, 2] { try await scene.give(10, .init(holder)) }
            let (librarian, guide) = (try await scene.peer(.librarian), try await scene.peer(.guide))
            let first = try await scene.redeem(librarian, Self.ann).get()
            _ = try await scene.redeem(guide, .init(2)).get()
            _ = try await scene.redeem(guide, Self.ann, Scene.advantage(2)).get()
            let administrator = try await scene.peer(.administrator)
            let elsewhere = try await scene.peer(.otherAdministrator)
            let card: JSON = ["cardNumber": .string(Self.ann.number)]
            let holder: JSON = ["passHolderId": .string(Scene.Holder(2).id.text)]
            for (peer, params, count) in [
                (librarian, [:], 1), (guide, [:], 2), (librarian, card, 2), (librarian, holder, 1),
                (administrator, [:], 3), (administrator, ["type": "welcome"], 1),
                (administrator, ["advantageId": .string(Scene.advantage(1).text)], 2),
                (administrator, ["counterId": .string(SceneData.Place.museum.counter.text)], 2),
                (administrator, ["until": "2030-06-03T10:00:00+02:00"], 0), (elsewhere, [:], 0), (elsewhere, card, 0),
            ] as [(Peer, JSON, Int)] {
                let listed = try await scene.ok(peer, "redemption.list", params.merged(with: ["withTotal": true]))
                #expect(listed["items"]?.array?.count == count && listed["total"]?.integer == Int64(count))
                #expect(try await scene.ok(peer, "redemption.totals", params)["taken"]?.integer == Int64(count))
            }
            let page = try await scene.ok(administrator, "redemption.list", ["limit": 2])
            let rest = try await scene.ok(administrator, "redemption.list", ["cursor": page["nextCursor"]!])
            #expect(rest["items"]?.array?.map { $0["id"]! } == [first["id"]!])
            try await scene.ok(librarian, "redemption.cancel", Self.named(first))
            let totals = try await scene.ok(administrator, "redemption.totals")
            #expect(totals["taken"] == 2 && totals["cancelled"] == 1 && totals["points"] == 5)
            #expect(totals["advantages"]?.array?.count == 2)
        }
    }
}
