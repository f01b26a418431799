import CardRules
import JSONRPC
import Postgres
import TestSupport
import Testing

@testable import CardMethods

@Suite(.scene) struct RemovalTests {
    private static func removal(_ holder: JSON) -> JSON { ["passHolderId": holder, "reason": "asked for it"] }

    @Test func `PH-08 of a person who is removed nothing stays but what counts, and the trail is whole`() async throws {
        try await Scene.with { scene in
            let (librarian, admin) = (try await scene.peer(.librarian), try await scene.peer(.administrator))
            let made = try await scene.ok(librarian, "passHolder.register", RefusalScriptRun.person)
            let holder = made["passHolderId"]!
            let id = PassHolderID(text: holder.string!)!
            let event: JSON = [
                "eventId": .string(SceneData.alwaysOpen.text), "cardNumber": made["cardNumber"]!,
            ]
            try await scene.ok(librarian, "checkIn.create", event)
            let account = try await scene.account("an@example.org")
            try await scene.sql(
                "insert into holder_login (account_id, holder_id, linked_at) values (\(account), \(id), now())",
                """
                update pass_holder set nationality = 'BE', place_of_birth = 'Gent', email = 'a@b.be',
                    email_key = 'a@b.be', phone = '+3291234567', mobile = '+32471234567', street = 'Straat 1',
                    opt_ins = '{infoMails}', parental_consent = true, school_id = \(SceneData.Place.museum.counter)
                where id = \(id)
                """)
            func columns() async throws -> [String: JSON] {
                let document: PostgresJSON = try await scene.value(
                    "select to_jsonb(h) from pass_holder h where id = \(id)")
                let members = try JSON(parsing: document.text).object!.members
                return Dictionary(uniqueKeysWithValues: members.map { ($0.name, $0.value) })
            }
            let before = try await columns()
            let done = try await scene.ok(admin, "passHolder.remove", Self.removal(holder))
            #expect(done["removed"] == "everywhere")
            let after = try await columns()
            let left = after.filter { !HolderRemoval.keptColumns.contains($0.key) && $0.value == before[$0.key] }
            #expect(left.keys.sorted() == [], "each column is emptied, or named among those that are kept")
            #expect(after["date_of_birth"] == "1985-01-01" && after["status"] == "blocked")

            #expect(await scene.refused(librarian, "checkIn.create", event).contains("card.notActive"))
            #expect(await scene.kind(admin, "pass.lookUp", ["login": "an@example.org"]) == "passHolder.notFound")
            #expect(try await scene.ok(admin, "passHolder.list", ["name": "Peeters"])["items"] == [])
            #expect(try await scene.count("check_in where holder_id = \(id)") == 1)
            #expect(try scene.verify() == [:])
            try await scene.ok(librarian, "passHolder.register", RefusalScriptRun.person)
        }
    }

    /// Where a word may stay: what staff said why, in rows that are never changed, and answers that are pruned.
    private static let keptTexts = ["audit", "card_step", "idempotency", "insz_read"]

    /// Tables in which a word stands, in whatever column.
    private static func tables(_ scene: Scene, with word: String) async throws -> [String] {
        let rows = try await scene.owner.transaction { transaction in
            try transaction.query(
                """
                select relname::text from pg_class
                where relnamespace = 'public'::regnamespace and relkind in ('r', 'p')
                    and query_to_xml(format('select to_jsonb(t) as line from %I t', relname), false, false, '')::text
                        ilike \("%\(word)%")
                order by 1
                """
            ).map { try $0[0] as String }
        }
        return rows.filter { !keptTexts.contains($0) }
    }

