import CardRules
import JSONRPC
import Postgres
import TestSupport
import Testing

@testable import CardMethods

@Suite(.bare) struct LookUpTests {
    /// A region with a woman who has a card, and a second card system in which she is a member too.
    private struct World {
        let region: Region
        let clerk: Peer
        let holder: JSON
        let number: JSON
        let second: CardSystemID

        init(_ scene: Scene) async throws {
            region = try await Region(scene)
            clerk = region.authorised.clerk
            let made = try await scene.ok(
                clerk, "passHolder.register", region.person(["insz": "85031799708", "opportunity": [:]]))
            (holder, number) = (made["passHolderId"]!, made["cardNumber"]!)
            let other = try await scene.ok(region.boss, "cardSystem.create", ["name": "Elsewhere"])
            second = other.cardSystem()
        }

        var id: PassHolderID { PassHolderID(text: holder.string!)! }

        /// Makes her a member of the second card system, with a card of it.
        func join(_ scene: Scene, serial: Int) async throws -> String {
            let number = CardNumber(prefix: "0906", serial: serial, opportunity: false)!.text
            let (member, card) = (MembershipID(at: scene.now), CardID(at: scene.now))
            try await scene.sql(
                """
                insert into card (id, card_system_id, number, type, status, holder_id, changed_at)
                values (\(card), \(second), \(number), 'digital', 'active', \(id), \(scene.now))
                """,
                """
                insert into membership (id, card_system_id, holder_id, current_card_id, since)
                values (\(member), \(second), \(id), \(card), \(scene.now))
                """)
            return number
        }
    }

    @Test func `NUM-01 NUM-02 NUM-10 R-008 R-009 a number is right, known, or refused`() async throws {
        try await Scene.with { scene in
            let world = try await World(scene)
            for method in ["pass.lookUp", "card.status"] {
                #expect(await scene.kind(world.clerk, method, ["cardNumber": "0930000420207"]) == "params.invalid")
                #expect(await scene.kind(world.clerk, method, ["cardNumber": Region.card(77)]) == "card.notFound")
            }
            try await world.region.stock(scene, [Region.card(1)])
            let stock = try await scene.ok(world.clerk, "card.status", ["cardNumber": Region.card(1)])
            #expect(stock["status"] == "stock")
            let kinds = await scene.refused(world.clerk, "pass.lookUp", ["cardNumber": Region.card(1)])
            #expect(kinds == ["card.notActive"], "NUM-04 R-012")
            try await scene.ok(
                world.region.admin, "card.delete", ["cardNumber": Region.card(1), "reason": "broken"])
            let gone = await scene.call(world.clerk, "pass.lookUp", ["cardNumber": Region.card(1)])
            #expect(gone.kinds == ["card.notActive"])
            let status = try await scene.ok(world.clerk, "card.status", ["cardNumber": Region.card(1)])
            #expect(status["status"] == "deleted", "R-009")
        }
    }

