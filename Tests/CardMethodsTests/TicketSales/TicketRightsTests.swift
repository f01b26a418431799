import CardRules
import JSONRPC
import Postgres
import TestSupport
import Testing

@testable import CardMethods

/// Who may see and take back which tickets, and what their administrators hear.
@Suite(.scene) struct TicketRightsTests {
    /// The library works in the other card system too, where holder 45 has a status.
    private static func inTwo(_ scene: Scene, _ body: (Peer) async throws -> Void) async throws {
        try await scene.sql(
            """
            insert into counter_card_system (counter_id, card_system_id)
            values (\(SceneData.Place.library.counter), \(SceneData.there))
            """,
            """
            insert into counter_permission_group (counter_id, card_system_id, permission_group_id)
            values (\(SceneData.Place.library.counter), \(SceneData.there), \(SceneData.there))
            """)
        try await scene.ticketWorld()
        try await scene.key(9, in: SceneData.there, pays: 10)
        try await scene.entitle(45)
        try await scene.services.directory.reload()
        try await body(scene.peer(.librarian))
    }

    /// What the library may do in the other card system.
    private static func allow(_ permissions: [Permission], _ scene: Scene) async throws -> Peer {
        try await scene.sql(
            """
            update permission_group set permissions = \(permissions.map(\.rawValue)) where id = \(SceneData.there)
            """)
        try await scene.services.directory.reload()
        return try await scene.peer(.librarian)
    }

