import CardRules
import JSONRPC
import Postgres
import TestSupport
import Testing

@testable import CardMethods

@Suite(.scene) struct AdvantageListTests {
    private static let kids: JSON = ["forKids": true, "categories": ["activity", "gadget"]]

    /// Five exchanges of here, one of them not published, one for later, one inactive; and a welcome.
    private static func fill(_ scene: Scene) async throws -> Peer {
        let admin = try await scene.peer(.administrator)
        let all: [JSON] = [
            AdvantageTests.exchange("Beker", 5, ["units": 10]), AdvantageTests.exchange("Zwembad", 9, kids),
            AdvantageTests.exchange("Appel", 5, ["exchangePeriod": ["from": "2030-06-01", "until": "2030-06-05"]]),
            AdvantageTests.exchange("Geheim", 1, ["publicationPeriod": ["from": "2030-07-01"]]),
            AdvantageTests.exchange("Later", 2, ["exchangePeriod": ["from": "2030-07-01"]]),
            AdvantageTests.exchange("Weg", 3, ["status": "inactive"]), AdvantageTests.welcome(),
        ]
        for advantage in all { try await scene.ok(admin, "advantage.create", advantage) }
        return admin
    }

    private static func titles(_ answer: JSON) -> [String] {
        (answer["items"]?.array ?? []).map { ($0["advantage"] ?? $0)["title"]?["nl"]?.string ?? "" }
    }

    @Test func `ADV-17 ADV-18 the subsets and filters of a list`() async throws {
        try await Scene.with { scene in
            let admin = try await Self.fill(scene)
            let cases: [(JSON, [String])] = [
                ([:], ["Appel", "Beker", "Zwembad"]),
                (["subset": "redeemable"], ["Appel", "Beker", "Geheim", "Zwembad"]),
                (["subset": "publishedFuture"], ["Later"]), (["subset": "redeemableFuture"], ["Later"]),
                (["subset": "all"], ["Appel", "Beker", "Geheim", "Later", "Weg", "Zwembad"]),
                (["types": ["welcome", "exchange"]], ["Appel", "Beker", "Welkom", "Zwembad"]),
                (["pointsFrom": 5, "pointsUntil": 5], ["Appel", "Beker"]), (["pointsFrom": 6], ["Zwembad"]),
                (["categories": ["activity", "goodCause"]], ["Zwembad"]), (["forKids": false], ["Appel", "Beker"]),
                (["text": "*e*e"], ["Beker"]), (["ownerCardSystemIds": [.string(SceneData.there.text)]], []),
                (["sort": ["-points", "-title"]], ["Zwembad", "Beker", "Appel"]),
                (["sort": ["-exchangeUntil", "points", "title"]], ["Beker", "Zwembad", "Appel"]),
                (["sort": ["-createdAt"]], ["Appel", "Zwembad", "Beker"]),
            ]
            for (params, expected) in cases {
                #expect(Self.titles(try await scene.ok(admin, "advantage.list", params)) == expected, "\(params.text)")
            }
            let lists = Self.titles(try await scene.ok(scene.stranger(), "advantage.listPublished"))
            #expect(lists == ["Appel", "Beker", "Zwembad"])
            let secret = try await scene.ok(scene.stranger(), "advantage.listPublished", ["future": true])
            #expect(Self.titles(secret) == ["Later"] && !secret.text.contains("codesLeft"))
            try await scene.sql("update card_system set is_permanent = false where id = \(SceneData.here)")
            #expect(Self.titles(try await scene.ok(scene.stranger(), "advantage.listPublished")) == [])
        }
    }

