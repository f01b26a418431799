import CardRules
import JSONRPC
import Postgres
import TestSupport
import Testing

@testable import CardMethods

/// Several actions with one card in one call.
@Suite(.scene) struct ScanTests {
    @Test func `actions are done in their order, and answered as their own methods do`() async throws {
        try await Scene.with { scene in
            try await scene.scanWorld()
            let coupon = try await scene.plainCoupon()
            let answer = try await scene.scan(
                scene.peer(.librarian), 1, Scene.checkIn, Scene.selling(), Scene.selling(coupon), Scene.taking()
            ).get()
            #expect(Scene.outcomes(answer) == ["checkIn done", "sell done", "sell done", "redeem done"])
            let made = answer["actions"]!.array!
            #expect(made[0]["checkIn", "newPoints"] == 5 && made[0]["checkIn", "totalPoints"] == 5)
            #expect(made[1]["ticketSale", "totalCents"] == 200 && made[2]["ticketSale", "totalCents"] == 800)
            #expect(made[3]["redemption", "points"] == 5 && made[3]["redemption", "totalPoints"] == 0)
            #expect(try scene.verify() == [:])
        }
    }

    @Test(
        arguments: [
            ([Scene.checkIn, Scene.taking()], ["checkIn done", "redeem done"], []),
            // What gives the points comes too late.
            (
                [Scene.taking(), Scene.checkIn], ["redeem points.insufficient", "checkIn done"],
                ["points.insufficient 0"]
            ),
            (
                [Scene.checkIn, Scene.checkIn, Scene.taking(), Scene.taking()],
                ["checkIn done", "checkIn limit.reached", "redeem done", "redeem points.insufficient"],
                ["limit.reached 1", "points.insufficient 3"]
            ),
            (
                [Scene.selling(), Scene.selling("COUPON_7"), Scene.selling("OPPORTUNITY", ["quantity": 2])],
                ["sell done", "sell coupon.notGranted", "sell ticketSale.tooManyTickets"],
                ["ticketSale.tooManyTickets 2/quantity", "coupon.notGranted 1/tariffId"]
            ),
            (
                [Scene.taking(7), Scene.selling("OPPORTUNITY", ["priceCents": 300])],
                ["redeem advantage.notFound", "sell ticketSale.priceChanged"],
                ["advantage.notFound 0/advantageId", "ticketSale.priceChanged 1/priceCents"]
            ),
        ] as [([JSON], [String], [String])])
    func `each action sees what earlier ones did; together all are done or none, and every reason is told`(
        actions: [JSON], outcomes: [String], refusal: [String]
    ) async throws {
        try await Scene.with { scene in
            try await scene.scanWorld()
            let librarian = try await scene.peer(.librarian)
            let card = Scene.Holder(1).number
            if !refusal.isEmpty {
                let before = try await scene.contents()
                let together = await scene.scan(librarian, card, actions)
                #expect(
                    Set(Scene.pointed(together)) == Set(refusal.map { $0.replacing(" ", with: " /actions/") }))
                #expect(try await scene.contents() == before)
            }
            let each = try await scene.scan(librarian, card, actions, atomic: refusal.isEmpty).get()
            #expect(Scene.outcomes(each) == outcomes)
            let reasons = (each["actions"]?.array ?? []).flatMap { $0["reasons"]?.array ?? [] }
            #expect(
                Set(reasons.map { "\($0["kind"]!.string!) \($0["pointer"]!.string!.dropFirst("/actions/".count))" })
                    == Set(refusal))
            let made: Int = try await scene.value(
                """
                select (select count(*) from check_in) + (select count(*) from ticket_sale)
                    + (select count(*) from redemption)
                """)
            #expect(made == outcomes.count { $0.hasSuffix(" done") })
            #expect(try scene.verify() == [:])
        }
    }

    @Test func `what was made is cancelled like what was made alone, and then nothing is left of it`() async throws {
        try await Scene.with { scene in
            try await scene.scanWorld()
            let coupon = try await scene.plainCoupon(total: "1/absolute")
            let librarian = try await scene.peer(.librarian)
            let scanned = try await scene.scan(
                librarian, 1, Scene.checkIn, Scene.selling(), Scene.selling(coupon), Scene.taking()
            ).get()
            let made = scanned["actions"]!.array!
            try await scene.ok(librarian, "redemption.cancel", ["redemptionId": made[3]["redemption", "id"]])
            try await scene.ok(librarian, "checkIn.cancel", ["checkInId": made[0]["checkIn", "id"]])
            let sales = [made[1], made[2]].map { $0["ticketSale", "sales"].array![0]["id"]! }
            try await scene.ok(librarian, "ticketSale.cancel", ["ticketSaleIds": .array(sales)])
            #expect(try await scene.points(.init(1)) == 0)
            #expect(try await scene.stock() == [0, 0, 0])
            #expect(try await scene.owed() == 0)
            #expect(try scene.verify() == [:])
            let again = try await scene.scan(
                librarian, 1, Scene.checkIn, Scene.selling(), Scene.selling(coupon), Scene.taking()
            ).get()
            #expect(Scene.outcomes(again).allSatisfy { $0.hasSuffix("done") })
        }
    }

    @Test(arguments: [
        (Permission.checkInWrite, Scene.checkIn), (.ticketSaleRegister, Scene.selling()),
        (.advantageRedeem, Scene.taking()),
    ])
    func `GEN-02 each action needs its own permission, or nothing is done`(
        permission: Permission, action: JSON
    ) async throws {
        try await Scene.with { scene in
            try await scene.scanWorld()
            try await scene.give(10, .init(1))
            let others = [Scene.checkIn, Scene.selling(), Scene.taking()].filter { $0 != action }
            let rest = Permission.allCases.filter { $0 != permission }.map { JSON.string($0.rawValue) }
            try await scene.ok(
                scene.peer(.administrator), "permissionGroup.update",
                ["permissionGroupId": .string(SceneData.here.text), "permissions": .array(rest)])
            let librarian = try await scene.peer(.librarian)
            let before = try await scene.contents()
            for atomic in [true, false] {
                let answer = await scene.scan(librarian, Scene.Holder(1).number, others + [action], atomic: atomic)
                #expect(answer.kinds == ["-32004"])
            }
            #expect(try await scene.contents() == before)
            let allowed = try await scene.scan(librarian, Scene.Holder(1).number, others).get()
            #expect(Scene.outcomes(allowed).allSatisfy { $0.hasSuffix("done") })
        }
    }

    @Test func `PER-04 TAR-10 another counter's event is neither checked in for nor sold for`() async throws {
        try await Scene.with { scene in
            try await scene.scanWorld()
            try await scene.give(5, .init(1))
            let guide = try await scene.peer(.guide)
            for action in [Scene.checkIn, Scene.selling()] {
                let answer = await scene.scan(guide, 1, Scene.taking(), action, atomic: false)
                #expect(answer.kinds == ["-32004"])
            }
            #expect(try await scene.stock() == [0, 0, 0])
            let taken = try await scene.scan(guide, 1, Scene.taking()).get()
            #expect(Scene.outcomes(taken) == ["redeem done"])
        }
    }

    @Test func `a card of another card system is used as everywhere, and a card or event of nobody is unknown`()
        async throws
    {
        try await Scene.with { scene in
            try await scene.scanWorld()
            let librarian = try await scene.peer(.librarian)
            let stranger = try await scene.scan(librarian, 45, Scene.checkIn, Scene.taking()).get()
            #expect(Scene.outcomes(stranger) == ["checkIn done", "redeem done"])
            let noCard = CardNumber(prefix: "0900", serial: 999, opportunity: false)!.text
            let nowhere: EventID = ID(high: 1 << 44 | 0x7000, low: 1 << 63 | 5)
            for atomic in [true, false] {
                let answer = await scene.scan(librarian, noCard, [Scene.taking()], at: nowhere, atomic: atomic)
                #expect(Scene.pointed(answer).sorted() == ["card.notFound /cardNumber", "event.notFound /eventId"])
            }
            #expect(Scene.pointed(await scene.look(librarian, noCard, at: nowhere)).count == 2)
        }
    }

    @Test(arguments: [
        (#"{"cardNumber":"CARD","actions":[{"type":"checkIn"}],"atomic":true}"#, ["/eventId"]),
        (#"{"cardNumber":"CARD","actions":[{"type":"redeem"}]}"#, ["/actions/0/advantageId", "/atomic"]),
        (#"{"cardNumber":"CARD","eventId":"E","actions":[{"type":"sell"}],"atomic":true}"#, ["/actions/0/tariffId"]),
        (
            #"{"cardNumber":"CARD","eventId":"E","actions":[{"type":"checkIn","quantity":2}],"atomic":true}"#,
            ["/actions/0/quantity"]
        ),
        (
            #"{"cardNumber":"CARD","eventId":"E","actions":[{"type":"sell","tariffId":"OPPORTUNITY"}],"atomic":true}"#,
            ["/actions/0/regularPriceCents"]
        ),
        (#"{"actions":[{"type":"dance"}],"atomic":1}"#, ["/actions/0/type", "/atomic", "/cardNumber"]),
    ])
    func `what does not fit is told by place`(params: String, pointers: [String]) async throws {
        try await Scene.with { scene in
            let text = params.replacing("CARD", with: Scene.Holder(1).number)
                .replacing("\"E\"", with: "\"\(Scene.concert.text)\"")
            let answer = await scene.call(
                try scene.peer(.librarian), "scan.act", try JSON(parsing: Array(text.utf8)))
            guard case .failure(let error) = answer else {
                Issue.record("it was done")
                return
            }
            let told = error.data?["problems"]?.array ?? error.data?["reasons"]?.array ?? []
            #expect(error.code == -32602)
            #expect(told.compactMap { $0["pointer"]?.string }.sorted() == pointers, "\(error.data?.text ?? "")")
        }
    }

    @Test func `I7 the same key acts once, and other actions under it are refused`() async throws {
        try await Scene.with { scene in
            try await scene.scanWorld()
            let librarian = try await scene.peer(.librarian)
            let first = try await scene.scan(librarian, 1, Scene.checkIn, Scene.taking(), key: "k").get()
            let second = try await scene.scan(librarian, 1, Scene.checkIn, Scene.taking(), key: "k").get()
            #expect(first == second)
            #expect(await scene.scan(librarian, 1, Scene.checkIn, key: "k").kinds == ["-32010"])
            let (checkIns, redemptions) = (try await scene.count("check_in"), try await scene.count("redemption"))
            #expect(checkIns == 1 && redemptions == 1)
            // A refusal is an answer too.
            #expect(await scene.scan(librarian, 1, Scene.taking(), key: "r").kinds == ["points.insufficient"])
            try await scene.give(5, .init(1))
            #expect(await scene.scan(librarian, 1, Scene.taking(), key: "r").kinds == ["points.insufficient"])
        }
    }

    @Test func `one audit row tells all that was made, to all whom it concerns`() async throws {
        try await Scene.with { scene in
            try await scene.scanWorld()
            try await scene.advantage(2, of: SceneData.there)
            try await scene.give(10, .init(1))
            let made = try await scene.scan(
                scene.peer(.librarian), 1, Scene.checkIn, Scene.selling(), Scene.taking(2)
            ).get()["actions"]!.array!
            for (person, cardSystem) in [
                (SceneData.Person.administrator, SceneData.here), (.otherAdministrator, SceneData.there),
            ] {
                let heard = try await scene.ok(
                    scene.peer(person), "feed.list", ["cardSystemId": .string(cardSystem.text), "limit": 500])
                let entries = heard["items"]!.array!.filter { $0["kind"] == "scan.act" }
                #expect(entries.count == 1)
                let entry = try #require(entries.first)
                #expect(entry["objectKind"] == "card" && entry["objectId"].string == Scene.Holder(1).card.text)
                let told = entry["details", "actions"].array!
                #expect(told.map { $0["type"] } == ["checkIn", "sell", "redeem"])
                #expect(told[0]["id"] == made[0]["checkIn", "id"])
                #expect(told[1]["saleIds"]?.array?[0] == made[1]["ticketSale", "sales"].array?[0]["id"])
                #expect(told[2]["id"] == made[2]["redemption", "id"] && told[2]["points"] == 5)
            }
            #expect(try scene.verify() == [:])
        }
    }

    @Test func `memory that is older than the database is read anew first`() async throws {
        try await Scene.with(isFollowing: false) { scene in
            try await Scene.with { other in
                try await other.scanWorld()
                let librarian = try await scene.peer(.librarian)
                let first = try await scene.scan(librarian, 1, Scene.checkIn).get()
                #expect(Scene.outcomes(first) == ["checkIn done"])
                try await other.settings(of: Scene.concert, points: 9)
                let second = try await scene.scan(librarian, 2, Scene.checkIn).get()
                #expect(second["actions"]?.array?[0]["checkIn", "newPoints"] == 9)
            }
        }
    }
}