    @Test func `PH-08 a word about a person who is removed stays in no table`() async throws {
        try await Scene.with { scene in
            let (librarian, admin) = (try await scene.peer(.librarian), try await scene.peer(.administrator))
            try await scene.ok(
                admin, "municipality.add",
                ["cardSystemId": .string(SceneData.here.text), "name": "Eeklo", "postalCodes": ["9900"]])
            let named: JSON = [
                "name": "Zonderling", "email": "zonderling@example.org", "note": "Zonderling", "opportunity": [:],
            ]
            let made = try await scene.ok(
                librarian, "passHolder.register", RefusalScriptRun.person.merged(with: named))
            let who: JSON = ["passHolderId": made["passHolderId"]!, "cardSystemId": .string(SceneData.here.text)]
            try await scene.ok(
                admin, "opportunity.suspend", who.merged(with: ["until": "2030-06-30", "reason": "Zonderling lent it"]))
            try await scene.ok(
                librarian, "family.add",
                [
                    "passHolderId": .string(Scene.Holder(1).id.text), "cardNumber": made["cardNumber"]!,
                ])
            for reason in ["Zonderling is Zonderling", "kept"] {
                let merge = try await scene.ok(
                    admin, "passHolder.merge",
                    [
                        "kept": .string(Scene.Holder(2).id.text), "merged": made["passHolderId"]!,
                        "reason": .string(reason),
                    ])
                try await scene.ok(
                    admin, "passHolder.unmerge", ["mergeId": merge["mergeId"]!, "reason": "Zonderling is another"])
            }
            #expect(
                try await Self.tables(scene, with: "zonderling") == [
                    "holder_merge", "mail", "opportunity_reason", "pass_holder", "pass_holder_note",
                ])
            try await scene.ok(admin, "passHolder.remove", Self.removal(made["passHolderId"]!))
            #expect(try await Self.tables(scene, with: "zonderling") == [])
            #expect(try scene.verify() == [:])
        }
    }

    @Test func `PH-08 whom another card system knows too is removed from own ones only`() async throws {
        try await Scene.with { scene in
            let (holder, member) = (Scene.Holder(1), MembershipID(at: scene.now))
            try await scene.sql(
                """
                insert into membership (id, card_system_id, holder_id, since)
                values (\(member), \(SceneData.there), \(holder.id), \(scene.now))
                """)
            let id = JSON.string(holder.id.text)
            try await scene.sql(
                "update membership set opportunity_end_date = '2031-04-30' where holder_id = \(holder.id)")
            for (person, cardSystem) in [
                (SceneData.Person.administrator, SceneData.here), (.otherAdministrator, SceneData.there),
            ] {
                try await scene.ok(
                    scene.peer(person), "opportunity.suspend",
                    [
                        "passHolderId": id, "cardSystemId": .string(cardSystem.text), "until": "2030-06-30",
                        "reason": "why",
                    ])
                try await scene.ok(
                    scene.peer(person), "passHolder.setNote",
                    ["passHolderId": id, "cardSystemId": .string(cardSystem.text), "note": "why"])
            }
            let done = try await scene.ok(
                scene.peer(.administrator), "passHolder.remove", Self.removal(id))
            for table: SQL in ["opportunity_reason where reason = 'why'", "pass_holder_note where note = 'why'"] {
                #expect(try await scene.count("\(fragment: table) and card_system_id = \(SceneData.here)") == 0)
                #expect(try await scene.count("\(fragment: table) and card_system_id = \(SceneData.there)") == 1)
            }
            #expect(done["removed"] == "here" && done["cardSystemIds"] == [.string(SceneData.here.text)])
            #expect(try await scene.value("select name from pass_holder where id = \(holder.id)") == "Holder")
            let there = try await scene.ok(
                scene.peer(.otherAdministrator), "passHolder.get", ["passHolderId": .string(holder.id.text)])
            #expect(there["status"] == "active")
            #expect(try await scene.value("select status from card where id = \(holder.card)") == "deleted")
            #expect(try scene.verify() == [:])
        }
    }
}

@Suite(.scene) struct ExportTests {
    @Test func `a person's export has all that is kept, and who read the INSZ; elsewhere only that something was`()
        async throws
    {
        try await Scene.with { scene in
            let (librarian, admin) = (try await scene.peer(.librarian), try await scene.peer(.administrator))
            let made = try await scene.ok(librarian, "passHolder.register", RefusalScriptRun.person)
            let id = PassHolderID(text: made["passHolderId"]!.string!)!
            let (event, member) = (SceneData.alwaysOpen.text, MembershipID(at: scene.now))
            try await scene.ok(
                librarian, "checkIn.create", ["eventId": .string(event), "cardNumber": made["cardNumber"]!])
            try await scene.sql(
                """
                insert into membership (id, card_system_id, holder_id, since)
                values (\(member), \(SceneData.there), \(id), \(scene.now))
                """)
            try await scene.ok(admin, "pass.lookUp", ["insz": "85031799708"])
            #expect(
                await scene.kind(admin, "passHolder.export", ["passHolderId": made["passHolderId"]!])
                    == "params.invalid")
            let params: JSON = ["passHolderId": made["passHolderId"]!, "purpose": "asked by letter"]
            let export = try await scene.ok(admin, "passHolder.export", params)
            #expect(export["insz"] == "85031799708")
            let data = export["data"]!
            #expect(data["passHolder"]?.array?.first?["firstName"] == "Jan")
            #expect(data["card"]?.array?.first?["number"] == made["cardNumber"])
            #expect(data["cardHistory"]?.array?.map { $0["step"]?.string } == ["make"])
            #expect(data["checkIn"]?.array?.count == 1 && data["pointsHistory"]?.array?.count == 1)
            #expect(data["inszRead"]?.array?.map { $0["kind"]?.string } == ["lookUp", "export"])
            #expect(data["changes"]?.array?.first?["method"] == "passHolder.register")
            let elsewhere = data["membership"]!.array!.first { $0["isElsewhere"] == true }
            #expect(elsewhere?["cardSystemId"] == nil && elsewhere?["since"] != nil)
            #expect(!export.text.contains("sealed") && !export.text.contains("inszIndex"))

            let account = try await scene.account("an@example.org")
            try await scene.sql(
                "insert into holder_login (account_id, holder_id, linked_at) values (\(account), \(id), now())")
            let own = try await scene.ok(
                scene.session(account), "passHolder.export", ["passHolderId": made["passHolderId"]!])
            #expect(own["data", "membership"].array?.allSatisfy { $0["cardSystemId"] != nil } == true)
            #expect(own["data", "inszRead"].array?.count == 3)
            let stored: Int = try await scene.value(
                "select count(*) from idempotency where position('85031799708'::bytea in reply) > 0")
            #expect(stored == 0)
        }
    }

    @Test func `every table with rows about people says what becomes of them`() async throws {
        // What a merge changed is part of the merge.
        let others = ["ledger_account", "holder_merge_change"]
        try await Scene.with { scene in
            let tables: [String] = try await scene.value(
                """
                select array_agg(distinct name) from (
                    select table_name::text as name from information_schema.columns
                    where table_schema = 'public' and column_name = 'holder_id'
                    union
                    select conrelid::regclass::text from pg_constraint
                    where contype = 'f' and confrelid = 'pass_holder'::regclass) as t
                """)
            let listed = PersonTable.all.map(\.name.description)
            #expect(Set(tables).union(["pass_holder"]).subtracting(others).sorted() == Set(listed).sorted())
        }
    }
}
