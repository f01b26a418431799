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

    @Test func `PH-08 whom another card system knows too is removed from own ones only`() async throws {
        try await Scene.with { scene in
            let (holder, member) = (Scene.Holder(1), MembershipID(at: scene.now))
            try await scene.sql(
                """
                insert into membership (id, card_system_id, holder_id, since)
                values (\(member), \(SceneData.there), \(holder.id), \(scene.now))
                """)
            let done = try await scene.ok(
                scene.peer(.administrator), "passHolder.remove", Self.removal(.string(holder.id.text)))
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