    @Test func `PER-04 PER-07 TS-09 TS-13 rights on sales are those that the counter holds in each card system`()
        async throws
    {
        try await Scene.with { scene in
            try await Self.inTwo(scene) { librarian in
                let here = try await scene.sell(librarian, Scene.item(1)).get()["sales"]!.array![0].id
                let there = try await scene.sell(librarian, Scene.item(45)).get()["sales"]!.array![0]
                #expect(there["cardSystemId"].string == SceneData.there.text && there["priceCents"] == 100)
                let held = try await scene.reserve(librarian, Scene.item(45)).get()["sales"]!.array![0].id
                let event: JSON = ["eventId": .string(Scene.concert.text)]
                func buyers(_ peer: Peer) async throws -> [String?] {
                    try await scene.ok(peer, "ticketSale.list", event)["items"]!.array!.map {
                        $0["passHolderId"].string
                    }
                }
                let (own, other) = (Scene.Holder(1).id.text, Scene.Holder(45).id.text)
                #expect(try await buyers(librarian) == [other, other, own])
                let blind = try await Self.allow([.ticketSaleRead, .ticketSaleRegister, .tariffRead], scene)
                #expect(try await buyers(blind) == [nil, nil, own])
                let sold = try await scene.sell(blind, Scene.item(45)).get()["sales"]!.array![0]
                #expect(sold["passHolderId"] == nil)
                let reader = try await Self.allow([.ticketSaleRead], scene)
                #expect(try await buyers(reader).count == 4)
                for (method, ids) in [("ticketSale.confirm", [held]), ("ticketSale.cancel", [here, there.id])] {
                    #expect(
                        await scene.refused(reader, method, ["ticketSaleIds": .array(ids)]) == ["ticketSale.notFound"])
                }
                #expect(try await Scene.offers(scene.tariffs(reader, Scene.Holder(45).number).get()) == "")
                #expect(await scene.sell(reader, Scene.item(45)).kinds == ["tariff.notAvailable"])
                let nobody = try await Self.allow([], scene)
                #expect(try await buyers(nobody) == [own])
                #expect(
                    await scene.refused(nobody, "ticketSale.get", ["ticketSaleId": there.id]) == ["ticketSale.notFound"]
                )
                try await scene.ok(nobody, "ticketSale.cancel", ["ticketSaleIds": [here]])
            }
        }
    }

    @Test func `R-108 a card and an event name the one ticket that stands`() async throws {
        try await Scene.with { scene in
            try await scene.ticketWorld()
            let librarian = try await scene.peer(.librarian)
            func ticket(_ card: String, _ more: JSON = [:]) -> JSON {
                let plain: JSON = ["cardNumber": .string(card), "eventId": .string(Scene.concert.text)]
                return plain.merged(with: more)
            }
            let card = Scene.Holder(1).number
            #expect(await scene.refused(librarian, "ticketSale.cancel", ticket(card)) == ["ticketSale.notFound"])
            let sale = try await scene.sell(librarian, Scene.item(1), Scene.item(2)).get()["sales"]!.array![0].id
            let guide = try await scene.peer(.guide)
            #expect(await scene.refused(guide, "ticketSale.cancel", ticket(card)) == ["ticketSale.notFound"])
            let cancelled = try await scene.ok(librarian, "ticketSale.cancel", ticket(card))["sales"]!.array!
            #expect(cancelled.map(\.id) == [sale] && cancelled[0]["status"] == "cancelled")
            #expect(await scene.refused(librarian, "ticketSale.cancel", ticket(card)) == ["ticketSale.notFound"])
            let second: JSON = ["chipNumber": .string(Scene.Holder(2).chip), "eventId": .string(Scene.concert.text)]
            try await scene.ok(librarian, "ticketSale.cancel", second)
            let group = try await scene.sell(librarian, Scene.item(SceneData.groupCard, ["quantity": 2])).get()
            let ids = group["sales"]!.array!.map(\.id)
            let several = await scene.call(librarian, "ticketSale.cancel", ticket(SceneData.groupCard))
            #expect(several.kinds == ["ticketSale.severalFit"])
            if case .failure(let error) = several {
                let named = error.data?["reasons"]?.array?[0]["ticketSales"]?.array?.compactMap { $0["ticketSaleId"] }
                #expect(Set(named ?? []) == Set(ids) && error.data?["reasons"]?.array?[0]["pointer"] == "/cardNumber")
            }
            try await scene.ok(librarian, "ticketSale.cancel", ["ticketSaleIds": [ids[0]]])
            try await scene.ok(librarian, "ticketSale.cancel", ticket(SceneData.groupCard))
            #expect(try await scene.groupTickets() == 20)
            for wrong in [ticket(card, ["ticketSaleIds": [sale]]), ["cardNumber": .string(card)], [:]] as [JSON] {
                #expect(await scene.refused(librarian, "ticketSale.cancel", wrong) == ["-32602"], "\(wrong)")
            }
            #expect(try scene.verify() == [:])
        }
    }

    @Test func `S6 the sale that comes near the end of a coupon's budget tells it, and the one that spends it`()
        async throws
    {
        try await Scene.with { scene in
            try await scene.ticketWorld()
            let (librarian, administrator) = (try await scene.peer(.librarian), try await scene.peer(.administrator))
            let coupon = try await scene.plainCoupon(budget: 1000)
            try await scene.plainCoupon(budget: 9000)
            let here: JSON = ["cardSystemId": .string(SceneData.here.text)]
            func told() async throws -> JSON? {
                try await scene.ok(administrator, "feed.list", here)["items"]!.array!.last?["details", "couponWarnings"]
            }
            func listed(_ warning: String) async throws -> [JSON] {
                try await scene.ok(administrator, "coupon.list", here.merged(with: ["warning": .string(warning)]))[
                    "items"]!.array!.compactMap { $0["tariffId"] }
            }
            var warnings: [JSON?] = []
            for holder in 1...5 {
                _ = try await scene.sell(librarian, Scene.item(holder, tariff: coupon)).get()
                warnings.append(try await told()?.array?[0]["warning"])
                #expect(try await listed("nearlySpent") == (holder < 4 ? [] : [.string(coupon)]))
                #expect(try await listed("spent") == (holder < 5 ? [] : [.string(coupon)]))
            }
            #expect(warnings == [nil, nil, nil, "nearlySpent", "spent"])
            #expect(try await told()?.array?[0]["tariffId"] == .string(coupon))
            // Who gives back and takes again is told again.
            let last: JSON = [
                "cardNumber": .string(Scene.Holder(5).number), "eventId": .string(Scene.concert.text),
            ]
            let sale = try await scene.ok(librarian, "ticketSale.cancel", last)["sales"]!.array![0].id
            #expect(try await told()?.array == nil)
            try await scene.ok(administrator, "ticketSale.restore", ["ticketSaleId": sale, "reason": "error"])
            #expect(try await told()?.array?.map { $0["warning"] } == ["spent"])
        }
    }

    @Test func `a holder sees the tickets of himself and of his family, and nobody else's`() async throws {
        try await Scene.with { scene in
            try await scene.ticketWorld()
            let librarian = try await scene.peer(.librarian)
            for holder in 1...3 { _ = try await scene.sell(librarian, Scene.item(holder)).get() }
            try await scene.sql(
                """
                insert into family_member (id, main_id, member_id, added_at) values (\(ID<Never>(at: scene.now)),
                    \(Scene.Holder(1).id), \(Scene.Holder(2).id), \(scene.now))
                """)
            let own = try await scene.login(of: .init(1))
            func tickets(of holder: Int? = nil) async -> [String] {
                let params: JSON = holder.map { ["passHolderId": .string(Scene.Holder($0).id.text)] } ?? [:]
                let answer = await scene.call(own, "holder.ticketSales", params)
                guard case .success(let page) = answer else { return answer.kinds }
                return page["items"]!.array!.map { $0["cardNumber"]!.string! }
            }
            #expect(await tickets() == [Scene.Holder(1).number])
            #expect(await tickets(of: 2) == [Scene.Holder(2).number])
            #expect(await tickets(of: 3) == ["passHolder.notFound"])
        }
    }

    @Test func `the settlement period is the card system's own, and its past is remembered`() async throws {
        try await Scene.with { scene in
            try await scene.ticketWorld()
            let (librarian, administrator) = (try await scene.peer(.librarian), try await scene.peer(.administrator))
            let here: JSON = ["cardSystemId": .string(SceneData.here.text)]
            let before: JSON = ["at": .string(scene.now.text)]
            let sale = try await scene.sell(librarian, Scene.item(1)).get()["sales"]!.array![0].id
            try await scene.advance(.minutes(1))
            let weekly = try await scene.ok(
                administrator, "cardSystem.update", here.merged(with: ["settlementPeriod": "week"]))
            #expect(weekly["settlementPeriod"] == "week")
            let then = try await scene.ok(administrator, "cardSystem.get", here.merged(with: before))
            #expect(then["settlementPeriod"] == "quarter")
            try await scene.move(to: "2030-06-10T00:00:00+02:00")
            let cancel: JSON = ["ticketSaleIds": [sale]]
            #expect(await scene.refused(librarian, "ticketSale.cancel", cancel) == ["ticketSale.periodClosed"])
            try await scene.ok(
                administrator, "cardSystem.update", here.merged(with: ["settlementPeriod": "absolute"]))
            try await scene.move(to: "2031-06-10T00:00:00+02:00")
            try await scene.ok(librarian, "ticketSale.cancel", cancel)
        }
    }
}
