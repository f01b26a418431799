import CardRules
import JSONRPC
import Postgres
import TestSupport
import Testing

@testable import CardMethods

/// The people of a register that was kept elsewhere, brought in by a job.
@Suite(.bare) struct PassHolderImportTests {
    private static let header =
        "name;firstName;dateOfBirth;insz;address.postalCode;address.city;cardType;cardNumber;opportunity.endDate\n"
    private static let shared: JSON = ["legalTermsPaper": true]

    /// A row of somebody who comes in with a card of plastic, with what is different.
    private static func row(
        _ number: Int, card: String? = nil, insz: String = "", born: String = "17/03/1985", postalCode: String = "9900",
        city: String = "Eeklo", end: String = ""
    ) -> String {
        let card = card ?? Region.card(number).string!
        return "Import \(number);An;\(born);\(insz);\(postalCode);\(city);\(card.isEmpty ? "digital" : "nfcCard");"
            + "\(card);\(end)\n"
    }

    /// The n-th number of those born on the day of all rows.
    private static func insz(_ serial: Int, born: String = "850317") -> String {
        let text = born + String(String(1000 + serial).dropFirst())
        let check = String(100 + 97 - Int(text)! % 97)
        return text + check.dropFirst()
    }

    /// Runs a job to its end.
    private static func run(
        _ scene: Scene, _ region: Region, _ method: String, _ csv: String, sharing params: JSON = [:]
    ) async throws -> JSON {
        let cardSystem = CardSystemID(text: region.cardSystem.string!)!
        let id = try await scene.job(region.admin, method, csv, in: cardSystem, sharing: params)
        try await scene.work()
        try await scene.ok(region.admin, "job.start", ["jobId": id])
        try await scene.work()
        return id
    }

    private static func holders(_ scene: Scene, _ region: Region, _ rows: [String]) async throws -> JSON {
        try await run(
            scene, region, "import.passHolders", header + rows.joined(),
            sharing: shared.merged(with: ["counterId": region.authorised.id]))
    }

