import CardRules
import JSONRPC
import Postgres
import TestSupport
import Testing

@testable import CardMethods

/// From a file to outcomes.
@Suite(.scene) struct JobTests {
    private static let stock = SceneData.stockCard

    @Test func `each row has its outcome and its audit row, in one link for the step`() async throws {
        try await Scene.with { scene in
            let clerk = try await scene.peer(.librarian)
            let links = try await scene.count("audit_link where card_system_id = \(SceneData.here)")
            let id = try await scene.started(
                clerk, "card.block", Scene.cards(1...2) + "\(Self.stock)\n", sharing: ["reason": "lost"])
            let before = try await scene.count("audit_link where card_system_id = \(SceneData.here)")
            try await scene.work()
            #expect(try await scene.rows(clerk, id) == ["2 done", "3 done", "4 refused card.notActive"])
            let job = try await scene.ok(clerk, "job.get", ["jobId": id])
            #expect(job["state"] == "done" && job["done"] == 2 && job["refused"] == 1 && job["waiting"] == 0)
            #expect(try await scene.count("audit_link where card_system_id = \(SceneData.here)") == before + 1)
            #expect(before > links)
            let audit = try await scene.ok(
                scene.peer(.administrator), "audit.list",
                ["cardSystemId": .string(SceneData.here.text), "method": "card.block"])
            let rows = audit["items"]!.array!
            #expect(rows.map { $0["outcome"] } == ["card.notActive", "done", "done"])
            #expect(
                rows.allSatisfy {
                    $0["details", "jobId"] == id
                        && $0["actorId"]
                            == .string(
                                SceneData.Person.librarian.account.text)
                        && $0["counterId"] == .string(SceneData.Place.library.counter.text)
                })
            #expect(rows.last?["details", "reason"] == "lost")
            #expect(try scene.verify() == [:])
        }
    }

    @Test func `a preview foresees the outcomes and changes nothing`() async throws {
        try await Scene.with { scene in
            let clerk = try await scene.peer(.librarian)
            let id = try await scene.job(
                clerk, "card.block", Scene.cards([1, 1, 2]) + "\(Self.stock)\nx\n", sharing: ["reason": "lost"])
            try await scene.work()
            let before = try await scene.contents()
            let trail = try await scene.count("audit")
            let keys = try await scene.count("idempotency")
            try await scene.ok(clerk, "job.preview", ["jobId": id])
            try await scene.work()
            #expect(
                try await scene.rows(clerk, id) == [
                    "2 waiting (done)", "3 waiting (refused) card.blocked", "4 waiting (done)",
                    "5 waiting (refused) card.notActive", "6 invalid row.invalid",
                ])
            let job = try await scene.ok(clerk, "job.get", ["jobId": id])
            #expect(job["state"] == "previewed" && job["foreseenDone"] == 2 && job["foreseenRefused"] == 2)
            let after = try await scene.contents()
            #expect(before.filter { after[$0.key] != $0.value }.keys.sorted() == ["job", "job_row"])
            // The call itself, and nothing of its rows.
            #expect(try await scene.count("audit") == trail + 1)
            #expect(try await scene.count("idempotency") == keys + 1)
            try await scene.ok(clerk, "job.start", ["jobId": id])
            try await scene.work()
            #expect(try await scene.blockings([1, 2]) == [1, 1])
            #expect(try await scene.ok(clerk, "job.get", ["jobId": id])["done"] == 2)
        }
    }

    @Test func `rows that do not fit are told by row, column and parameter, without what stands there`() async throws {
        try await Scene.with { scene in
            let clerk = try await scene.peer(.librarian)
            let csv = """
                \u{FEFF}name;firstName;dateOfBirth;address.postalCode;address.city;cardType;legalTermsPaper\r
                Peeters;An;17/3/1985;9900;Eeklo;digital;ja\r
                Secret;An;30/2/1985;9900;Eeklo;papyrus;misschien\r
                Peeters;An;1985-03-17;9900;Eeklo\r
                """
            let id = try await scene.job(clerk, "passHolder.register", csv)
            try await scene.work()
            let page = try await scene.ok(clerk, "job.rows", ["jobId": id, "state": "invalid"])
            let reasons = page["items"]!.array!.map { $0["reasons"]!.array! }
            #expect(reasons[0].map { $0["column"] } == [3, 6, 7])
            #expect(reasons[0].map { $0["pointer"] } == ["/dateOfBirth", "/cardType", "/legalTermsPaper"])
            #expect(reasons[1].map { $0["reason"] } == ["has 5 columns, where the header has 7"])
            #expect(!page.text.contains("papyrus") && !page.text.contains("Secret"))
            try await scene.ok(clerk, "job.start", ["jobId": id])
            try await scene.work()
            #expect(try await scene.ok(clerk, "job.get", ["jobId": id])["done"] == 1)
            let city: String = try await scene.value("select city from pass_holder where name = 'Peeters'")
            #expect(city == "Eeklo")
        }
    }

    static let headers: [(header: String, faults: [String])] = [
        ("cardNumber;reason", []), ("CARDNUMBER;Reason", []), ("cardNumber;ksb.row;reason", []),
        ("cardNumbr;reason", ["unknown 1 cardNumber", "missing  cardNumber"]),
        ("cardNumber;reason;cardNumber", ["duplicate 3 "]), ("cardNumber", ["missing  reason"]),
        ("cardNumber;reason;idempotencyKey", ["unknown 3 "]), ("cardNumber;reason;\"x", ["unreadable  "]),
        ("", ["empty  "]),
    ]

    @Test(arguments: headers)
    func `a header is taken, or refused by column`(header: String, faults: [String]) async throws {
        try await Scene.with { scene in
            let clerk = try await scene.peer(.librarian)
            let create: JSON = ["cardSystemId": .string(SceneData.here.text), "method": "card.block", "name": "x"]
            let id = try await scene.ok(clerk, "job.create", create)["id"]!
            try await scene.ok(
                clerk, "job.upload", ["jobId": id, "offset": 0, "text": .string(header), "isLast": true])
            let result = await scene.call(clerk, "job.validate", ["jobId": id])
            guard case .failure(let error) = result else { return #expect(faults == []) }
            let told = error.data?["reasons"]?.array?.map { reason in
                let place =
                    reason["didYouMean"]?.string ?? (reason["fault"] == "missing" ? reason["parameter"]?.string : "")
                return "\(reason["fault"]!.string!) \(reason["column"]?.integer.map(String.init) ?? "") \(place ?? "")"
            }
            #expect(told == faults)
        }
    }

    @Test func `columns may be called otherwise, and left alone`() async throws {
        try await Scene.with { scene in
            let clerk = try await scene.peer(.librarian)
            let columns: JSON = [
                ["column": "Kaartnummer", "parameter": "cardNumber"], ["column": "Opmerking"],
            ]
            let id = try await scene.job(
                clerk, "card.block", "Opmerking,kaartnummer\nniets,\(Scene.Holder(1).number)\n",
                sharing: ["reason": "lost"], with: ["columns": columns])
            try await scene.work()
            #expect(try await scene.rows(clerk, id) == ["2 waiting"])
        }
    }

    @Test func `what all rows share, and what columns hold, is checked when the job is made`() async throws {
        try await Scene.with { scene in
            let clerk = try await scene.peer(.librarian)
            let create: JSON = [
                "cardSystemId": .string(SceneData.here.text), "method": "card.block", "name": "x",
                "params": ["reson": "lost", "cardNumber": "12", "cardSystemId": "x"],
                "columns": [["column": "a", "parameter": "reasn"]],
            ]
            guard case .failure(let error) = await scene.call(clerk, "job.create", create) else {
                Issue.record("it was taken")
                return
            }
            let problems = error.data?["problems"]?.array ?? []
            #expect(
                problems.map { $0["pointer"]?.string } == [
                    "/params/reson", "/params/cardSystemId", "/params/cardNumber", "/columns/0/parameter",
                ])
            #expect(problems.first?["reason"]?.string?.contains("did you mean reason?") == true)
        }
    }

    @Test func `a file comes in parts that are cut anywhere, and goes on after a break`() async throws {
        try await Scene.with { scene in
            let clerk = try await scene.peer(.librarian)
            let id = try await scene.ok(
                clerk, "job.create",
                [
                    "cardSystemId": .string(SceneData.here.text), "method": "card.block", "name": "x",
                    "params": ["reason": "lost"], "encoding": "latin1",
                ])["id"]!
            let bytes = Array(Scene.cards(1...40).utf8)
            for start in stride(from: 0, to: bytes.count, by: 7) {
                let part = Array(bytes[start..<min(start + 7, bytes.count)])
                let params: JSON = [
                    "jobId": id, "offset": .integer(Int64(start)), "base64": .string(Base64.text(part)),
                    "isLast": .bool(start + 7 >= bytes.count),
                ]
                let answer = try await scene.ok(clerk, "job.upload", params, key: "part \(start)")
                #expect(answer["fileBytes"]?.integer == Int64(start + part.count))
                // Once more under its key: it is not taken twice.
                #expect(try await scene.ok(clerk, "job.upload", params, key: "part \(start)") == answer)
            }
            try await scene.ok(clerk, "job.validate", ["jobId": id])
            try await scene.work()
            #expect(try await scene.ok(clerk, "job.get", ["jobId": id])["rows"] == 40)
        }
    }

    @Test func `what stands in a file is kept sealed, and erased seven days after the end`() async throws {
        try await Scene.with { scene in
            let clerk = try await scene.peer(.librarian)
            let id = try await scene.started(
                clerk, "card.block", Scene.cards([1]), sharing: ["reason": "secretreason"])
            try await scene.work()
            let number = Scene.Holder(1).number
            let open = try await scene.count(
                """
                job j join job_part p on p.job_id = j.id
                where position(\(Array(number.utf8)) in p.sealed) > 0
                    or position(\(Array("secretreason".utf8)) in j.fixed_sealed) > 0
                    or to_jsonb(j)::text like '%' || \(number) || '%'
                """)
            #expect(open == 0)
            try await scene.eraseOldFiles()
            let job = try await scene.ok(clerk, "job.get", ["jobId": id])
            #expect(job["isErased"] == true && job["state"] == "done")
            #expect(try await scene.count("job_part") == 0)
            #expect(try await scene.count("job where fixed_sealed is not null") == 0)
            #expect(await scene.refused(clerk, "job.outcome", ["jobId": id]) == ["job.fileErased"])
        }
    }

    @Test func `the outcome comes back as a file, safe for spreadsheets, in the reader's language`() async throws {
        try await Scene.with { scene in
            let clerk = try await scene.peer(.librarian)
            let csv = "cardNumber;reason\n\(Scene.Holder(1).number);=cmd()\n\(Self.stock);\"a;\"\"b\"\n"
            let id = try await scene.started(clerk, "card.block", csv)
            try await scene.work()
            let first = try await scene.ok(
                clerk, "job.outcome", ["jobId": id, "language": "nl", "limit": 1])
            let second = try await scene.ok(
                clerk, "job.outcome", ["jobId": id, "language": "nl", "limit": 1, "cursor": first["nextCursor"]!])
            let text = RefusalKind.cardNotActive.text.nl
            #expect(
                first["text"]!.string! + second["text"]!.string! == """
                    cardNumber;reason;ksb.row;ksb.outcome;ksb.kind;ksb.reason\r
                    \(Scene.Holder(1).number);'=cmd();2;done;;\r
                    \(Self.stock);"a;""b";3;refused;card.notActive;\(text)\r

                    """)
            #expect(second["nextCursor"] == nil)
            // The same file may come back.
            let again = try await scene.job(clerk, "card.unblock", first["text"]!.string!)
            try await scene.work()
            try await scene.ok(clerk, "job.start", ["jobId": again])
            try await scene.work()
            #expect(try await scene.rows(clerk, again) == ["2 done"])
            let reason: String = try await scene.value("select details from audit where method = 'card.unblock'")
            #expect(reason.contains("\"=cmd()\""))
        }
    }
}
