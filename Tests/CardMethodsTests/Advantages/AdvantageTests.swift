import CardRules
import JSONRPC
import Postgres
import TestSupport
import Testing

@testable import CardMethods

@Suite(.scene) struct AdvantageTests {
    static func exchange(_ title: String, _ points: Int, _ more: JSON = [:]) -> JSON {
        let params: JSON = [
            "cardSystemId": .string(SceneData.here.text), "type": "exchange", "title": .string(title),
            "promotionalText": ["main": "nl", "nl": "Mooi", "fr": "Beau"], "points": .integer(Int64(points)),
            "publicationPeriod": ["from": "2030-06-01"], "categories": ["gadget"],
            "moreInfoUrl": "https://info.example/a",
        ]
        return params.merged(with: more)
    }

    static func welcome(of cardSystem: CardSystemID = SceneData.here, _ more: JSON = [:]) -> JSON {
        let params: JSON = [
            "cardSystemId": .string(cardSystem.text), "type": "welcome", "title": "Welkom",
            "promotionalText": "Dag", "publicationPeriod": ["from": "2030-06-01"],
        ]
        return params.merged(with: more)
    }

    private static func pointers(_ result: Result<JSON, RPCError>) -> [String] {
        guard case .failure(let error) = result else { return [] }
        let all = error.data?["reasons"]?.array ?? error.data?["problems"]?.array ?? []
        return all.map { ($0["kind"]?.string ?? "") + ($0["pointer"]?.string ?? "") }
    }

