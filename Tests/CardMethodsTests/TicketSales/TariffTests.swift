import CardRules
import JSONRPC
import Postgres
import TestSupport
import Testing

@testable import CardMethods

@Suite(.scene) struct TariffTests {
    @Test func `TAR-04 TAR-05 TAR-13 each price of the event has its tariff, and nothing is reserved`() async throws {
        try await Scene.with { scene in
            try await scene.ticketWorld(limit: Scene.limit(1, per: .week))
            let librarian = try await scene.peer(.librarian)
            let card = Scene.Holder(1).number
            for _ in 0..<2 {
                let answer = try await scene.tariffs(librarian, card).get()
                #expect(answer["prices"]?.array?.map { $0["regularPriceCents"]?.integer } == [1000, 500])
                #expect(
                    Scene.offers(answer) == "OPPORTUNITY 200" && Scene.offers(answer, price: 1) == "OPPORTUNITY 100")
                #expect(answer["prices"]?.array?[0]["priceClass", "nl"].string == "Basis")
                #expect(answer["hasChoice"]?.bool == true)
            }
            let other = try await scene.tariffs(librarian, card, ["regularPricesCents": [310]]).get()
            #expect(Scene.offers(other) == "OPPORTUNITY 62")
            #expect(other["prices"]?.array?[0]["isOffList"]?.bool == true)
            let named = try await scene.tariffs(librarian, card, ["priceClasses": ["Student"]]).get()
            #expect(Scene.offers(named) == "OPPORTUNITY 100")
            #expect(
                await scene.tariffs(librarian, card, ["priceClasses": ["Senior"]]).kinds == ["event.priceClassUnknown"])
        }
    }

    @Test func `TAR-01 TAR-09 TAR-10 GEN-07 who is asked for, and who may ask`() async throws {
        try await Scene.with { scene in
            try await scene.ticketWorld()
            let (librarian, guide) = (try await scene.peer(.librarian), try await scene.peer(.guide))
            let none = try await scene.tariffs(librarian, Scene.Holder(4).number).get()
            #expect(Scene.offers(none) == "" && Scene.messages(none) == ["This pass holder has no opportunity status."])
            let coupon = try await scene.tariffs(librarian, Scene.Holder(1).number, ["type": "coupon"]).get()
            #expect(Scene.messages(coupon) == ["There is no coupon for this pass here."])
            let group = try await scene.tariffs(librarian, SceneData.groupCard).get()
            #expect(group["prices"]?.array?[0]["available"]?.array?[0]["remaining"]?.integer == 20)
            #expect(await scene.tariffs(librarian, SceneData.stockCard).kinds == ["card.notActive"])
            // PER-04: the museum does not organize it, the administrator stands over its card system.
            #expect(await scene.tariffs(guide, Scene.Holder(1).number).kinds == ["-32004"])
            let administrator = try await scene.peer(.administrator)
            #expect(
                try await Scene.offers(scene.tariffs(administrator, Scene.Holder(1).number).get()) == "OPPORTUNITY 200")
            let other = try await scene.peer(.otherAdministrator)
            #expect(await scene.tariffs(other, Scene.Holder(1).number).kinds == ["-32004"])
            #expect(
                await scene.tariffs(librarian, Scene.Holder(1).number, event: SceneData.event(77)).kinds
                    == ["event.notFound"])
        }
    }

    @Test func `TAR-08 the maximum price of a card system, and an expired status`() async throws {
        try await Scene.with { scene in
            try await scene.ticketWorld()
            let librarian = try await scene.peer(.librarian)
            let card = Scene.Holder(1).number
            try await scene.sql(
                "update card_system set opportunity_price_maximum_cents = 999 where id = \(SceneData.here)")
            let above = try await scene.tariffs(librarian, card).get()
            #expect(Scene.offers(above) == "" && Scene.offers(above, price: 1) == "OPPORTUNITY 100")
            #expect(Scene.messages(above) == ["There is no opportunity tariff above a regular price of € 9,99."])
            try await scene.entitle(1, until: CivilDate(year: 2030, month: 5, day: 4)!)
            #expect(try await Scene.offers(scene.tariffs(librarian, card).get(), price: 1) == "OPPORTUNITY 100")
            try await scene.entitle(1, until: CivilDate(year: 2030, month: 5, day: 3)!)
            #expect(await scene.tariffs(librarian, card).kinds == ["opportunityStatus.expired"])
            #expect(try await Scene.offers(scene.tariffs(librarian, card, ["type": "coupon"]).get()) == "")
        }
    }

    @Test func `a tariff is told as of a past or a future instant`() async throws {
        try await Scene.with { scene in
            try await scene.ticketWorld(limit: Scene.limit(1, per: .week))
            try await scene.advance(.hours(3))
            let librarian = try await scene.peer(.librarian)
            _ = try await scene.sell(librarian, Scene.item(1)).get()
            let card = Scene.Holder(1).number
            #expect(try await Scene.offers(scene.tariffs(librarian, card).get()) == "")
            let before = JSON.string((scene.now - .hours(2)).text)
            #expect(try await Scene.offers(scene.tariffs(librarian, card, ["at": before]).get()) == "OPPORTUNITY 200")
            let nextWeek = JSON.string((scene.now + .days(7)).text)
            #expect(try await Scene.offers(scene.tariffs(librarian, card, ["at": nextWeek]).get()) == "OPPORTUNITY 200")
            let nextYear = JSON.string((scene.now + .days(400)).text)
            #expect(await scene.tariffs(librarian, card, ["at": nextYear]).kinds == ["opportunityStatus.expired"])
        }
    }

    @Test func `a tariff of the past sees the status as its changes had left it then`() async throws {
        try await Scene.with { scene in
            try await scene.ticketWorld(entitled: [5])
            try await scene.entitle(6, until: CivilDate(year: 2030, month: 4, day: 1)!)
            let (librarian, administrator) = (try await scene.peer(.librarian), try await scene.peer(.administrator))
            let begin = scene.now
            func change(_ method: String, _ holder: Int, _ more: JSON) async throws {
                try await scene.advance(.hours(1))
                let named: JSON = [
                    "cardSystemId": .string(SceneData.here.text),
                    "passHolderId": .string(Scene.Holder(holder).id.text),
                ]
                try await scene.ok(administrator, "opportunity.\(method)", named.merged(with: more))
            }
            try await change("suspend", 5, ["until": "2030-07-01", "reason": "lent"])
            try await change("resume", 5, [:])
            try await change("extend", 6, ["endDate": "2031-04-30"])
            try await scene.advance(.hours(1))
            func answers(_ holder: Int) async -> [String] {
                await [30, 90, 150, 210].asyncMap { minutes in
                    let at: JSON = ["at": .string((begin + .minutes(minutes)).text)]
                    let answer = await scene.tariffs(librarian, Scene.Holder(holder).number, at)
                    guard case .success(let tariffs) = answer else { return answer.kinds.joined() }
                    return Scene.offers(tariffs)
                }
            }
            let (offered, expired) = ("OPPORTUNITY 200", "opportunityStatus.expired")
            #expect(await answers(5) == [offered, "opportunityStatus.suspended", offered, offered])
            #expect(await answers(6) == [expired, expired, expired, offered])
        }
    }

    @Test func `explain tells every rule, its limit, what is used and when again, in three languages`() async throws {
        try await Scene.with { scene in
            try await scene.ticketWorld(limit: Scene.limit(1, per: .week))
            let librarian = try await scene.peer(.librarian)
            _ = try await scene.sell(librarian, Scene.item(1)).get()
            let answer = try await scene.tariffs(librarian, Scene.Holder(1).number, ["explain": true]).get()
            let rules = answer["prices"]?.array?[0]["rulesTried"]?.array ?? []
            let limit = try #require(rules.first { $0["rule"]?.string == "eventLimit" })
            #expect(limit["holds"]?.bool == false && limit["limit", "used"].integer == 1)
            #expect(limit["nextPossibleAt"]?.string == "2030-06-10T00:00:00+02:00")
            #expect(limit["text", "nl"].string?.contains("1 van 1 per week") == true)
            #expect(
                answer["maximumReached"]?.bool == true && answer["prices"]?.array?[0]["lowestAvailableCents"] == nil)
            #expect(rules.contains { $0["rule"]?.string == "distributionKey" && $0["holds"]?.bool == true })
        }
    }

    @Test func `TAR-11 a static tariff is for somebody with a status who lives in the region`() async throws {
        try await Scene.with { scene in
            try await scene.ticketWorld(entitled: [])
            let librarian = try await scene.peer(.librarian)
            let event = JSON.string(Scene.concert.text)
            let answer = try await scene.ok(
                librarian, "tariff.static", ["eventId": event, "regularPricesCents": [310, 2000]])
            #expect(answer["prices"]?.array?.map { $0["tariff", "priceCents"].integer } == [62, 400])
            try await scene.sql(
                "update card_system set opportunity_price_maximum_cents = 1 where id = \(SceneData.here)")
            #expect(await scene.refused(librarian, "tariff.static", ["eventId": event]) == ["tariff.notAvailable"])
        }
    }
}
