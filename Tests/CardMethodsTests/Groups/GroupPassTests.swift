import CardRules
import JSONRPC
import Postgres
import TestSupport
import Testing

@testable import CardMethods

@Suite(.scene) struct GroupPassTests {
    private static let scouts = JSON.string(SceneData.group.text)
    private static let card: JSON = ["cardNumber": .string(SceneData.groupCard)]

    private static func made(_ changes: JSON = [:]) -> JSON {
        let plain: JSON = [
            "cardSystemId": .string(SceneData.here.text), "name": "Chiro", "email": "chiro@example.org",
            "address": ["postalCode": "9900", "city": "Eeklo"], "cardType": "digital", "ticketsPerYear": 30,
        ]
        return plain.merged(with: changes)
    }

    @Test func `GRP-01 R-010 R-026 a group gets a pass with a card of its own`() async throws {
        try await Scene.with { scene in
            let librarian = try await scene.peer(.librarian)
            let pass = try await scene.ok(librarian, "groupPass.create", Self.made(["endDate": "2031-04-30"]))
            #expect(pass["status"] == "active" && pass["availableTickets"] == 30 && pass["endDate"] == "2031-04-30")
            #expect(pass["card", "status"] == "active" && pass["card", "cardType"] == "digital")
            let number = CardNumber(text: pass["card", "cardNumber"].string!)!
            #expect(number.isOpportunity, "made for a group with opportunity")
            let status = try await scene.ok(librarian, "card.status", ["cardNumber": .string(number.text)])
            #expect(status["isGroupPass"] == true)
            let stock: JSON = ["cardType": "nfcCard", "cardNumber": .string(SceneData.stockCard)]
            try await scene.sql("update card set counter_id = \(SceneData.Place.library.counter) where number like '%'")
            #expect(
                await scene.refused(librarian, "groupPass.create", Self.made(stock)) == ["card.opportunityMismatch"])
            let plain = try await scene.ok(
                librarian, "groupPass.create", Self.made(stock).merged(with: ["hasOpportunity": false]))
            #expect(plain["card", "cardNumber"] == .string(SceneData.stockCard) && plain["availableTickets"] == 0)
            let again = await scene.refused(
                librarian, "groupPass.create", Self.made(stock).merged(with: ["hasOpportunity": false]))
            #expect(again == ["card.notInLocalStock"])
            let late = await scene.refused(librarian, "groupPass.create", Self.made(["endDate": "2030-06-02"]))
            #expect(late == ["endDate.tooEarly"])
            #expect(try scene.verify() == [:])
        }
    }

    @Test func `NUM-06 GRP-04 CHK-04 a group's pass is looked up as a group, and buys tickets only`() async throws {
        try await Scene.with { scene in
            let librarian = try await scene.peer(.librarian)
            let pass = try await scene.ok(librarian, "pass.lookUp", Self.card)
            #expect(pass["passType"] == "group" && pass["firstName"] == "Scouts" && pass["points"] == 0)
            #expect(pass["groupPassId"] == Self.scouts && pass["availableTickets"] == 20)
            #expect(pass["passHolderId"] == nil && pass["memberships"] == [])
            // Elsewhere it is told apart, and no more.
            let abroad = try await scene.ok(scene.peer(.clerkElsewhere), "pass.lookUp", Self.card)
            #expect(abroad["passType"] == "group" && abroad["firstName"] == "Scouts")
            #expect(abroad["groupPassId"] == nil && abroad["availableTickets"] == nil)
            let checkIn: JSON = ["eventId": .string(SceneData.alwaysOpen.text)]
            #expect(
                await scene.refused(librarian, "checkIn.create", checkIn.merged(with: Self.card)) == ["card.groupPass"])
            let device = try await scene.pillar()
            try await scene.fix(device, on: SceneData.alwaysOpen)
            #expect(await scene.refused(device.peer, "pillar.checkIn", Self.card) == ["card.groupPass"])
            try await scene.ok(librarian, "groupPass.renew", ["groupPassId": Self.scouts, "endDate": "2030-06-03"])
            try await scene.move(to: "2030-06-04T00:00:00+02:00")
            let expired = try await scene.ok(librarian, "pass.lookUp", Self.card)
            #expect(expired["availableTickets"] == 0 && expired["messages"]?.array?.first?["level"] == "warn")
        }
    }

    @Test func `GRP-01 GRP-02 a group's pass is found by its cards, blocked ones too, and by strangers with less`()
        async throws
    {
        try await Scene.with { scene in
            let librarian = try await scene.peer(.librarian)
            let block = Self.card.merged(with: ["reason": "lost"])
            try await scene.ok(librarian, "card.block", block)
            let found = try await scene.ok(librarian, "groupPass.find", Self.card)
            #expect(found.id == Self.scouts && found["card", "status"] == "blocked")
            #expect(await scene.refused(librarian, "pass.lookUp", Self.card) == ["card.blocked"])
            let another = try await scene.ok(
                librarian, "groupPass.replaceCard",
                ["groupPassId": Self.scouts, "cardType": "digital", "reason": "lost"])
            #expect(another["card", "status"] == "active" && another["availableTickets"] == 20)
            let old = try await scene.ok(librarian, "groupPass.find", Self.card)
            #expect(old.id == Self.scouts && old["card", "status"] == "deleted")
            #expect(await scene.kind(librarian, "card.unblock", block) == "card.notBlocked")
            let holder: JSON = ["cardNumber": .string(Scene.Holder(1).number)]
            #expect(await scene.kind(librarian, "groupPass.find", holder) == "groupPass.notFound")
            #expect(
                try await scene.kind(scene.peer(.clerkElsewhere), "groupPass.find", Self.card) == "groupPass.notFound")

            let stranger = scene.stranger()
            let balance = try await scene.ok(stranger, "groupPass.balance", Self.card)
            #expect(balance["name"] == "Scouts" && balance["cardStatus"] == "deleted" && balance.id == .null)
            #expect(balance["availableTickets"] == 20 && balance["ticketsPerYear"] == 20)
            for _ in 0..<19 { _ = await scene.call(stranger, "groupPass.balance", holder) }
            #expect(await scene.refused(stranger, "groupPass.balance", Self.card) == ["-32005"])
            #expect(try await scene.count("security_event where kind = 'groupCard.unknown'") == 19)
            #expect(try scene.verify() == [:])
        }
    }

    @Test func `GRP-03 the tickets of a calendar year begin anew, and corrections are kept`() async throws {
        try await Scene.with { scene in
            let librarian = try await scene.peer(.librarian)
            func change(_ change: Int64) -> JSON {
                ["groupPassId": Self.scouts, "change": .integer(change), "reason": "feast"]
            }
            func left() async throws -> JSON {
                try await scene.ok(librarian, "groupPass.get", ["groupPassId": Self.scouts])["availableTickets"]!
            }
            try await scene.ok(librarian, "groupPassAllowance.change", change(5))
            try await scene.ok(librarian, "groupPassAllowance.change", change(-25))
            #expect(try await left() == 0)
            #expect(
                await scene.refused(librarian, "groupPassAllowance.change", change(-1)) == [
                    "groupPass.allowanceTooSmall"
                ])
            // The years to come get more, this one does not.
            try await scene.ok(
                librarian, "groupPass.renew", ["groupPassId": Self.scouts, "endDate": nil, "ticketsPerYear": 50])
            #expect(try await left() == 0)
            try await scene.move(to: "2030-12-31T23:59:20+01:00")
            #expect(try await left() == 0)
            try await scene.move(to: "2031-01-01T00:00:00+01:00")
            #expect(try await left() == 50)
            try await scene.ok(librarian, "groupPassAllowance.change", change(-1))
            let entries = try await scene.ok(librarian, "groupPassAllowance.list", ["groupPassId": Self.scouts])
            #expect(
                Set(entries["items"]!.array!.map { "\($0["year"]!.text) \($0["change"]!.text)" })
                    == ["2030 20", "2030 5", "2030 -25", "2031 50", "2031 -1"])
            #expect(try scene.verify() == [:])
            await #expect(throws: (any Error).self) {
                try await scene.sql("update group_allowance set remaining = -1")
            }
            await #expect(throws: (any Error).self) { try await scene.sql("delete from group_allowance_entry") }
        }
    }

    @Test(arguments: [
        ("null", true, 20), ("'2030-06-03'", true, 20), ("'2030-06-02'", true, 0), ("null", false, 0),
    ])
    func `GRP-03 R-111 what an export selects agrees with what a pass is shown to have`(
        end: String, hasOpportunity: Bool, available: Int
    ) async throws {
        try await Scene.with { scene in
            let day = CivilDate(text: end.replacing("'", with: ""))
            try await scene.sql(
                """
                update group_pass set end_date = \(day), has_opportunity = \(hasOpportunity)
                where id = \(SceneData.group)
                """)
            let selected: Int = try await scene.value(
                """
                select group_pass_available(g, \(Brussels.date(scene.now))) from group_pass g
                where id = \(SceneData.group)
                """)
            let shown = try await scene.ok(
                scene.peer(.librarian), "groupPass.get", ["groupPassId": Self.scouts])["availableTickets"]
            #expect(selected == available && shown == .integer(Int64(available)))
        }
    }

    @Test func `GRP-01 guides and counters use a pass as long as it is lent to them, and each use is told`()
        async throws
    {
        try await Scene.with { scene in
            let librarian = try await scene.peer(.librarian)
            let add: JSON = ["groupPassId": Self.scouts]
            let guide = try await scene.ok(
                librarian, "groupPassDelegate.add", add.merged(with: ["email": "guide@example.org"]))
            let museum = JSON.string(SceneData.Place.museum.counter.text)
            try await scene.ok(librarian, "groupPassDelegate.add", add.merged(with: ["counterId": museum]))
            let far: JSON = ["counterId": .string(SceneData.Place.elsewhere.counter.text)]
            #expect(await scene.kind(librarian, "groupPassDelegate.add", add.merged(with: far)) == "counter.notFound")
            #expect(
                await scene.kind(librarian, "groupPassDelegate.add", add.merged(with: ["email": "no@example.org"]))
                    == "account.notFound")
            let nobody = try await scene.session(scene.account("helper@example.org"))
            #expect(try await scene.ok(nobody, "groupPass.delegated")["items"] == [])
            let own = try await scene.ok(scene.peer(.guide), "groupPass.delegated")
            #expect(own["items"]?.array?.count == 1 && own["items"]?.array?.first?["availableTickets"] == 20)

            // A sale by the guide, as sales write it.
            try await scene.ok(
                librarian, "groupPassAllowance.change", add.merged(with: ["change": 1, "reason": "feast"]))
            try await scene.sql(
                """
                insert into group_allowance_entry (id, card_system_id, group_pass_id, year, change, reason,
                    reference_id, account_id, recorded_at)
                values (gen_random_uuid(), \(SceneData.here), \(SceneData.group), 2030, -4, 'sale',
                    gen_random_uuid(), \(SceneData.Person.guide.account), \(scene.now))
                """, "update group_allowance set remaining = remaining - 4")
            let remove = add.merged(with: ["delegateId": guide.id])
            let ended = try await scene.ok(librarian, "groupPassDelegate.remove", remove)
            #expect(ended["ticketsUsed"] == 4 && ended["endedAt"] != nil)
            #expect(await scene.kind(librarian, "groupPassDelegate.remove", remove) == "groupPass.delegateNotFound")
            #expect(
                try await scene.ok(librarian, "groupPassDelegate.list", add)["items"]?.array?.map { $0["ticketsUsed"] }
                    == [0])
            let all = try await scene.ok(
                librarian, "groupPassDelegate.list", add.merged(with: ["withEnded": true, "withTotal": true]))
            #expect(all["total"] == 2)
            // The sale itself has no row here, and nothing else is wrong.
            #expect(try scene.verify().keys.sorted() == ["what a group bought is taken of its year"])
        }
    }

    @Test func `groups are listed by name, changed in part, and a stale change is refused`() async throws {
        try await Scene.with { scene in
            let administrator = try await scene.peer(.administrator)
            try await scene.ok(administrator, "groupPass.create", Self.made(["endDate": "2030-06-03"]))
            func names(_ filter: JSON) async throws -> [String?] {
                try await scene.ok(administrator, "groupPass.list", filter)["items"]!.array!.map { $0["name"]?.string }
            }
            #expect(try await names([:]) == ["Chiro", "Scouts"])
            #expect(try await names(["name": "sc*"]) == ["Scouts"])
            try await scene.move(to: "2030-06-04T12:00:00+02:00")
            #expect(try await names(["status": "expired"]) == ["Chiro"])
            #expect(try await names(["status": "active"]) == ["Scouts"])
            let update: JSON = ["groupPassId": Self.scouts, "phone": "+32471234567", "version": 1]
            let changed = try await scene.ok(administrator, "groupPass.update", update)
            #expect(changed["phone"] == "+32471234567" && changed["name"] == "Scouts" && changed["version"] == 2)
            #expect(await scene.kind(administrator, "groupPass.update", update).contains("conflict"))
        }
    }
}
