import CardRules
import JSONRPC
import Postgres
import TestSupport
import Testing

@testable import CardMethods

@Suite(.scene) struct MergeTests {
    private typealias Holder = Scene.Holder
    private static let (kept, merged) = (Holder(1), Holder(2))

    private static func pair(_ kept: Holder = kept, _ merged: Holder = merged) -> JSON {
        ["kept": .string(kept.id.text), "merged": .string(merged.id.text)]
    }

    private static func merge(_ scene: Scene, by who: SceneData.Person = .administrator) async throws -> JSON {
        try await scene.ok(scene.peer(who), "passHolder.merge", pair().merged(with: ["reason": "double"]))
    }

    private static func unmerge(_ scene: Scene, _ merge: JSON) async throws -> [String] {
        let params: JSON = ["mergeId": merge["mergeId"]!, "reason": "two people"]
        let result = await scene.call(try await scene.peer(.administrator), "passHolder.unmerge", params)
        if case .success = result { return [] }
        return result.kinds
    }

    /// What a merge and its undoing must leave alike, but for counters of changes.
    private static func rows(_ scene: Scene) async throws -> [String] {
        var rows: [String] = []
        for table: SQL in [
            "pass_holder", "membership", "card", "check_in", "holder_login", "family_member", "ticket_sale",
            "redemption", "coupon_target",
        ] {
            rows.append(
                try await scene.value(
                    """
                    select coalesce(string_agg(line, ' ' order by line), '') from (
                        select (to_jsonb(t) - '{version,insz_sealed}'::text[])::text as line from \(fragment: table) t
                    ) as lines
                    """))
        }
        return rows
    }

    @Test func `S9 a merge moves cards, check-ins and points, counts limits together, and is undone without a trace`()
        async throws
    {
        try await Scene.with { scene in
            let (librarian, admin) = (try await scene.peer(.librarian), try await scene.peer(.administrator))
            try await scene.ok(
                scene.peer(.operating), "event.setSettings",
                [
                    "eventId": .string(SceneData.alwaysOpen.text), "checkInPoints": 1,
                    "checkInLimit": ["volume": 2, "period": "day"],
                ])
            for holder in [Self.kept, Self.merged] { _ = try await scene.checkIn(librarian, holder).get() }
            try await scene.sql(
                "update membership set opportunity_end_date = '2031-04-30' where id = \(Self.merged.id)")
            let before = try await Self.rows(scene)

            let plan = try await scene.ok(admin, "passHolder.previewMerge", Self.pair())
            #expect(try await Self.rows(scene) == before, "a preview changes nothing")
            #expect(plan["points"] == 1 && plan["checkIns"] == 1 && plan["cards"]?.array?.count == 1)
            let membership = plan["memberships"]!.array![0]
            #expect(membership["how"] == "joins" && membership["opportunityEndDate"] == "2031-04-30")
            let made = try await Self.merge(scene)
            #expect(made["done"] == plan)

            #expect(try await [scene.points(Self.kept), scene.points(Self.merged)] == [2, 0])
            let pass = try await scene.ok(librarian, "pass.lookUp", ["cardNumber": .string(Self.merged.number)])
            #expect(pass["passHolderId"]?.string == Self.kept.id.text)
            #expect(pass["cards"]?.array?.count == 2)
            #expect(pass["memberships"]!.array![0]["opportunityStatus", "endDate"] == "2031-04-30")
            #expect(await scene.checkIn(librarian, Self.merged).kinds == ["limit.reached"], "both count")
            let history = try await scene.ok(
                admin, "points.history", ["passHolderId": .string(Self.kept.id.text)])["items"]!.array!
            #expect(history.map { $0["reason"]?.string } == ["checkIn", "checkIn"])
            #expect(
                Set(history.map { $0["cardNumber"]?.string }) == [Self.kept.number, Self.merged.number],
                "each tells which of the cards was used")
            let old: JSON = ["passHolderId": .string(Self.merged.id.text)]
            #expect(try await scene.ok(admin, "passHolder.get", old)["id"]?.string == Self.kept.id.text)
            let listed = try await scene.ok(admin, "passHolder.list", ["limit": 500])["items"]!.array!
            #expect(!listed.contains { $0["id"] == old["passHolderId"] })
            #expect(
                await scene.refused(admin, "passHolder.block", old.merged(with: Self.here)) == ["passHolder.notFound"])
            #expect(try scene.verify() == [:])