    @Test func `ADV-01 S14 S15 what an advantage must say is told at once`() async throws {
        try await Scene.with { scene in
            let admin = try await scene.peer(.administrator)
            let bare: JSON = ["cardSystemId": .string(SceneData.here.text), "type": "exchange"]
            let refused = Self.pointers(await scene.call(admin, "advantage.create", bare))
            #expect(
                refused == [
                    "/title", "/promotionalText", "/publicationPeriod", "/points", "/categories", "/moreInfoUrl",
                ])
            let wrong = Self.welcome([
                "points": 3, "categories": ["gadget"], "holderLimit": ["volume": 2, "period": "day"],
                "publicationPeriod": ["until": "2030-06-01"],
            ])
            #expect(
                Self.pointers(await scene.call(admin, "advantage.create", wrong))
                    == ["/publicationPeriod", "/points", "/categories", "/holderLimit"])
            let made = try await scene.ok(admin, "advantage.create", Self.exchange("Cup", 5))
            #expect(made["status"] == "active" && made["version"] == 1 && made["unitsTaken"] == 0)
            #expect(made["cardSystemIds"] == nil && made["counterIds"] == [] && made["warnings"] == [])
            let welcome = try await scene.ok(admin, "advantage.create", Self.welcome())
            #expect(welcome["cardSystemIds"] == [.string(SceneData.here.text)] && welcome["points"] == 0)
            #expect(welcome["holderLimit"] == ["volume": 1, "period": "absolute"])
        }
    }

    @Test func `ADV-03 R-148 what it names must be the caller's, and texts for online ones only`() async throws {
        try await Scene.with { scene in
            let admin = try await scene.peer(.administrator)
            let params = Self.exchange(
                "Cup", 5,
                [
                    "cardSystemIds": [.string(SceneData.here.text), .string(SceneData.there.text)],
                    "counterIds": [
                        .string(SceneData.Place.library.counter.text), .string(SceneData.Place.elsewhere.counter.text),
                    ], "residentsOf": [.string(SceneData.here.text)], "redeemText": "Tot zo",
                ])
            #expect(
                Self.pointers(await scene.call(admin, "advantage.create", params)).sorted() == [
                    "advantage.notOnline/redeemText", "cardSystem.notFound/cardSystemIds/1",
                    "counter.notFound/counterIds/1", "municipality.notFound/residentsOf/0",
                ])
        }
    }

    @Test func `ADV-04 R-147 as of an instant, and frozen after the first use`() async throws {
        try await Scene.with { scene in
            let admin = try await scene.peer(.administrator)
            let made = try await scene.ok(
                admin, "advantage.create", Self.exchange("Cup", 5, ["units": 3, "cardSystemIds": .null]))
            let id: JSON = ["advantageId": made.id]
            let before = scene.now.text
            let update = id.merged(with: ["points": 7, "version": 1, "exchangePeriod": ["from": "2030-06-02"]])
            let changed = try await scene.ok(admin, "advantage.update", update)
            #expect(changed["points"] == 7 && changed["version"] == 2)
            #expect(await scene.refused(admin, "advantage.update", update) == ["-32009"])
            let then = try await scene.ok(admin, "advantage.get", id.merged(with: ["at": .string(before)]))
            #expect(then["points"] == 5 && then["version"] == 1 && then["unitsTaken"] == nil)
            let early: JSON = id.merged(with: ["at": "2030-06-01T10:00:00+02:00"])
            #expect(await scene.refused(admin, "advantage.get", early) == ["advantage.notFound"])
            try await Self.take(made, by: .init(1), scene)
            try await Self.take(made, by: .init(2), scene)
            let late = id.merged(with: ["points": 8, "exchangePeriod": ["from": "2030-06-03"], "units": 1])
            #expect(
                Self.pointers(await scene.call(admin, "advantage.update", late)) == [
                    "advantage.frozen/points", "advantage.frozen/exchangePeriod/from",
                    "advantage.unitsBelowTaken/units",
                ])
            let rest = id.merged(with: [
                "exchangePeriod": ["from": "2030-06-02", "until": "2030-12-31"], "units": 2, "title": "Mug",
                "totalLimit": ["volume": 4, "period": "year"],
            ])
            #expect(try await scene.ok(admin, "advantage.update", rest)["title"]!["nl"] == "Mug")
            #expect(try await scene.value("select used from advantage_use") == 2)
            try await scene.ok(admin, "advantage.update", id.merged(with: ["status": "deleted"]))
            #expect(await scene.refused(admin, "advantage.update", rest) == ["advantage.notFound"])
            #expect(await scene.refused(admin, "advantage.get", id) == ["advantage.notFound"])
        }
    }

    /// As it is written when it is taken.
    static func take(_ advantage: JSON, by holder: Scene.Holder, _ scene: Scene) async throws {
        let id = AdvantageID(text: advantage.id.string!)!
        let now = scene.now
        try await scene.sql(
            """
            insert into redemption (id, card_system_id, advantage_id, owner_card_system_id, holder_id, points,
                redeemed_at)
            values (\(RedemptionID(at: now)), \(SceneData.here), \(id), \(SceneData.here), \(holder.id), 0, \(now))
            """, "update advantage set units_taken = units_taken + 1 where id = \(id)")
    }

    @Test func `ADV-02 ADV-14 S14 a municipality and a counter write their own`() async throws {
        try await Scene.with { scene in
            let (admin, guide) = (try await scene.peer(.administrator), try await scene.peer(.guide))
            let city = try await scene.ok(
                admin, "municipality.add",
                ["cardSystemId": .string(SceneData.here.text), "name": "Eeklo", "postalCodes": ["9900"]])
            try await scene.ok(
                admin, "municipality.update", ["municipalityId": city.id, "joinedOn": "2030-06-01"])
            let (library, museum) = (SceneData.Place.library.counter, SceneData.Place.museum.counter)
            let cityID = MunicipalityID(text: city.id.string!)!
            try await scene.sql(
                "update counter set municipality_id = \(cityID) where id = \(library)",
                """
                insert into role_grant (account_id, role, card_system_id, municipality_id, granted_at)
                values (\(SceneData.Person.guide.account), 'municipalityAdministrator', \(SceneData.here), \(cityID),
                    \(scene.now))
                """)
            let own = try await scene.ok(guide, "advantage.create", Self.exchange("Own", 1))
            #expect(own["counterIds"] == [.string(museum.text)])
            let mayor = try await scene.peer(.guide)
            let offered = try await scene.ok(
                mayor, "advantage.create",
                Self.welcome([
                    "municipalityId": city.id, "counterIds": [.string(library.text)],
                    "grantingPeriod": ["from": "2030-05-01"], "residentsOf": [city.id],
                ]))
            #expect(offered["warnings"] == ["grantingBeginsInPast", "municipalityJoinedBefore"])
            #expect(offered["residentsOf"] == [city.id])
            let librarian = try await scene.peer(.librarian)
            for other in [own, offered.merged(with: ["id": own.id])] {
                let update: JSON = ["advantageId": other.id, "featured": true]
                #expect(await scene.refused(librarian, "advantage.update", update) == ["-32004"])
            }
            let theirs = Self.exchange("Theirs", 1, ["counterIds": [.string(library.text), .string(museum.text)]])
            #expect(await scene.refused(librarian, "advantage.create", theirs) == ["-32004"])
        }
    }

    @Test func `ADV-02 without counters it is the first that the caller may write for`() async throws {
        try await Scene.with { scene in
            let (mayor, city) = try await scene.mayor(of: "Aalter", "9880")
            let cityID = MunicipalityID(text: city.string!)!
            try await scene.sql("update counter set municipality_id = \(cityID) where name <> 'elsewhere'")
            let offered: JSON = ["municipalityId": city]
            let first = try await scene.ok(mayor, "advantage.create", Self.welcome(offered))
            #expect(first["counterIds"] == [.string(SceneData.Place.library.counter.text)])
            try await scene.sql("update counter set status = 'created' where name = 'library'")
            let next = try await scene.ok(mayor, "advantage.create", Self.welcome(offered))
            #expect(next["counterIds"] == [.string(SceneData.Place.museum.counter.text)])
            let whole = try await scene.ok(scene.peer(.administrator), "advantage.create", Self.welcome())
            #expect(whole["counterIds"] == [], "all of its counters")
        }
    }

    @Test func `S16 codes come by a job too, each once`() async throws {
        try await Scene.with { scene in
            let admin = try await scene.peer(.administrator)
            let made = try await scene.ok(admin, "advantage.create", Self.exchange("Film", 5, ["online": true]))
            let job = try await scene.started(
                admin, "advantageCode.add", "code\nA1\nB2\nA1\n\(String(repeating: "x", count: 101))\n",
                sharing: ["advantageId": made.id])
            try await scene.work()
            #expect(try await scene.rows(admin, job) == ["2 done", "3 done", "4 done", "5 invalid row.invalid"])
            let codes = try await scene.ok(admin, "advantageCode.list", ["advantageId": made.id])["items"]!.array!
            #expect(Set(codes.compactMap { $0["code"]?.string }) == ["A1", "B2"])
            let read = try await scene.ok(admin, "advantage.get", ["advantageId": made.id])
            #expect(read["codesLeft"] == 2)
        }
    }

    @Test func `S16 ADV-12 codes come once each, one is made void, and few are told`() async throws {
        try await Scene.with { scene in
            let admin = try await scene.peer(.administrator)
            let made = try await scene.ok(
                admin, "advantage.create", Self.exchange("Film", 5, ["online": true, "codeWarningBelow": 2]))
            let id: JSON = ["advantageId": made.id]
            let first = try await scene.ok(
                admin, "advantageCode.import", id.merged(with: ["csv": "code\nA1\nB2;x\nA1\n;\n"]))
            #expect(first == ["added": 2, "alreadyKnown": 1, "faultyLines": [5], "codesLeft": 2])
            #expect(try await scene.ok(admin, "advantage.get", id)["warnings"] == [])
            let again = try await scene.ok(admin, "advantageCode.add", id.merged(with: ["code": "B2"]))
            #expect(again == ["added": false, "codesLeft": 2])
            let codes = try await scene.ok(admin, "advantageCode.list", id)["items"]!.array!
            #expect(codes.map { $0["code"] } == ["A1", "B2"])
            let void = id.merged(with: ["advantageCodeId": codes[0].id, "reason": "leaked"])
            #expect(try await scene.ok(admin, "advantageCode.void", void)["status"] == "void")
            let now = try await scene.ok(admin, "advantage.get", id)
            #expect(now["codesLeft"] == 1 && now["codesAdded"] == 1 && now["warnings"] == ["fewCodesLeft"])
            let fed = try await scene.ok(admin, "feed.list", ["cardSystemId": .string(SceneData.here.text)])
            #expect(fed.text.contains(#""fewCodesLeft":true"#) && fed.text.contains(#""codesLeft":1"#))
            #expect(!fed.text.contains("A1"))
            let online = id.merged(with: ["online": false])
            #expect(await scene.refused(admin, "advantage.update", online) == ["advantage.notOnline"])
        }
    }

    @Test func `ADV-02 ADV-09 who stands elsewhere knows what his members may take, and no more`() async throws {
        try await Scene.with { scene in
            let admin = try await scene.peer(.administrator)
            let clerk = try await scene.peer(.clerkElsewhere)
            let own: JSON = ["cardSystemIds": [.string(SceneData.here.text)]]
            let cases: [(JSON, Bool)] = [
                (["online": true, "redeemLink": "https://a.example"], true), (own, false),
                (["status": "inactive"], false),
            ]
            for (more, isKnown) in cases {
                let made = try await scene.ok(admin, "advantage.create", Self.exchange("Cup", 5, more))
                let id: JSON = ["advantageId": made.id]
                #expect(await scene.refused(clerk, "advantage.update", id) == ["advantage.notFound"])
                guard isKnown else {
                    #expect(await scene.refused(clerk, "advantage.get", id) == ["advantage.notFound"], "\(more.text)")
                    continue
                }
                #expect(made["redeemLink"] == "https://a.example" && made["codesLeft"] == 0)
                let seen = try await scene.ok(clerk, "advantage.get", id)
                #expect(seen["points"] == 5 && seen["redeemLink"] == nil && seen["codesLeft"] == nil)
            }
            let listed = try await scene.ok(clerk, "advantage.list", ["subset": "all", "withTotal": true])
            #expect(listed["total"] == 1)
            let elsewhere = try await scene.ok(
                clerk, "advantage.create", Self.welcome(of: SceneData.there))
            #expect(elsewhere["counterIds"] == [.string(SceneData.Place.elsewhere.counter.text)])
            let operating = try await scene.peer(.operating)
            let mixed = own.merged(with: ["counterIds": [.string(SceneData.Place.elsewhere.counter.text)]])
            #expect(
                await scene.refused(operating, "advantage.create", Self.exchange("Cup", 5, mixed))
                    == ["counter.notInCardSystem"])
        }
    }
}