    @Test func `NUM-03 a person is found by card, INSZ, its barcode and login, and the answer says by which`()
        async throws
    {
        try await Scene.with { scene in
            let world = try await World(scene)
            let account = try await scene.account("an@example.org")
            try await scene.sql(
                "insert into holder_login (account_id, holder_id, linked_at) values (\(account), \(world.id), now())")
            let ways: [(JSON, String)] = [
                (["identifier": world.number], "cardNumber"), (["insz": "85.03.17-997.08"], "insz"),
                (["identifier": "]C085031799708"], "insz"), (["login": "An@Example.org"], "login"),
            ]
            for (params, naming) in ways {
                let pass = try await scene.ok(world.clerk, "pass.lookUp", params)
                #expect(pass["identifiedBy"]?.string == naming)
                #expect(pass["cardNumber"] == world.number && pass["passHolderId"] == world.holder)
                #expect(pass["cards"]?.array?.compactMap { $0["cardNumber"] } == [world.number])
            }
            #expect(
                await scene.kind(world.clerk, "pass.lookUp", ["login": "nobody@example.org"]) == "passHolder.notFound")
            let foreign = try await scene.admin("foreign@example.org", of: world.second)
            for params: JSON in [["login": "an@example.org"], ["insz": "85031799708"]] {
                let kind = await scene.kind(foreign, "pass.lookUp", params)
                #expect(kind == "passHolder.notFound", "own card systems only")
            }
            let pass = try await scene.ok(foreign, "pass.lookUp", ["cardNumber": world.number])
            #expect(pass["passHolderId"] == nil && pass["cards"] == [] && pass["memberships"] == [])
        }
    }

    @Test func `NUM-04 NUM-05 R-016 a pass that cannot be used says why, and by a person names all cards`() async throws
    {
        try await Scene.with { scene in
            let world = try await World(scene)
            try await scene.ok(world.clerk, "card.block", ["cardNumber": world.number, "reason": "lost"])
            let error = await scene.call(world.clerk, "pass.lookUp", ["insz": "85031799708"])
            #expect(error.kinds == ["card.blocked"])
            #expect(try await scene.count("insz_read where kind = 'lookUp'") == 1, "she was found all the same")
            let standing: JSON = [
                "passHolderId": world.holder, "cardSystemId": world.region.cardSystem, "reason": "misuse",
            ]
            try await scene.ok(world.clerk, "passHolder.block", standing)
            let kinds = await scene.refused(world.clerk, "pass.lookUp", ["insz": "85031799708"])
            #expect(kinds == ["card.blocked", "passHolder.blocked"])
        }
    }

    @Test func `NUM-07 NUM-08 the status of the card's membership is told with its message`() async throws {
        try await Scene.with { scene in
            let world = try await World(scene)
            func told() async throws -> (JSON, [String]) {
                let pass = try await scene.ok(world.clerk, "pass.lookUp", ["cardNumber": world.number])
                let member = pass["memberships"]!.array![0]
                return (
                    member["opportunityStatus", "status"],
                    pass["messages"]!.array!.compactMap { $0["level"]?.string }
                )
            }
            let today = Brussels.date(scene.now)
            for (days, status, levels) in [
                (200, "active", []), (10, "active", ["info"]), (-10, "active", ["info"]), (-40, "expired", ["warn"]),
            ] as [(Int, JSON, [String])] {
                try await scene.sql("update membership set opportunity_end_date = \(today.adding(days: days))")
                let (shown, messages) = try await told()
                #expect(shown == status && messages == levels, "\(days)")
            }
        }
    }

    @Test func `NUM-09 R-018 of several memberships the oldest active one names the card, blocked ones are told`()
        async throws
    {
        try await Scene.with { scene in
            let world = try await World(scene)
            let account: AccountID = try await scene.value(
                "select id from account where email_key = 'admin@example.org'")
            try await scene.grant(account, "cardSystemAdministrator", world.second)
            let admin = try await scene.session(account)
            let second = try await world.join(scene, serial: 1)
            var pass = try await scene.ok(admin, "pass.lookUp", ["insz": "85031799708"])
            #expect(pass["cardNumber"] == world.number, "NUM-09")
            #expect(pass["cards"]?.array?.count == 2)
            let other = try await scene.ok(admin, "pass.lookUp", ["cardNumber": .string(second)])
            #expect(other["cardNumber"]?.string == second, "the card that was used")
            try await scene.sql("update membership set status = 'blocked' where card_system_id <> \(world.second)")
            pass = try await scene.ok(admin, "pass.lookUp", ["insz": "85031799708"])
            #expect(pass["cardNumber"]?.string == second, "NUM-09 the oldest that is active")
            #expect(pass["messages"]!.array!.contains { $0["text", "en"].string!.contains("blocked in Region") })
        }
    }

    @Test func `NUM-11 no two cards share a number, whoever has them`() async throws {
        try await Scene.with { scene in
            let world = try await World(scene)
            let taken = await scene.refused(
                world.region.admin, "card.addStock",
                ["cardSystemId": world.region.cardSystem, "status": "stock", "cards": [["number": world.number]]])
            #expect(taken == ["card.numberTaken"])
        }
    }

    @Test func `REG-16 GEN-05 an INSZ is used or unused, never whose, and every look is written down`() async throws {
        try await Scene.with { scene in
            let world = try await World(scene)
            let used = try await scene.ok(world.clerk, "insz.status", ["insz": "85031799708"])
            #expect(used == ["status": "used"])
            let elsewhere = try await scene.admin("elsewhere@example.org", of: world.second)
            #expect(try await scene.ok(elsewhere, "insz.status", ["insz": "85031799708"]) == ["status": "used"])
            let unused = try await scene.ok(world.clerk, "insz.status", ["insz": "85031799807"])
            #expect(unused == ["status": "unused"])
            #expect(try await scene.count("audit where method = 'insz.status'") == 3)
            #expect(try await scene.count("security_event where kind = 'insz.unknown'") == 1)
            #expect(try await scene.count("insz_read where kind = 'status'") == 2)
            for _ in 1..<20 { _ = await scene.call(world.clerk, "insz.status", ["insz": "85031799807"]) }
            #expect(await scene.refused(world.clerk, "insz.status", ["insz": "85031799708"]) == ["-32005"])
        }
    }

    @Test func `every read of an INSZ can be listed, with who and why, and elsewhere only that it was`() async throws {
        try await Scene.with { scene in
            let world = try await World(scene)
            try await scene.ok(world.clerk, "pass.lookUp", ["insz": "85031799708"])
            let reveal: JSON = ["passHolderId": world.holder, "purpose": "letter of the municipality"]
            #expect(try await scene.ok(world.region.admin, "passHolder.revealInsz", reveal)["insz"] == "85031799708")
            #expect(
                await scene.kind(
                    world.region.admin, "passHolder.revealInsz", ["passHolderId": world.holder, "purpose": "x"])
                    == "params.invalid")
            let foreign = try await scene.admin("foreign@example.org", of: world.second)
            try await scene.ok(foreign, "insz.status", ["insz": "85031799708"])
            let reads = try await scene.ok(
                world.region.admin, "passHolder.inszReads", ["passHolderId": world.holder])["items"]!.array!
            #expect(reads.map { $0["kind"]?.string } == ["status", "reveal", "lookUp"])
            #expect(reads.map { $0["isElsewhere"]?.bool } == [true, false, false])
            #expect(reads[0]["accountId"] == nil && reads[1]["purpose"]?.string == "letter of the municipality")
            #expect(reads[2]["counterId"] == world.region.authorised.id && reads[2]["accountName"] != nil)

            let account = try await scene.account("an@example.org")
            try await scene.sql(
                "insert into holder_login (account_id, holder_id, linked_at) values (\(account), \(world.id), now())")
            let herself = try await scene.session(account)
            let own = try await scene.ok(herself, "passHolder.inszReads", ["passHolderId": world.holder])
            #expect(own["items"]!.array!.allSatisfy { $0["accountId"] != nil })
            let other = try await scene.ok(world.clerk, "passHolder.register", world.region.person())
            let params: JSON = ["passHolderId": other["passHolderId"]!]
            #expect(await scene.kind(herself, "passHolder.inszReads", params) == "passHolder.notFound")
        }
    }
}
