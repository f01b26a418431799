import CardRules
import JSONRPC
import Postgres
import TestSupport
import Testing

@testable import CardMethods

/// Limits that come and go, reservations that nobody swept, and tariffs of another card system than the counter's own.
@Suite(.scene) struct TicketLimitTests {
    @Test func `a counter takes back what it sold at the tariff of another card system that its event takes`()
        async throws
    {
        try await Scene.with { scene in
            try await scene.ticketWorld()
            try await scene.sql(
                """
                insert into counter_card_system (counter_id, card_system_id)
                values (\(SceneData.Place.library.counter), \(SceneData.there))
                """,
                """
                insert into counter_permission_group (counter_id, card_system_id, permission_group_id)
                values (\(SceneData.Place.library.counter), \(SceneData.there), \(SceneData.there))
                """)
            try await scene.services.directory.reload()
            try await scene.key(2, in: SceneData.there, pays: 10)
            try await scene.entitle(41)
            let librarian = try await scene.peer(.librarian)
            let kept = try await scene.reserve(librarian, Scene.item(41)).get()["sales"]!.array![0]
            #expect(kept["cardSystemId"]?.string == SceneData.there.text)
            for method in ["ticketSale.confirm", "ticketSale.cancel"] {
                try await scene.ok(librarian, method, ["ticketSaleIds": [kept["id"]!]])
            }
            let trail: SQL = "audit where method = 'ticketSale.cancel' and card_system_id = \(SceneData.there)"
            #expect(try await scene.count(trail) == 1)
            #expect(try scene.verify() == [:])
        }
    }

    @Test func `COU-05 what was counted for a limit that was dropped is not counted when there is one again`()
        async throws
    {
        try await Scene.with { scene in
            try await scene.ticketWorld()
            let tariff = try await scene.plainCoupon(event: "1/week", total: "1/year")
            let id: CouponID = try await scene.value("select id from coupon")
            let (librarian, administrator) = (try await scene.peer(.librarian), try await scene.peer(.administrator))
            let sold = try await scene.sell(librarian, Scene.item(1, tariff: tariff)).get()["sales"]!.array![0]
            let named: JSON = ["couponId": .string(id.text)]
            try await scene.ok(
                administrator, "coupon.update", named.merged(with: ["totalLimit": nil, "eventLimit": nil]))
            #expect(try scene.verify() == [:])
            try await scene.ok(librarian, "ticketSale.cancel", ["ticketSaleIds": [sold["id"]!]])
            let limits: JSON = [
                "totalLimit": Scene.limit(1, per: .year), "eventLimit": Scene.limit(1, per: .week),
            ]
            try await scene.ok(administrator, "coupon.update", named.merged(with: limits))
            _ = try await scene.sell(librarian, Scene.item(2, tariff: tariff)).get()
            #expect(
                await scene.sell(librarian, Scene.item(3, tariff: tariff)).kinds == ["limit.reached", "limit.reached"])
            #expect(try scene.verify() == [:])
        }
    }

    @Test func `TS-15 as of then a counter has the limit that it had, though it has none now`() async throws {
        try await Scene.with { scene in
            try await scene.ticketWorld()
            let (librarian, administrator) = (try await scene.peer(.librarian), try await scene.peer(.administrator))
            let counter: JSON = ["counterId": .string(SceneData.Place.library.counter.text)]
            try await scene.ok(
                administrator, "counter.setTicketLimit", counter.merged(with: ["limit": Scene.limit(1, per: .week)]))
            _ = try await scene.sell(librarian, Scene.item(1)).get()
            let card = Scene.Holder(1).number
            let then = try await scene.tariffs(librarian, card).get()
            #expect(Scene.offers(then) == "" && then["maximumReached"] == true)
            try await scene.advance(.days(1))
            try await scene.ok(administrator, "counter.setTicketLimit", counter.merged(with: ["limit": nil]))
            #expect(try await Scene.offers(scene.tariffs(librarian, card).get()) == "OPPORTUNITY 200")
            #expect(try await scene.tariffs(librarian, card, ["at": then["at"]!]).get() == then)
        }
    }

    @Test func `GRP-03 a group's tickets that were reserved are offered again once they lapse, swept or not`()
        async throws
    {
        try await Scene.with { scene in
            try await scene.ticketWorld()
            let librarian = try await scene.peer(.librarian)
            _ = try await scene.reserve(librarian, Scene.item(SceneData.groupCard, ["quantity": 19])).get()
            let then = try await scene.tariffs(librarian, SceneData.groupCard).get()
            try await scene.leap(.minutes(16))
            func remaining(_ more: JSON = [:]) async throws -> Int64? {
                try await scene.tariffs(librarian, SceneData.groupCard, more).get()["prices"]?.array?[0]["available"]?
                    .array?[0]["remaining"]?.integer
            }
            #expect(try await remaining() == 20)
            try await scene.advance(.minutes(16))
            #expect(try await remaining() == 20)
            #expect(try await scene.tariffs(librarian, SceneData.groupCard, ["at": then["at"]!]).get() == then)
            // It had lapsed by then, and was swept later.
            #expect(try await remaining(["at": .string((scene.now - .minutes(15)).text)]) == 20)
        }
    }
}