    @Test func `ADV-18 R-151 pages in any order, and facets over the other filters`() async throws {
        try await Scene.with { scene in
            let admin = try await Self.fill(scene)
            for sort: JSON in [
                ["points", "-title"], ["-points"], ["exchangeUntil"], ["-createdAt"], ["publishedFrom"],
            ] {
                let params: JSON = ["subset": "all", "sort": sort]
                let whole = Self.titles(try await scene.ok(admin, "advantage.list", params))
                var (paged, cursor): ([String], JSON?) = ([], nil)
                repeat {
                    let at = cursor.map { ["limit": 1, "cursor": $0] } ?? ["limit": 1] as JSON
                    let page = try await scene.ok(admin, "advantage.list", params.merged(with: at))
                    paged += Self.titles(page)
                    cursor = page["nextCursor"]
                } while cursor != nil
                #expect(paged == whole && paged.count == 6, "\(sort.text)")
            }
            let other: JSON = ["sort": ["points"], "cursor": .string(AdvantageID(at: scene.now).text + "Beker")]
            #expect(await scene.refused(admin, "advantage.list", other) == ["-32602"])
            let counted = try await scene.ok(
                admin, "advantage.list",
                ["pointsFrom": 5, "categories": ["activity"], "withFacets": true, "withTotal": true])
            #expect(counted["total"] == 1)
            let facets = counted["facets"]!.array!.reduce(into: [String: String]()) { facets, facet in
                facets[facet["facet"]!.string!] = facet["values"]!.array!
                    .map { "\($0["value"]!.string!) \($0["count"]!.text)" }.joined(separator: ", ")
            }
            #expect(facets["category"] == "activity 1, gadget 3")
            #expect(facets["type"] == "exchange 1" && facets["forKids"] == "true 1")
            #expect(
                facets["cardSystem"]
                    == [SceneData.here, SceneData.there].map { "\($0.text) 1" }.joined(separator: ", ")
            )
        }
    }

    @Test func `ADV-20 R-150 what one holder can take, also with more points`() async throws {
        try await Scene.with { scene in
            let admin = try await Self.fill(scene)
            let holder: JSON = ["passHolderId": .string(Scene.Holder(1).id.text)]
            #expect(Self.titles(try await scene.ok(admin, "advantage.list", holder)) == [])
            let more = try await scene.ok(admin, "advantage.list", holder.merged(with: ["extraPoints": 5]))
            #expect(Self.titles(more) == ["Appel", "Beker"])
            try await scene.sql("update permission_group set permissions = array['advantage.read']")
            let librarian = try await scene.peer(.librarian)
            #expect(await scene.refused(librarian, "advantage.list", holder) == ["-32004"])
            #expect(Self.titles(try await scene.ok(librarian, "advantage.list")).count == 3)
        }
    }

    @Test func `ADV-20 what one holder may like: like what he took, or for his children, even if points lack`()
        async throws
    {
        try await Scene.with { scene in
            let admin = try await Self.fill(scene)
            let holder: JSON = ["passHolderId": .string(Scene.Holder(1).id.text), "interest": "mayLike"]
            let card: JSON = ["cardNumber": .string(Scene.Holder(1).number), "onlyMayLike": true]
            func liked() async throws -> [String] {
                let librarian = try await scene.peer(.librarian)
                let shown = Self.titles(try await scene.ok(librarian, "advantage.forCard", card))
                let listed = Self.titles(
                    try await scene.ok(admin, "advantage.list", holder.merged(with: ["subset": "redeemable"])))
                #expect(shown.sorted() == listed)
                return listed
            }
            #expect(try await liked() == [], "he took nothing, and nothing is in the light")
            try await scene.sql("update advantage set is_featured = true where title_key = 'appel'")
            #expect(try await liked() == ["Appel"])
            let (own, child) = (Scene.Holder(1).id, Scene.Holder(2).id)
            try await scene.sql(
                "update pass_holder set date_of_birth = '2018-06-04' where id = \(child)",
                """
                insert into family_member (id, main_id, member_id, added_at)
                values (\(ID<Never>(at: scene.now)), \(own), \(child), \(scene.now))
                """)
            #expect(try await liked() == ["Appel", "Zwembad"])
            try await scene.sql("update pass_holder set date_of_birth = '2018-06-03' where id = \(child)")
            #expect(try await liked() == ["Appel"], "twelve today")
            try await scene.sql("update pass_holder set date_of_birth = '2030-01-01' where id = \(own)")
            #expect(try await liked() == ["Appel", "Zwembad"])
            try await scene.sql("update pass_holder set date_of_birth = '1990-01-01' where id = \(own)")
            let beker = try await scene.ok(admin, "advantage.list", ["text": "beker"])["items"]!.array![0]
            try await AdvantageTests.take(beker, by: .init(1), scene)
            #expect(try await liked() == ["Appel", "Beker", "Geheim"], "the other gadgets, whatever they cost")
            let all = try await scene.ok(
                scene.login(of: .init(1)), "holder.advantages", ["extraPoints": 5])["items"]!.array!
            #expect(all.filter { $0["mayLike"] == true }.count == 3 && all.count == 4)
            try await scene.sql("update redemption set cancelled_at = \(scene.now), cancel_reason = 'r'")
            #expect(try await liked() == ["Appel"])
        }
    }

    @Test func `S20 R-144 R-146 a scanned card shows what is due, and why the rest is not`() async throws {
        try await Scene.with { scene in
            _ = try await Self.fill(scene)
            let librarian = try await scene.peer(.librarian)
            let card: JSON = ["cardNumber": .string(Scene.Holder(1).number)]
            let before = try await scene.ok(librarian, "advantage.forCard", card)
            #expect(Self.titles(before) == ["Geheim", "Appel", "Beker", "Zwembad"])
            let short = before["items"]!.array![0]
            #expect(short["takeable"] == false && before["points"] == 0)
            #expect(short["reasons"]!.array!.map { $0["kind"] } == ["points.insufficient"])
            // A member since the welcome was entered.
            try await scene.sql("update membership set since = \(scene.now) where holder_id = \(Scene.Holder(1).id)")
            let due = try await scene.ok(
                librarian, "advantage.forCard", card.merged(with: ["onlyTakeable": true, "extraPoints": 1]))
            #expect(Self.titles(due) == ["Welkom", "Geheim"])
            try await AdvantageTests.take(due["items"]!.array![0]["advantage"]!, by: .init(1), scene)
            #expect(Self.titles(try await scene.ok(librarian, "advantage.forCard", card)) == Self.titles(before))
            #expect(
                await scene.refused(librarian, "advantage.forCard", ["cardNumber": .string(SceneData.groupCard)])
                    == ["card.groupPass"])
            #expect(
                await scene.refused(librarian, "advantage.forCard", ["cardNumber": .string(SceneData.stockCard)])
                    == ["card.notActive"])
        }
    }

    @Test func `ADV-15 ADV-16 R-146 a holder sees what is for him, anywhere or online`() async throws {
        try await Scene.with { scene in
            let admin = try await scene.peer(.administrator)
            for (town, code) in [("Eeklo", "9900"), ("Aalter", "9880")] {
                let city = try await scene.ok(
                    admin, "municipality.add",
                    [
                        "cardSystemId": .string(SceneData.here.text), "name": .string(town),
                        "postalCodes": [.string(code)],
                    ])
                try await scene.ok(
                    admin, "advantage.create", AdvantageTests.exchange(town, 5, ["residentsOf": [city.id]]))
            }
            try await scene.ok(admin, "advantage.create", AdvantageTests.exchange("Film", 5, ["online": true]))
            let own = try await scene.login(of: .init(1))
            let all = try await scene.ok(own, "holder.advantages", ["extraPoints": 5])
            #expect(Self.titles(all) == ["Eeklo", "Film"])
            #expect(all["items"]!.array!.allSatisfy { $0["takeable"] == true })
            let page = try await scene.ok(own, "holder.advantages", ["limit": 1])
            #expect(Self.titles(page) == ["Eeklo"] && page["nextCursor"] != nil)
            #expect(Self.titles(try await scene.ok(own, "holder.advantages", ["online": true])) == ["Film"])
            let other: JSON = ["passHolderId": .string(Scene.Holder(2).id.text)]
            #expect(await scene.refused(own, "holder.advantages", other) == ["passHolder.notFound"])
        }
    }
}
