import CardRules
import JSONRPC
import Postgres
import TestSupport
import Testing

@testable import CardMethods

/// The cards of a delivery's file, brought in by a job.
@Suite(.scene) struct CardImportTests {
    /// A file of cards by the numbers of cards and chips, each with its status and its batch.
    private static func file(_ cards: [(Int, Int, String, String)]) -> String {
        "number;chipNumber;status;batch\n"
            + cards.map { card, chip, status, batch in
                "\(Region.card(card).string!);\(Region.chip(chip).string!);\(status);\(batch)\n"
            }.joined()
    }

    @Test func `NUM-11 cards come in with status and batch, and a row that cannot leaves the others alone`()
        async throws
    {
        try await Scene.with { scene in
            let admin = try await scene.peer(.administrator)
            try await scene.ok(
                admin, "card.add", ["cardSystemId": .string(SceneData.here.text), "number": Region.card(9)])
            let before = try await scene.count("audit where method = 'import.cards'")
            let id = try await scene.job(
                admin, "import.cards",
                Self.file([
                    (1, 1, "stock", "May"), (2, 2, "provisioned", "June"), (1, 3, "stock", "May"),
                    (4, 1, "stock", "May"), (9, 5, "stock", "May"), (6, 6, "gone", "May"), (7, 7, "stock", "May"),
                ]))
            try await scene.work()
            try await scene.ok(admin, "job.start", ["jobId": id])
            try await scene.work()
            #expect(
                try await scene.rows(admin, id) == [
                    "2 done", "3 done", "4 refused card.numberTaken", "5 refused card.chipTaken",
                    "6 refused card.numberTaken", "7 invalid row.invalid", "8 done",
                ])
            let counts = try await scene.ok(admin, "stockBatch.list")["items"]!.array!.map {
                "\($0["name"]!.string!) \($0["count"]!.integer!)"
            }
            #expect(counts.sorted() == ["June 1", "May 2"])
            let told = try await scene.count("audit where method = 'import.cards' and outcome = 'done'") - before
            #expect(told == 2, "one for each batch and status, not one for each card")
            #expect(try scene.verify() == [:])
        }
    }

    @Test func `many cards come in once, however often the job begins again`() async throws {
        try await Scene.with { scene in
            let rows = (0..<4500).map { "\(CardNumber(prefix: "0905", serial: $0, opportunity: false)!.text)\n" }
            let admin = try await scene.peer(.administrator)
            let id = try await scene.started(admin, "import.cards", "number\n" + rows.joined())
            #expect(try await JobRunner(scene.services).step())
            let (one, two) = (JobRunner(scene.services), JobRunner(scene.services))
            async let first: Void = { while try await one.step() {} }()
            async let second: Void = { while try await two.step() {} }()
            _ = try await (first, second)
            try await scene.work()
            let job = try await scene.ok(admin, "job.get", ["jobId": id])
            #expect(job["state"] == "done" && job["done"] == 4500 && job["refused"] == 0)
            #expect(try await scene.count("card where number like '0905%'") == 4500)
            #expect(try scene.verify() == [:])
        }
    }
}