    @Test func `thousands come in, and each row that cannot tells why and leaves the others alone`() async throws {
        try await Scene.with { scene in
            let region = try await Region(scene)
            let cards = (0..<2000).map { Region.card($0).string! + ";Register\n" }
            _ = try await Self.run(scene, region, "import.cards", "number;batch\n" + cards.joined())
            let batch = try await scene.ok(region.admin, "stockBatch.list", [:])["items"]!.array![0].id
            try await scene.ok(
                region.admin, "card.handOver", ["counterId": region.authorised.id, "batchId": batch])
            try await scene.ok(region.admin, "card.receive", ["batchId": batch])
            try await region.stock(scene, [Region.card(3001)])
            try await region.fill(scene, region.plain, [Region.card(3002)])
            try await scene.ok(
                region.authorised.clerk, "passHolder.register", region.person(["insz": .string(Self.insz(900))]))
            let faults: [(row: String, outcome: String)] = [
                (Self.row(0, insz: "85031700135"), "invalid row.invalid"),
                (Self.row(1, born: "31/02/1985"), "invalid row.invalid"),
                (Self.row(2, card: Region.card(3000).string!), "refused card.notFound"),
                (Self.row(3, card: Region.card(10).string!), "refused card.notInLocalStock"),
                (Self.row(4, card: Region.card(3001).string!), "refused card.notInLocalStock"),
                (Self.row(5, card: Region.card(3002).string!), "refused card.notAtCounter"),
                (Self.row(6, insz: Self.insz(10)), "refused insz.alreadyUsed"),
                (Self.row(7, insz: Self.insz(900)), "refused insz.alreadyUsed"),
                (Self.row(8, insz: Self.insz(1, born: "860317")), "refused insz.mismatch"),
                (Self.row(9, born: "1/5/2020", end: "2027-04-30"), "refused card.opportunityMismatch"),
            ]
            let rows = (10..<2000).map { number in
                number % 400 == 0
                    ? Self.row(number, card: "", end: "2027-04-30")
                    : Self.row(number, insz: number < 800 ? Self.insz(number) : "")
            }
            // The faults stand behind the rows that they clash with, and before others of the next step.
            let job = try await Self.holders(
                scene, region, Array(rows[..<500]) + faults.map(\.row) + Array(rows[500...]))
            var told: [String] = []
            for state in ["refused", "invalid", "failed"] {
                let page = try await scene.ok(
                    region.admin, "job.rows", ["jobId": job, "state": .string(state), "limit": 500])
                told += page["items"]!.array!.map { row in
                    "\(row["row"]!.integer!) \(state) \(row["reasons"]!.array![0]["kind"]!.string!)"
                }
            }
            #expect(told.sorted() == faults.enumerated().map { "\($0.offset + 502) \($0.element.outcome)" }.sorted())
            #expect(try await scene.ok(region.admin, "job.get", ["jobId": job])["done"] == 1990)
            #expect(try await scene.count("pass_holder where name like 'Import %'") == 1990)
            #expect(try await scene.count("card where status = 'active' and holder_id is not null") == 1991)
            #expect(
                try await scene.count("audit where method = 'import.passHolders' and outcome = 'done'") == 1990)
            let found = try await scene.ok(region.authorised.clerk, "pass.lookUp", ["insz": .string(Self.insz(20))])
            #expect(found["cardNumber"] == Region.card(20))
            #expect(try scene.verify() == [:])
        }
    }

    @Test func `who is imported is kept as who is registered`() async throws {
        try await Scene.with { scene in
            let region = try await Region(scene)
            try await region.fill(scene, region.authorised, [1, 2].map { Region.card($0, opportunity: true) })
            let common: JSON = [
                "nationality": "BE", "placeOfBirth": "Gent", "gender": "male", "email": "An@example.org",
                "mobile": "+32470123456", "optIns": ["serviceMails"], "note": "Komt op dinsdag",
            ]
            let counter: JSON = ["counterId": region.authorised.id, "cardType": "nfcCard"]
            let one: JSON = ["cardNumber": Region.card(1, opportunity: true), "name": "Één"]
            try await scene.ok(
                region.admin, "passHolder.register",
                region.person(common.merged(with: counter).merged(with: one).merged(with: ["insz": "85031700134"])))
            let csv = """
                cardNumber;name;firstName;dateOfBirth;address.postalCode;address.city;legalTermsPaper;insz
                \(Region.card(2, opportunity: true).string!);Één;An;1985-03-17;9900;Eeklo;ja;\(Self.insz(3))

                """
            let shared = common.merged(with: ["counterId": region.authorised.id, "cardType": "nfcCard"])
            let job = try await Self.run(scene, region, "import.passHolders", csv, sharing: shared)
            #expect(try await scene.rows(region.admin, job) == ["2 done"])
            for statement in Self.traces {
                let kept: [String] = try await scene.owner.transaction { transaction in
                    try transaction.query(statement).map { try $0[0] }
                }
                #expect(kept.count == 2 && Set(kept).count == 1, "\(statement): \(kept)")
            }
            let feed = try await scene.ok(
                region.admin, "feed.list", ["cardSystemId": region.cardSystem, "after": 0, "limit": 500])
            let told = feed["items"]!.array!.filter {
                ["passHolder.register", "import.passHolders"].contains($0["kind"]!.string!)
            }
            #expect(told.count == 2 && told.allSatisfy { $0["objectKind"] == "passHolder" })
            #expect(told.allSatisfy { $0["details"]!.object!.members.map(\.name) == ["cardId"] })
            #expect(try scene.verify() == [:])
        }
    }

    /// What is kept of people in each table, without what differs by chance or time.
    private static let traces: [SQL] = [
        """
        select (to_jsonb(h) - array['id', 'insz_sealed', 'insz_index', 'insz_masked', 'registered_at'])::text
        from pass_holder h
        """,
        """
        select (to_jsonb(m) - array['id', 'holder_id', 'current_card_id', 'since', 'stands_since'])::text
        from membership m
        """,
        """
        select (to_jsonb(c) - array['id', 'holder_id', 'number', 'changed_at'])::text from card c
        where holder_id is not null
        """,
        """
        select string_agg((to_jsonb(s) - array['card_id', 'at'])::text, ' ' order by version) from card_step s
        group by card_id
        """,
        "select (to_jsonb(o) - array['id', 'membership_id', 'at'])::text from opportunity_change o",
        "select (to_jsonb(a) - array['id', 'owner_id'])::text from ledger_account a where kind = 'points.holder'",
        "select (to_jsonb(n) - array['holder_id', 'changed_at'])::text from pass_holder_note n",
    ]

    @Test func `a step that breaks off is done again, and nobody comes in twice`() async throws {
        try await Scene.with { scene in
            let region = try await Region(scene)
            try await scene.owner.connection { connection in
                try connection.script(
                    """
                    create function break_commit() returns trigger language plpgsql as $$
                    begin
                        if new.name = 'Import 45' then raise exception 'broken'; end if;
                        return null;
                    end $$;
                    create constraint trigger broken after insert on pass_holder deferrable initially deferred
                        for each row execute function break_commit();
                    """)
            }
            let rows = (0..<60).map { Self.row($0, card: "", insz: Self.insz($0 + 1)) }
            let job = try await Self.holders(scene, region, rows)
            let told = try await scene.rows(region.admin, job)
            #expect(told.count == 60 && told.filter { !$0.hasSuffix(" done") } == ["47 failed server.internalError"])
            #expect(try await scene.count("pass_holder") == 59)
            #expect(try scene.verify() == [:])
        }
    }

    @Test func `two daemons and a beginning anew bring everybody in once; a preview brings in nobody`() async throws {
        try await Scene.with { scene in
            let region = try await Region(scene)
            let rows = (0..<2300).map { Self.row($0, card: "") }
            let cardSystem = CardSystemID(text: region.cardSystem.string!)!
            let id = try await scene.job(
                region.admin, "import.passHolders", Self.header + rows.joined(), in: cardSystem,
                sharing: Self.shared.merged(with: ["counterId": region.authorised.id]))
            try await scene.work()
            try await scene.ok(region.admin, "job.preview", ["jobId": id])
            try await scene.work()
            let foreseen = try await scene.ok(region.admin, "job.get", ["jobId": id])
            #expect(try await scene.count("pass_holder") == 0 && foreseen["foreseenDone"] == 2300)
            try await scene.ok(region.admin, "job.start", ["jobId": id])
            #expect(try await JobRunner(scene.services).step())
            async let first: Void = scene.work()
            async let second: Void = scene.work()
            _ = try await (first, second)
            try await scene.work()
            #expect(try await scene.ok(region.admin, "job.get", ["jobId": id])["done"] == 2300)
            #expect(try await scene.count("pass_holder") == 2300)
            #expect(try scene.verify() == [:])
        }
    }

    @Test func `only who administers the card system imports people, and to its counters alone`() async throws {
        try await Scene.with { scene in
            let region = try await Region(scene)
            let foreign = try await scene.ok(region.boss, "cardSystem.create", ["name": "Elsewhere"])
            let other = try await scene.admin("other@example.org", of: foreign.cardSystem())
            let job: JSON = ["cardSystemId": region.cardSystem, "method": "import.passHolders", "name": "x"]
            for peer in [region.authorised.clerk, other] {
                #expect(await scene.kind(peer, "job.create", job) == "permission.missing")
            }
            let elsewhere = try await scene.ok(
                region.boss, "counter.create", ["cardSystemId": foreign.id, "name": "Far"]
            ).id
            let id = try await Self.run(
                scene, region, "import.passHolders", Self.header + Self.row(1, card: ""),
                sharing: Self.shared.merged(with: ["counterId": elsewhere]))
            #expect(try await scene.rows(region.admin, id) == ["2 refused counter.notFound"])
        }
    }
}