            #expect(try await Self.unmerge(scene, made) == [])
            #expect(try await Self.rows(scene) == before)
            #expect(try await [scene.points(Self.kept), scene.points(Self.merged)] == [1, 1])
            #expect(try scene.verify() == [:])
        }
    }

    @Test func `S9 tickets, coupons and redemptions move, count together in every limit, and go back`() async throws {
        try await Scene.with { scene in
            try await scene.ticketWorld(limit: Scene.limit(2, per: .week))
            try await scene.concert(SceneData.event(3))
            let coupon = try await scene.plainCoupon(holder: "2/year")
            try await scene.advantage(1, with: "holder_limit_volume = 2, holder_limit_period = 'absolute'")
            let (librarian, admin) = (try await scene.peer(.librarian), try await scene.peer(.administrator))
            let third = Scene.item(2, for: SceneData.event(3), tariff: coupon)
            for (number, holder) in [(1, Self.kept), (2, Self.merged)] {
                _ = try await scene.sell(librarian, Scene.item(number), Scene.item(number, tariff: coupon)).get()
                try await scene.give(10, holder)
                _ = try await scene.redeem(librarian, holder).get()
            }
            let before = try await Self.rows(scene)
            let made = try await Self.merge(scene)
            let kept: JSON = ["passHolderId": .string(Self.kept.id.text)]
            #expect(try await scene.ok(admin, "ticketSale.list", kept)["items"]?.array?.count == 4)
            #expect(try await scene.ok(admin, "redemption.list", kept)["items"]?.array?.count == 2)
            #expect(await scene.sell(librarian, Scene.item(2)).kinds == ["limit.reached"])
            #expect(await scene.sell(librarian, third).kinds == ["limit.reached"])
            #expect(await scene.redeem(librarian, Self.merged).kinds == ["limit.reached"])
            #expect(try scene.verify() == [:])
            #expect(try await Self.unmerge(scene, made) == [])
            #expect(try await Self.rows(scene) == before)
            _ = try await scene.sell(librarian, Scene.item(2), third).get()
            _ = try await scene.redeem(librarian, Self.merged).get()
            #expect(try scene.verify() == [:])
        }
    }

    private static let here: JSON = ["cardSystemId": .string(SceneData.here.text), "reason": "abuse"]

    @Test func `S9 a merge whose points are spent, or whose rows were changed, cannot be undone`() async throws {
        try await Scene.with { scene in
            let librarian = try await scene.peer(.librarian)
            _ = try await scene.checkIn(librarian, Self.merged).get()
            let made = try await Self.merge(scene)
            try await scene.spend(1, Self.kept)
            #expect(try await Self.unmerge(scene, made) == ["points.alreadySpent"])
            let number: JSON = ["cardNumber": .string(Self.merged.number), "reason": "lost"]
            try await scene.ok(librarian, "card.block", number)
            #expect(try await Self.unmerge(scene, made) == ["points.alreadySpent"], "a blocked card goes back blocked")
            try await scene.ok(
                scene.peer(.administrator), "passHolder.block",
                Self.here.merged(with: ["passHolderId": .string(Self.kept.id.text)]))
            #expect(try await Self.unmerge(scene, made) == ["merge.changedSince", "points.alreadySpent"])
        }
    }

    @Test func `S9 a check-in that moved is cancelled at the expense of the kept record`() async throws {
        try await Scene.with { scene in
            let librarian = try await scene.peer(.librarian)
            let receipt = try await scene.checkIn(librarian, Self.merged).get()
            let made = try await Self.merge(scene)
            try await scene.ok(librarian, "checkIn.cancel", ["checkInId": receipt["id"]!])
            #expect(try await scene.points(Self.kept) == 0)
            #expect(try scene.verify() == [:])
            #expect(try await Self.unmerge(scene, made) == ["points.alreadySpent"])
        }
    }

    /// Families as `main>member`, of those who are in them now.
    private static func families(_ scene: Scene) async throws -> Set<String> {
        let names = Dictionary(uniqueKeysWithValues: (1...7).map { (Holder($0).id, "\($0)") })
        let rows = try await scene.owner.transaction {
            try $0.query("select main_id, member_id from family_member where ended_at is null").map { row in
                "\(names[try row[0]] ?? "?")>\(names[try row[1]] ?? "?")"
            }
        }
        #expect(Set(rows).count == rows.count)
        return Set(rows)
    }

    private static let familyCases: [(before: String, after: String)] = [
        // 2 becomes 1. Both have families with a common member and each other, both stand in 5's, one in 6's.
        (
            "1>1 1>3 1>2 2>2 2>3 2>4 2>1 5>5 5>1 5>2 6>6 6>2",
            "1>1 1>3 1>4 2>2 5>5 5>1 6>6 6>1"
        ),
        ("2>2 2>3", "1>1 1>3"), ("2>2 2>1", "1>1"), ("1>1 1>2 3>3 3>1", "1>1 3>3 3>1"),
    ]

    @Test(arguments: familyCases)
    func `S9 FAM-01 the merged record's places in families become the kept one's, each once, and are given back`(
        before: String, after: String
    ) async throws {
        try await Scene.with { scene in
            func words(_ text: String) -> Set<String> { Set(text.split(separator: " ").map(String.init)) }
            for pair in before.split(separator: " ") {
                let (main, member) = (Holder(Int(pair.prefix(1))!), Holder(Int(pair.suffix(1))!))
                let token: [UInt8]? = main == member ? nil : Secret.hash(String(pair))
                try await scene.sql(
                    """
                    insert into family_member (id, main_id, member_id, added_at, removal_token_hash)
                    values (\(ID<Never>(at: scene.now)), \(main.id), \(member.id), \(scene.now), \(token))
                    """)
            }
            let rows = try await Self.rows(scene)
            let made = try await Self.merge(scene)
            #expect(try await Self.families(scene) == words(after))
            #expect(try await Self.unmerge(scene, made) == [])
            #expect(try await Self.families(scene) == words(before))
            #expect(try await Self.rows(scene) == rows)
        }
    }

    @Test func `S9 who left a family after the merge is not brought back by its undoing`() async throws {
        try await Scene.with { scene in
            let librarian = try await scene.peer(.librarian)
            try await scene.ok(
                librarian, "family.add",
                ["passHolderId": .string(Self.merged.id.text), "cardNumber": .string(Holder(3).number)])
            let made = try await Self.merge(scene)
            try await scene.advance(.seconds(60))
            try await scene.ok(
                librarian, "family.remove",
                ["passHolderId": .string(Self.kept.id.text), "memberId": .string(Holder(3).id.text)])
            #expect(try await Self.unmerge(scene, made) == [])
            #expect(!(try await Self.families(scene)).contains("2>3"))
        }
    }

    @Test func `S9 merges are listed with who made and undid them, the newest first, to who administers a member`()
        async throws
    {
        try await Scene.with { scene in
            let first = try await Self.merge(scene)
            #expect(try await Self.unmerge(scene, first) == [])
            let second = try await Self.merge(scene, by: .operating)
            try await scene.ok(
                scene.peer(.operating), "passHolder.merge",
                Self.pair(Holder(41), Holder(42)).merged(with: ["reason": "x"])
            )
            let admin = try await scene.peer(.administrator)
            let here: JSON = ["cardSystemId": .string(SceneData.here.text), "limit": 1]
            let page = try await scene.ok(admin, "passHolder.listMerges", here)
            #expect(page["items"]!.array!.map { $0["mergeId"] } == [second["mergeId"]])
            #expect(page["items"]!.array![0]["accountName"] == "operating@example.org")
            let next = try await scene.ok(
                admin, "passHolder.listMerges", here.merged(with: ["cursor": page["nextCursor"]!]))
            let undone = try #require(next["items"]?.array?.first)
            #expect(undone["mergeId"] == first["mergeId"] && next["nextCursor"] == nil)
            #expect(undone["keptId"]?.string == Self.kept.id.text && undone["mergedId"]?.string == Self.merged.id.text)
            #expect(undone["undoneByName"] == "administrator@example.org" && undone["undoReason"] == "two people")
            #expect(undone["reason"] == "double" && undone["undoneAt"] != nil)
            let there: JSON = ["cardSystemId": .string(SceneData.there.text)]
            #expect(await scene.refused(admin, "passHolder.listMerges", there) == ["-32004"])
            let theirs = try await scene.ok(scene.peer(.otherAdministrator), "passHolder.listMerges", there)
            #expect(theirs["items"]!.array!.map { $0["keptId"]?.string } == [Holder(41).id.text])
        }
    }

    @Test func `S9 the INSZ and the login come along, and go back`() async throws {
        try await Scene.with { scene in
            let admin = try await scene.peer(.administrator)
            let made = try await scene.ok(
                scene.peer(.librarian), "passHolder.register", RefusalScriptRun.person)
            let account = try await scene.account("an@example.org")
            let other = PassHolderID(text: made["passHolderId"]!.string!)!
            try await scene.sql(
                "insert into holder_login (account_id, holder_id, linked_at) values (\(account), \(other), now())")
            let params: JSON = [
                "kept": .string(Self.kept.id.text), "merged": made["passHolderId"]!, "reason": "double",
            ]
            let merge = try await scene.ok(admin, "passHolder.merge", params)
            #expect(merge["done", "movesInsz"] == true && merge["done", "login"] == "moves")
            for key: JSON in [["insz": "85031799708"], ["login": "an@example.org"]] {
                let pass = try await scene.ok(admin, "pass.lookUp", key)
                #expect(pass["passHolderId"]?.string == Self.kept.id.text)
            }
            let reveal: JSON = ["passHolderId": .string(Self.kept.id.text), "purpose": "test"]
            #expect(try await scene.ok(admin, "passHolder.revealInsz", reveal)["insz"] == "85031799708")
            #expect(try await Self.unmerge(scene, merge) == [])
            for key: JSON in [["insz": "85031799708"], ["login": "an@example.org"]] {
                let pass = try await scene.ok(admin, "pass.lookUp", key)
                #expect(pass["passHolderId"] == made["passHolderId"])
            }
        }
    }

    @Test func `S9 only who administers all card systems of both may merge them`() async throws {
        try await Scene.with { scene in
            let member = MembershipID(at: scene.now)
            try await scene.sql(
                """
                insert into membership (id, card_system_id, holder_id, since)
                values (\(member), \(SceneData.there), \(Self.merged.id), \(scene.now))
                """)
            let params = Self.pair().merged(with: ["reason": "double"])
            let admin = try await scene.peer(.administrator)
            #expect(await scene.refused(admin, "passHolder.merge", params) == ["permission.notHeld"])
            let other = try await scene.peer(.otherAdministrator)
            #expect(await scene.refused(other, "passHolder.merge", params) == ["passHolder.notFound"])
            let made = try await Self.merge(scene, by: .operating)
            #expect(made["done", "memberships"].array?.map { $0["how"] } == ["joins", "moves"])
            let again = Self.pair(Holder(3), Self.merged).merged(with: ["reason": "double"])
            #expect(await scene.refused(admin, "passHolder.merge", again) == ["passHolder.notFound"], "merged once")
            #expect(try await Self.unmerge(scene, made) == ["permission.notHeld"])
            // A chain leads to its end in one step.
            let chain = Self.pair(Holder(3), Self.kept).merged(with: ["reason": "double"])
            try await scene.ok(scene.peer(.operating), "passHolder.merge", chain)
            let old: JSON = ["passHolderId": .string(Self.merged.id.text)]
            #expect(try await scene.ok(admin, "passHolder.get", old)["id"]?.string == Holder(3).id.text)
            #expect(try scene.verify() == [:])
        }
    }
}
