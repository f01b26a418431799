import CardRules
import JSONRPC
import Postgres
import TestSupport
import Testing

@testable import CardMethods

@Suite(.scene) struct TicketSaleTests {
    @Test func `TS-01 TS-02 a sale keeps card, price, label and who pays, and the rest is owed to the organizer`()
        async throws
    {
        try await Scene.with { scene in
            try await scene.ticketWorld()
            let librarian = try await scene.peer(.librarian)
            let answer = try await scene.sell(
                librarian, Scene.item(1, ["regularPriceCents": 1001, "priceLabel": "Voorverkoop"])
            ).get()
            let sale = try #require(answer["sales"]?.array?.first)
            #expect(sale["priceCents"]?.integer == 200 && sale["status"]?.string == "confirmed")
            #expect(sale["cardNumber"]?.string == Scene.Holder(1).number && sale["isOffList"]?.bool == true)
            #expect(sale["priceLabel"]?.string == "Voorverkoop" && sale["tariffName"]?.string == "Key 1")
            #expect(sale["shares"]?.array?.map { $0["cents"]?.integer } == [401, 400])
            #expect(
                sale["shares"]?.array?.map { $0["id"]?.string } == [
                    SceneData.Place.library.counter.text, Scene.eeklo.text,
                ])
            #expect(try await scene.owed() == 400)
            let named = try await scene.sell(librarian, Scene.item(2, ["priceClass": "Student"])).get()
            #expect(named["sales"]?.array?[0]["priceLabel"]?.string == "Student")
            #expect(named["totalCents"]?.integer == 100)
            #expect(try scene.verify() == [:])
        }
    }

    @Test func `TS-03 R-107 one wrong item and nothing is sold; each that is wrong is pointed at`() async throws {
        try await Scene.with { scene in
            try await scene.ticketWorld(limit: Scene.limit(1, per: .week))
            let librarian = try await scene.peer(.librarian)
            _ = try await scene.sell(librarian, Scene.item(2)).get()
            let result = await scene.sell(
                librarian, Scene.item(1), Scene.item(2), Scene.item(4), Scene.item(SceneData.stockCard),
                Scene.item(3, for: SceneData.event(77)))
            guard case .failure(let error) = result else {
                Issue.record("it was sold")
                return
            }
            let reasons = (error.data?["reasons"]?.array ?? []).map {
                "\($0["kind"]!.string!) \($0["pointer"]?.string ?? "-")"
            }
            #expect(
                Set(reasons) == [
                    "limit.reached /tickets/1/tariffId", "tariff.notAvailable /tickets/2/tariffId",
                    "card.notActive /tickets/3/cardNumber", "event.notFound /tickets/4/eventId",
                ])
            #expect(try await scene.count("ticket_sale") == 1)
            let both = try await scene.sell(librarian, Scene.item(1), Scene.item(3)).get()
            #expect(both["sales"]?.array?.count == 2)
        }
    }

    @Test func `TS-05 TS-15 the limits of event and counter both hold, each in its calendar period`() async throws {
        try await Scene.with { scene in
            try await scene.ticketWorld(limit: Scene.limit(1, per: .week))
            try await scene.concert(SceneData.event(3))
            try await scene.sql(
                """
                update counter set ticket_limit_volume = 2, ticket_limit_period = 'month'
                where id = \(SceneData.Place.library.counter)
                """)
            let librarian = try await scene.peer(.librarian)
            _ = try await scene.sell(librarian, Scene.item(1)).get()
            #expect(await scene.sell(librarian, Scene.item(1)).kinds == ["limit.reached"])
            _ = try await scene.sell(librarian, Scene.item(1, for: SceneData.event(3))).get()
            let third = await scene.sell(librarian, Scene.item(1, for: SceneData.event(3)))
            #expect(third.kinds == ["limit.reached"])
            if case .failure(let error) = third {
                #expect(error.data?["reasons"]?.array?[0]["limit"]?.string == "counter")
                #expect(error.data?["reasons"]?.array?[0]["freesAgainAt"]?.string == "2030-07-01T00:00:00+02:00")
            }
            try await scene.move(to: "2030-07-01T12:00:00+02:00")
            _ = try await scene.sell(librarian, Scene.item(1)).get()
        }
    }

    @Test func `TS-04 R-102 R-110 TS-11 a person takes one, a group what is left of its year`() async throws {
        try await Scene.with { scene in
            try await scene.ticketWorld()
            let librarian = try await scene.peer(.librarian)
            #expect(
                await scene.sell(librarian, Scene.item(1, ["quantity": 2])).kinds == ["ticketSale.tooManyTickets"])
            #expect(await scene.sell(librarian, Scene.item(1), Scene.item(1)).kinds == ["ticketSale.tooManyTickets"])
            let group = SceneData.groupCard
            let sold = try await scene.sell(librarian, Scene.item(group, ["quantity": 15])).get()
            #expect(try await scene.groupTickets() == 5)
            #expect(await scene.sell(librarian, Scene.item(group, ["quantity": 6])).kinds == ["limit.reached"])
            #expect(
                await scene.sell(librarian, Scene.item(group, ["quantity": 3]), Scene.item(group, ["quantity": 3]))
                    .kinds
                    == ["limit.reached"])
            _ = try await scene.sell(librarian, Scene.item(group, ["quantity": 5])).get()
            #expect(try await scene.groupTickets() == 0)
            let ids = JSON.array(sold["sales"]!.array!.prefix(2).map { $0["id"]! })
            try await scene.ok(librarian, "ticketSale.cancel", ["ticketSaleIds": ids])
            #expect(try await scene.groupTickets() == 2)
            #expect(try scene.verify() == [:])
        }
    }

    @Test func `R-100 PER-04 TS-07 what is not sold: free events, others' events, blocked cards`() async throws {
        try await Scene.with { scene in
            try await scene.ticketWorld()
            try await scene.concert(SceneData.event(3), prices: ["Basis": 0])
            let (librarian, guide) = (try await scene.peer(.librarian), try await scene.peer(.guide))
            #expect(await scene.sell(librarian, Scene.item(1, for: SceneData.event(3))).kinds == ["event.free"])
            #expect(await scene.sell(guide, Scene.item(1)).kinds == ["-32004"])
            try await scene.sql("update card set status = 'blocked' where id = \(Scene.Holder(1).card)")
            #expect(await scene.sell(librarian, Scene.item(1)).kinds == ["card.blocked"])
            try await scene.sql(
                """
                update membership set opportunity_suspended_until = '2030-06-30'
                where holder_id = \(Scene.Holder(2).id)
                """
            )
            #expect(await scene.sell(librarian, Scene.item(2)).kinds == ["opportunityStatus.suspended"])
            #expect(
                await scene.sell(librarian, Scene.item(3, ["priceCents": 100])).kinds == ["ticketSale.priceChanged"])
            _ = try await scene.sell(librarian, Scene.item(3, ["priceCents": 200])).get()
        }
    }

    @Test func `TS-08 a reservation counts until it lapses, by the clock, and is confirmed once`() async throws {
        try await Scene.with { scene in
            try await scene.ticketWorld(limit: Scene.limit(1, per: .absolute))
            let librarian = try await scene.peer(.librarian)
            let held = try await scene.reserve(
                librarian, Scene.item(1), Scene.item(SceneData.groupCard, ["quantity": 3])
            ).get()
            let ids = JSON.array(held["sales"]!.array!.map { $0["id"]! })
            #expect(held["sales"]?.array?[0]["status"]?.string == "reserved")
            #expect(try await scene.owed() == 0)
            #expect(try await scene.groupTickets() == 17)
            #expect(await scene.sell(librarian, Scene.item(1)).kinds == ["limit.reached"])
            try await scene.ok(librarian, "ticketSale.confirm", ["ticketSaleIds": ids])
            #expect(try await scene.owed() == 4 * 400)
            #expect(
                await scene.refused(librarian, "ticketSale.confirm", ["ticketSaleIds": [ids.array![0]]])
                    == ["ticketSale.notReserved"])
            let second = try await scene.reserve(librarian, Scene.item(2), Scene.item(SceneData.groupCard)).get()
            let late = JSON.array(second["sales"]!.array!.map { $0["id"]! })
            try await scene.advance(.minutes(14))
            #expect(try await scene.groupTickets() == 16)
            try await scene.advance(.minutes(1))
            #expect(try await scene.groupTickets() == 17)
            #expect(
                await scene.refused(librarian, "ticketSale.confirm", ["ticketSaleIds": late])
                    == ["ticketSale.lapsed", "ticketSale.lapsed"])
            _ = try await scene.sell(librarian, Scene.item(2)).get()
            #expect(try scene.verify() == [:])
        }
    }

    @Test func `a reservation that nobody swept yet is free by business time`() async throws {
        try await Scene.with { scene in
            try await scene.ticketWorld(limit: Scene.limit(1, per: .absolute))
            let librarian = try await scene.peer(.librarian)
            _ = try await scene.reserve(librarian, Scene.item(1), Scene.item(SceneData.groupCard, ["quantity": 20]))
                .get()
            try await scene.sql("update ticket_sale set reserved_until = \(scene.now - .seconds(1))")
            #expect(try await Scene.offers(scene.tariffs(librarian, Scene.Holder(1).number).get()) == "OPPORTUNITY 200")
            _ = try await scene.sell(librarian, Scene.item(1), Scene.item(SceneData.groupCard, ["quantity": 20])).get()
            #expect(try await scene.groupTickets() == 0)
            #expect(try scene.verify() == [:])
        }
    }

    @Test func `TS-09 TS-10 R-108 R-109 a cancelled sale frees its places and what was owed, once`() async throws {
        try await Scene.with { scene in
            try await scene.ticketWorld(limit: Scene.limit(1, per: .week))
            let librarian = try await scene.peer(.librarian)
            let sale = try await scene.sell(librarian, Scene.item(1)).get()["sales"]!.array![0]["id"]!
            #expect(try await scene.owed() == 400)
            let cancelled = try await scene.ok(librarian, "ticketSale.cancel", ["ticketSaleIds": [sale]])
            #expect(cancelled["sales"]?.array?[0]["status"]?.string == "cancelled")
            #expect(try await scene.owed() == 0)
            #expect(
                await scene.refused(librarian, "ticketSale.cancel", ["ticketSaleIds": [sale]]) == [
                    "ticketSale.notFound"
                ])
            _ = try await scene.sell(librarian, Scene.item(1)).get()
            #expect(try scene.verify() == [:])
        }
    }

    @Test func `a counter cancels until the quarter is over, an administrator always, with a reason`() async throws {
        try await Scene.with { scene in
            try await scene.ticketWorld()
            let (librarian, administrator) = (try await scene.peer(.librarian), try await scene.peer(.administrator))
            let sales = try await scene.sell(librarian, Scene.item(1), Scene.item(2)).get()["sales"]!.array!.map {
                $0["id"]!
            }
            try await scene.move(to: "2030-06-30T23:59:00+02:00")
            try await scene.ok(librarian, "ticketSale.cancel", ["ticketSaleIds": [sales[0]]])
            try await scene.move(to: "2030-07-01T00:00:00+02:00")
            #expect(
                await scene.refused(librarian, "ticketSale.cancel", ["ticketSaleIds": [sales[1]]])
                    == ["ticketSale.periodClosed"])
            #expect(
                await scene.refused(administrator, "ticketSale.cancel", ["ticketSaleIds": [sales[1]]])
                    == ["ticketSale.reasonNeeded"])
            try await scene.ok(administrator, "ticketSale.cancel", ["ticketSaleIds": [sales[1]], "reason": "error"])
        }
    }

    @Test func `the undo of the undo sells again at the same price, if the places are free`() async throws {
        try await Scene.with { scene in
            try await scene.ticketWorld(limit: Scene.limit(1, per: .week))
            let (librarian, administrator) = (try await scene.peer(.librarian), try await scene.peer(.administrator))
            let sale = try await scene.sell(librarian, Scene.item(1)).get()["sales"]!.array![0]["id"]!
            let restore: JSON = ["ticketSaleId": sale, "reason": "wrong person"]
            #expect(await scene.refused(administrator, "ticketSale.restore", restore) == ["ticketSale.notCancelled"])
            try await scene.ok(librarian, "ticketSale.cancel", ["ticketSaleIds": [sale]])
            let again = try await scene.ok(administrator, "ticketSale.restore", restore)
            #expect(again["status"]?.string == "confirmed" && again["priceCents"]?.integer == 200)
            #expect(try await scene.owed() == 400)
            #expect(await scene.sell(librarian, Scene.item(1)).kinds == ["limit.reached"])
            try await scene.ok(librarian, "ticketSale.cancel", ["ticketSaleIds": [sale]])
            _ = try await scene.sell(librarian, Scene.item(1)).get()
            #expect(await scene.refused(administrator, "ticketSale.restore", restore) == ["limit.reached"])
            #expect(try scene.verify() == [:])
        }
    }

    @Test func `TS-12 TS-13 R-113 R-196 S12 who sees which sales, whose, and their sums`() async throws {
        try await Scene.with { scene in
            try await scene.ticketWorld()
            let (librarian, guide) = (try await scene.peer(.librarian), try await scene.peer(.guide))
            let administrator = try await scene.peer(.administrator)
            _ = try await scene.sell(librarian, Scene.item(1), Scene.item(SceneData.groupCard, ["quantity": 2])).get()
            let event: JSON = ["eventId": .string(Scene.concert.text)]
            let own = try await scene.ok(librarian, "ticketSale.list", event)
            #expect(own["items"]?.array?.count == 3)
            #expect(own["items"]?.array?.compactMap { $0["passHolderId"]?.string } == [Scene.Holder(1).id.text])
            #expect(try await scene.ok(guide, "ticketSale.list", event)["items"]?.array?.count == 0)
            #expect(await scene.refused(librarian, "ticketSale.list") == ["-32602"])
            let all = try await scene.ok(administrator, "ticketSale.list", ["title": "conc", "withTotal": true])
            #expect(all["total"]?.integer == 3)
            let sums = try await scene.ok(administrator, "ticketSale.totals")
            #expect(sums["count"]?.integer == 3 && sums["priceCents"]?.integer == 600)
            #expect(sums["sums"]?.array?[0]["shares"]?.array?.map { $0["cents"]?.integer } == [1200, 1200])
            try await scene.sql(
                "update permission_group set permissions = array_remove(permissions, 'passHolder.read')")
            try await scene.services.directory.reload()
            let again = try await scene.peer(.librarian)
            let hidden = try await scene.ok(again, "ticketSale.list", event)
            #expect(hidden["items"]?.array?.contains { $0["passHolderId"] != nil } == false)
        }
    }
}
