import CardRules
import JSONRPC
import Postgres
import TestSupport
import Testing

@testable import CardMethods

@Suite(.scene) struct RedemptionTests {
    private static let ann = Scene.Holder(1)
    private static let one: JSON = ["advantageId": .string(Scene.advantage(1).text)]

    @Test func `ADV-12 points, a unit, a code and a place in both limits are taken, and all is told`() async throws {
        try await Scene.with { scene in
            let id = try await scene.advantage(
                1,
                with: """
                    units = 3, holder_limit_volume = 1, holder_limit_period = 'week', total_limit_volume = 9,
                        total_limit_period = 'day', is_online = true, redeem_link = 'https://b.example'
                    """)
            try await scene.codes(["AAA", "BBB"], for: id)
            try await scene.give(12, Self.ann)
            let librarian = try await scene.peer(.librarian)
            let answer = try await scene.redeem(librarian, Self.ann).get()
            #expect(answer["points"] == 5 && answer["totalPoints"] == 7 && answer["code"] == "AAA")
            #expect(answer["redeemLink"] == "https://b.example" && answer["title", "nl"] == "Drankje")
            #expect(answer["cardNumber"]?.string == Self.ann.number)
            #expect(try await scene.stock() == [1, 1, 1])
            #expect(try await scene.points(Self.ann) == 7)
            #expect(await scene.redeem(librarian, Self.ann).kinds == ["limit.reached"])
            let heard = try await scene.ok(
                scene.peer(.administrator), "feed.list",
                ["cardSystemId": .string(SceneData.here.text), "after": 0, "limit": 500])
            let entry = heard["items"]!.array!.last!
            #expect(entry["kind"] == "advantage.redeem" && entry["objectKind"] == "redemption")
            #expect(entry["objectId"] == answer["id"] && entry["details", "points"] == 5)
            let history = try await scene.ok(
                librarian, "points.history", ["passHolderId": .string(Self.ann.id.text)])["items"]!.array!
            #expect(history[0]["points"] == -5 && history[0]["advantageTitle", "nl"] == "Drankje")
            #expect(try scene.verify() == [:])
        }
    }

    @Test(arguments: [
        ("units = 0", ["advantage.soldOut"]),
        ("status = 'inactive'", ["advantage.notActive"]),
        ("status = 'deleted'", ["advantage.notFound"]),
        ("points = 13", ["points.insufficient"]),
        ("exchange_from = '2030-06-04'", ["advantage.outsideExchangePeriod"]),
        ("exchange_until = '2030-06-02', units = 0", ["advantage.outsideExchangePeriod", "advantage.soldOut"]),
        ("counter_ids = array['00000002-0000-7000-8000-000000000002'::uuid]", ["advantage.notAtCounter"]),
        (
            "all_card_systems = false, card_system_ids = array['00000001-0000-7000-8000-000000000002'::uuid]",
            ["advantage.notAtCounter", "advantage.otherCardSystem"]
        ),
        ("municipality_ids = array['00000001-0000-7000-8000-000000000002'::uuid]", ["advantage.residentsOnly"]),
    ])
    func `ADV-05 ADV-06 ADV-08 ADV-09 ADV-15 each condition refuses, with all others, and takes nothing`(
        columns: String, kinds: [String]
    ) async throws {
        try await Scene.with { scene in
            try await scene.advantage()
            try await scene.raw("update advantage set \(columns)")
            try await scene.give(12, Self.ann)
            let librarian = try await scene.peer(.librarian)
            let card = Self.one.merged(with: ["cardNumber": .string(Self.ann.number)])
            #expect(await scene.refused(librarian, "advantage.redeem", card) == kinds)
            #expect(try await scene.stock() == [0, 0, 0])
            #expect(try await scene.points(Self.ann) == 12)
            if kinds == ["advantage.notFound"] {
                #expect(await scene.refused(librarian, "advantage.redeemStatus", card) == kinds)
            } else {
                let status = try await scene.ok(librarian, "advantage.redeemStatus", card)
                #expect(status["allowed"] == false)
                #expect(status["reasons"]!.array!.map { $0["kind"]!.string! } == kinds)
                #expect(status["reasons"]!.array!.allSatisfy { $0["message", "nl"].string != nil })
            }
        }
    }

