import CardRules
import JSONRPC
import Postgres
import TestSupport
import Testing

@testable import CardMethods

/// What an administrator does about sales of an event that had the wrong distribution key.
@Suite(.scene) struct TicketCorrectionTests {
    /// The right key: others pay, and the holder half.
    private static let shares: JSON = [["payer": "cardSystem", "weight": 3], ["payer": "organizer", "weight": 1]]

    private static func key(_ scene: Scene, _ changes: JSON = [:]) async throws -> JSON {
        let term: JSON = ["discount": ["kind": "percentPaid", "value": 50], "shares": shares]
        return try await scene.key("Right", term.merged(with: changes)).id
    }

    private static func sums(_ json: JSON?) -> String {
        json?.array?.map { "\($0["payer"]!.string!) \($0["cents"]!.integer!)" }.joined(separator: " ") ?? "-"
    }

    @Test func `S12 a sale is settled by the right key; what was paid stays, and all can be undone`() async throws {
        try await Scene.with { scene in
            try await scene.ticketWorld()
            let (librarian, administrator) = (try await scene.peer(.librarian), try await scene.peer(.administrator))
            let sold = try await scene.sell(librarian, Scene.item(1)).get()["sales"]!.array![0]
            let key = try await Self.key(scene)
            #expect(Self.sums(sold["shares"]) == "organizer 400 municipality 400")
            let correct: JSON = ["ticketSaleId": sold["id"]!, "distributionKeyId": key, "reason": "wrong key"]
            let undo: JSON = ["ticketSaleId": sold["id"]!, "reason": "it was right"]
            #expect(
                await scene.refused(administrator, "ticketSale.undoCorrection", undo) == ["ticketSale.notCorrected"])
            // The key came to be after the sale: as it is now.
            #expect(
                await scene.refused(administrator, "ticketSale.correct", correct) == ["ticketSale.keyNotFitting"])
            let asNow = correct.merged(with: ["termAt": .string(scene.now.text)])
            let corrected = try await scene.ok(administrator, "ticketSale.correct", asNow)
            #expect(corrected["priceCents"] == 200 && corrected["tariffName"] == "Right")
            #expect(Self.sums(corrected["shares"]) == "cardSystem 600 organizer 200")
            #expect(try await scene.owed() == 600)
            #expect(
                await scene.refused(administrator, "ticketSale.correct", asNow) == ["ticketSale.sharesUnchanged"])
            let before = try await scene.ok(administrator, "ticketSale.undoCorrection", undo)
            #expect(before["shares"] == sold["shares"] && before["tariffName"] == sold["tariffName"])
            #expect(try await scene.owed() == 400)
            #expect(
                try await Self.sums(scene.ok(administrator, "ticketSale.undoCorrection", undo)["shares"])
                    == "cardSystem 600 organizer 200")
            #expect(try await scene.count("ticket_sale_correction where reason = 'it was right'") == 2)
            // What was corrected is taken back whole.
            try await scene.ok(librarian, "ticketSale.cancel", ["ticketSaleIds": [sold["id"]!]])
            #expect(try await scene.owed() == 0)
            #expect(await scene.refused(administrator, "ticketSale.correct", asNow) == ["ticketSale.notFound"])
            #expect(await scene.refused(administrator, "ticketSale.undoCorrection", undo) == ["ticketSale.notFound"])
            #expect(try scene.verify() == [:])
        }
    }

    @Test func `S12 a reservation is settled anew before anything is owed; a coupon and another key are refused`()
        async throws
    {
        try await Scene.with { scene in
            try await scene.ticketWorld()
            let key = try await Self.key(scene)
            let tariff = try await scene.plainCoupon()
            try await scene.advance(.minutes(1))
            let (librarian, administrator) = (try await scene.peer(.librarian), try await scene.peer(.administrator))
            let kept = try await scene.reserve(librarian, Scene.item(1)).get()["sales"]!.array![0]
            let coupon = try await scene.sell(librarian, Scene.item(2, tariff: tariff)).get()["sales"]!.array![0]
            func correct(_ sale: JSON, by key: JSON) -> JSON {
                ["ticketSaleId": sale["id"]!, "distributionKeyId": key, "reason": "wrong key"]
            }
            let corrected = try await scene.ok(administrator, "ticketSale.correct", correct(kept, by: key))
            #expect(corrected["status"] == "reserved")
            #expect(try await scene.owed() == 200, "for the coupon only")
            try await scene.ok(librarian, "ticketSale.confirm", ["ticketSaleIds": [kept["id"]!]])
            #expect(try await scene.owed() == 800)
            #expect(
                await scene.refused(administrator, "ticketSale.correct", correct(coupon, by: key))
                    == ["ticketSale.keyNotFitting"])
            let elsewhere = try await scene.key("Elsewhere", in: SceneData.there).id
            #expect(
                await scene.refused(administrator, "ticketSale.correct", correct(kept, by: elsewhere))
                    == ["distributionKey.notFound"])
            #expect(try scene.verify() == [:])
        }
    }

    @Test func `S12 all sales of an event are settled anew by a job that tells first what would come of it`()
        async throws
    {
        try await Scene.with { scene in
            try await scene.ticketWorld()
            let key = try await Self.key(
                scene, ["conditions": ["opportunity": "here", "priceBelowCents": 1000], "isAutomatic": false])
            try await scene.advance(.minutes(1))
            let (librarian, administrator) = (try await scene.peer(.librarian), try await scene.peer(.administrator))
            let sold = try await scene.sell(
                librarian, Scene.item(1, ["regularPriceCents": 500]), Scene.item(2, ["regularPriceCents": 310]),
                Scene.item(3), Scene.item(SceneData.groupCard, ["regularPriceCents": 500])
            ).get()["sales"]!.array!
            try await scene.ok(librarian, "ticketSale.cancel", ["ticketSaleIds": [sold[3]["id"]!]])
            let event: JSON = [
                "cardSystemId": .string(SceneData.here.text), "eventId": .string(Scene.concert.text), "reason": "error",
            ]
            let create = event.merged(with: ["distributionKeyId": key])
            let totals = try await scene.ok(administrator, "ticketSale.totals")
            let plan = try await scene.ok(administrator, "ticketSale.createCorrectionJob", create)
            #expect(plan["corrected"] == 2 && plan["notFitting"] == 1)
            #expect(Self.sums(plan["before"]) == "organizer 324 municipality 324")
            #expect(Self.sums(plan["after"]) == "organizer 162 cardSystem 486")
            // Half instead of a fifth: 250 for 100, and 155 for 62.
            #expect(plan["priceDifferenceCents"] == 243)
            let job: JSON = ["jobId": plan["job", "id"]]
            try await scene.work()
            let file = try await scene.ok(administrator, "job.outcome", job)["text"]!.string!
            #expect(file.contains("500,100,250,organizer 200 municipality 200,cardSystem 300 organizer 100,"))
            #expect(file.contains("1000,200,,organizer 400 municipality 400,,"))
            try await scene.ok(administrator, "job.preview", job)
            try await scene.work()
            let foreseen = try await scene.ok(administrator, "job.get", job)
            #expect(foreseen["foreseenDone"] == 2 && foreseen["foreseenRefused"] == 1)
            #expect(try await scene.ok(administrator, "ticketSale.totals") == totals, "a preview changes nothing")
            try await scene.ok(administrator, "job.start", job)
            try await scene.work()
            #expect(
                try await scene.rows(administrator, job["jobId"]!).map { $0.suffix(24) }.contains {
                    $0.hasSuffix("ticketSale.keyNotFitting")
                })
            let after = try await scene.ok(administrator, "ticketSale.totals")["sums"]?.array?[0]["shares"]
            #expect(Self.sums(after) == "organizer 562 municipality 400 cardSystem 486")
            #expect(try await scene.owed() == 886)
            let again = try await scene.ok(administrator, "ticketSale.createCorrectionJob", create)
            #expect(again["corrected"] == 0 && again["notFitting"] == 1)
            // The undoing is the same once more.
            let undo = try await scene.ok(administrator, "ticketSale.createCorrectionJob", event)
            #expect(Self.sums(undo["before"]) == "organizer 162 cardSystem 486" && undo["corrected"] == 2)
            try await scene.work()
            try await scene.ok(administrator, "job.start", ["jobId": undo["job", "id"]])
            try await scene.work()
            #expect(try await scene.ok(administrator, "ticketSale.totals") == totals)
            #expect(try scene.verify() == [:])
        }
    }

    @Test func `only sales of the period are settled anew, and what is closed is owed now`() async throws {
        try await Scene.with { scene in
            try await scene.ticketWorld()
            let key = try await Self.key(scene)
            try await scene.advance(.minutes(1))
            let (librarian, administrator) = (try await scene.peer(.librarian), try await scene.peer(.administrator))
            _ = try await scene.sell(librarian, Scene.item(1)).get()
            try await scene.advance(.days(100))
            let begin = scene.now
            let sold = try await scene.sell(librarian, Scene.item(1)).get()["sales"]!.array![0]
            let create: JSON = [
                "cardSystemId": .string(SceneData.here.text), "eventId": .string(Scene.concert.text), "reason": "error",
                "distributionKeyId": key,
            ]
            func rows(_ more: JSON) async throws -> Int64? {
                try await scene.ok(
                    administrator, "ticketSale.createCorrectionJob", create.merged(with: more))["corrected"]?.integer
            }
            #expect(try await rows(["from": .string(begin.text)]) == 1)
            #expect(try await rows(["until": .string(begin.text)]) == 1)
            #expect(try await rows([:]) == 2)
            let first: TicketSaleID = try await scene.value("select id from ticket_sale order by sold_at limit 1")
            try await scene.ok(
                administrator, "ticketSale.correct",
                ["ticketSaleId": .string(first.text), "distributionKeyId": key, "reason": "late"])
            let posted: SQL = """
                transfer where reason like 'ticketSale%' and reference_id = \(first) and event_at >= \(begin)
                """
            #expect(try await scene.count(posted) == 2)
            #expect(sold["status"] == "confirmed")
        }
    }
}
