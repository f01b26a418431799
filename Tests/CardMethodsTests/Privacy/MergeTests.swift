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
        for table: SQL in ["pass_holder", "membership", "card", "check_in", "holder_login"] {
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