    @Test func `ADV-10 the card must be fit: blocked, of a group, in stock, unknown`() async throws {
        try await Scene.with { scene in
            try await scene.advantage()
            let librarian = try await scene.peer(.librarian)
            try await scene.ok(
                scene.peer(.administrator), "card.block", ["cardNumber": .string(Self.ann.number), "reason": "lost"])
            let unknown = CardNumber(prefix: "0900", serial: 999, opportunity: false)!.text
            for (card, kinds) in [
                (Self.ann.number, ["card.blocked", "points.insufficient"]), (SceneData.groupCard, ["card.groupPass"]),
                (SceneData.stockCard, ["card.notActive"]), (unknown, ["card.notFound"]),
            ] {
                let params = Self.one.merged(with: ["cardNumber": .string(card)])
                #expect(await scene.refused(librarian, "advantage.redeem", params) == kinds)
            }
            let nowhere: JSON = ["advantageId": .string(Scene.advantage(9).text), "cardNumber": .string(unknown)]
            #expect(
                await scene.refused(librarian, "advantage.redeem", nowhere) == ["advantage.notFound", "card.notFound"])
            try await scene.raw("update membership set status = 'blocked'")
            let params = Self.one.merged(with: ["cardNumber": .string(Scene.Holder(2).number)])
            #expect(
                await scene.refused(librarian, "advantage.redeem", params) == [
                    "membership.noneActive", "points.insufficient",
                ])
        }
    }

    @Test func `ADV-14 a welcome is for who became a member since, once, for nothing`() async throws {
        try await Scene.with { scene in
            try await scene.advantage(1, .welcome)
            try await scene.advantage(2, .welcome, with: "entered_at = entered_at + interval '1 minute'")
            let librarian = try await scene.peer(.librarian)
            let answer = try await scene.redeem(librarian, Self.ann).get()
            #expect(answer["points"] == 0 && answer["type"] == "welcome")
            #expect(await scene.redeem(librarian, Self.ann).kinds == ["advantage.alreadyTaken"])
            #expect(await scene.redeem(librarian, Self.ann, Scene.advantage(2)).kinds == ["advantage.notGranted"])
            #expect(try await scene.count("transfer") == 0)
            #expect(try scene.verify() == [:])
        }
    }

    @Test func `ADV-07 limits of a holder and of all are of calendar periods, over all card systems`() async throws {
        try await Scene.with { scene in
            try await scene.advantage(
                1, of: SceneData.there,
                with: """
                    holder_limit_volume = 1, holder_limit_period = 'day', total_limit_volume = 2,
                        total_limit_period = 'day', points = 1
                    """)
            let (here, there) = (try await scene.peer(.librarian), try await scene.peer(.clerkElsewhere))
            for index in [1, 2, 41] { try await scene.give(9, .init(index)) }
            #expect(try await scene.redeem(there, Self.ann).get()["totalPoints"] == 8)
            // Another card system's counter knows that.
            #expect(await scene.redeem(here, Self.ann).kinds == ["limit.reached"])
            _ = try await scene.redeem(here, .init(41)).get()
            guard case .failure(let error) = await scene.redeem(there, .init(2)) else {
                Issue.record("more than all may take")
                return
            }
            #expect(error.data?.text.contains(#""limit":"advantage""#) == true)
            try await scene.advance(.days(1))
            _ = try await scene.redeem(here, Self.ann).get()
            #expect(try await scene.stock() == [3, 0, 1])
            // Whose advantage it is hears of those that are taken elsewhere.
            #expect(try await scene.count("audit where method = 'advantage.redeem' and outcome = 'done'") == 5)
            #expect(try scene.verify() == [:])
        }
    }

    @Test func `a counter that is named gives it, wherever it works; an unknown one is like none`() async throws {
        try await Scene.with { scene in
            try await scene.advantage(
                1, of: SceneData.there,
                with: """
                    all_card_systems = false, units = 1,
                        card_system_ids = array['00000001-0000-7000-8000-000000000002'::uuid],
                        counter_ids = array['00000002-0000-7000-8000-000000000001'::uuid]
                    """)
            let librarian = try await scene.peer(.librarian)
            try await scene.give(9, .init(41))
            #expect(try await scene.redeem(librarian, .init(41)).get()["totalPoints"] == 4)
            #expect(try await scene.stock() == [1, 0, 0])
            try await scene.raw("update advantage set status = 'inactive'")
            #expect(await scene.redeem(librarian, .init(41)).kinds == ["advantage.notFound"])
        }
    }

    @Test func `ADV-11 R-150 the question changes nothing, and tells what if there were more points`() async throws {
        try await Scene.with { scene in
            try await scene.advantage()
            try await scene.give(2, Self.ann)
            let librarian = try await scene.peer(.librarian)
            let params = Self.one.merged(with: ["cardNumber": .string(Self.ann.number)])
            let before = try await scene.contents()
            let poor = try await scene.ok(librarian, "advantage.redeemStatus", params)
            #expect(poor["allowed"] == false && poor["totalPoints"] == 2 && poor["points"] == 5)
            let rich = try await scene.ok(librarian, "advantage.redeemStatus", params.merged(with: ["extraPoints": 3]))
            #expect(rich["allowed"] == true)
            #expect(try await scene.contents() == before)
        }
    }

    @Test func `ADV-11 ADV-16 R-150 a holder asks what he could take online, for himself and his family only`()
        async throws
    {
        try await Scene.with { scene in
            try await scene.advantage()
            try await scene.advantage(2, with: "is_online = true")
            try await scene.give(2, Self.ann)
            let ann = try await scene.login(of: Self.ann)
            let two: JSON = ["advantageId": .string(Scene.advantage(2).text)]
            let before = try await scene.contents()
            let poor = try await scene.ok(ann, "holder.redeemStatus", two)
            #expect(poor["allowed"] == false && poor["totalPoints"] == 2 && poor["points"] == 5)
            let reason = try #require(poor["reasons"]?.array?.first)
            #expect(reason["kind"] == "points.insufficient" && reason["details", "missing"] == 3)
            #expect(["nl", "fr", "en"].allSatisfy { reason["message", $0].string?.isEmpty == false })
            let rich = try await scene.ok(ann, "holder.redeemStatus", two.merged(with: ["extraPoints": 3]))
            #expect(rich["allowed"] == true && rich["reasons"] == [])
            let counterOnly = try await scene.ok(ann, "holder.redeemStatus", Self.one)
            #expect(
                counterOnly["reasons"]?.array?.map { $0["kind"] } == ["advantage.notOnline", "points.insufficient"])
            let other = two.merged(with: ["passHolderId": .string(Scene.Holder(2).id.text)])
            #expect(await scene.refused(ann, "holder.redeemStatus", other) == ["passHolder.notFound"])
            #expect(try await scene.contents() == before)
            try await scene.raw("update advantage set status = 'deleted'")
            #expect(await scene.refused(ann, "holder.redeemStatus", two) == ["advantage.notFound"])
        }
    }

    @Test func `ADV-16 S16 a holder takes what is online, for himself and his family only`() async throws {
        try await Scene.with { scene in
            try await scene.advantage()
            try await scene.advantage(2, with: "is_online = true, redeem_link = 'https://b.example'")
            try await scene.give(10, Self.ann)
            let ann = try await scene.login(of: Self.ann)
            #expect(await scene.refused(ann, "holder.redeem", Self.one) == ["advantage.notOnline"])
            let two: JSON = ["advantageId": .string(Scene.advantage(2).text)]
            let answer = try await scene.ok(ann, "holder.redeem", two)
            #expect(answer["redeemLink"] == "https://b.example" && answer["totalPoints"] == 5)
            let other = two.merged(with: ["passHolderId": .string(Scene.Holder(2).id.text)])
            #expect(await scene.refused(ann, "holder.redeem", other) == ["passHolder.notFound"])
            let own = try await scene.ok(ann, "holder.redemptions")["items"]!.array!
            #expect(own.count == 1 && own[0]["counterId"] == nil && own[0]["id"] == answer["id"])
            #expect(try await scene.value("select card_system_id from redemption") as CardSystemID == SceneData.here)
            #expect(try scene.verify() == [:])
        }
    }
}

extension Scene {
    /// A statement that is put together by a test.
    func raw(_ text: String) async throws {
        try await sql(
            "select set_config('ksbd.raw', \(text), true)",
            "do $$ begin execute current_setting('ksbd.raw'); end $$")
    }
}
