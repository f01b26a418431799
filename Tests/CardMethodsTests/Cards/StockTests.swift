import CardRules
import JSONRPC
import Postgres
import TestSupport
import Testing

@testable import CardMethods

/// Cards from the printer to a drawer and back, each movement written down.
@Suite(.bare) struct StockTests {
    private static func steps(_ scene: Scene, _ peer: Peer, _ card: JSON) async throws -> [String] {
        let history = try await scene.ok(peer, "card.history", ["cardNumber": card])
        return history["items"]!.array!.reversed().map { "\($0["step"]!.string!) \($0["to"]!.string!)" }
    }

    @Test func `a batch is ordered, comes, is handed over, passed on and given back, and every step is kept`()
        async throws
    {
        try await Scene.with { scene in
            let region = try await Region(scene)
            let cards = (1...3).map { Region.card($0) }
            try await scene.ok(
                region.admin, "card.addStock",
                [
                    "cardSystemId": region.cardSystem, "status": "provisioned", "batch": "June", "supplier": "Printer",
                    "cards": .array(cards.map { ["number": $0] }),
                ])
            let batch = try await scene.ok(region.admin, "stockBatch.list")["items"]!.array![0]
            #expect(batch["name"] == "June" && batch["supplier"] == "Printer" && batch["deliveredAt"] == nil)
            #expect(try await scene.ok(region.admin, "card.deliver", ["batchId": batch.id])["count"] == 3)
            try await scene.ok(region.admin, "card.delete", ["cardNumber": cards[2], "reason": "torn"])
            let rest: JSON = ["batchId": batch.id, "counterId": region.authorised.id]
            #expect(try await scene.ok(region.admin, "card.handOver", rest)["count"] == 2, "what is left of it")
            try await scene.ok(region.authorised.clerk, "card.receive", ["from": cards[0], "to": cards[1]])
            let onward: JSON = ["counterId": region.plain.id, "cardNumbers": [cards[0]]]
            #expect(await scene.refused(region.plain.clerk, "card.passOn", onward) == ["card.notAtCounter"])
            try await scene.ok(region.authorised.clerk, "card.passOn", onward)
            #expect(
                await scene.refused(region.authorised.clerk, "card.receive", ["cardNumbers": [cards[0]]])
                    == ["card.notAtCounter"])
            try await scene.ok(region.plain.clerk, "card.receive", ["cardNumbers": [cards[0]]])
            try await scene.ok(region.plain.clerk, "card.takeBack", ["cardNumbers": [cards[0]]])
            #expect(
                try await Self.steps(scene, region.admin, cards[0]) == [
                    "order provisioned", "deliver stock", "handOver sent", "receive localStock", "passOn sent",
                    "receive localStock", "takeBack stock",
                ])
            #expect(
                await scene.refused(region.plain.clerk, "card.history", ["cardNumber": cards[0]]) == ["card.notFound"])
            let torn = try await scene.ok(region.admin, "card.history", ["cardNumber": cards[2], "limit": 1])
            #expect(torn["items"]!.array![0]["reason"] == "torn" && torn["nextCursor"] != nil)
            let known = try await scene.ok(region.admin, "stockBatch.get", ["batchId": batch.id])
            #expect(known["count"] == 3 && known["deliveredAt"] != nil)
            #expect(
                known["counts"] == [
                    ["status": "deleted", "count": 1], ["status": "localStock", "count": 1],
                    ["status": "stock", "count": 1],
                ])
            #expect(try scene.verify() == [:])
        }
    }

    @Test func `NUM-11 a card of a file's row comes in alone, and a range that does not stand together is refused`()
        async throws
    {
        try await Scene.with { scene in
            let region = try await Region(scene)
            let row: JSON = ["cardSystemId": region.cardSystem, "number": Region.card(1), "batch": "July"]
            let made = try await scene.ok(region.admin, "card.add", row)
            #expect(made["status"] == "stock" && made["batchId"] != nil)
            #expect(await scene.refused(region.admin, "card.add", row) == ["card.numberTaken"])
            try await scene.ok(
                region.admin, "card.add", row.merged(with: ["number": Region.card(2), "status": "provisioned"]))
            #expect(try await scene.count("stock_batch") == 1)
            let range: JSON = [
                "counterId": region.plain.id, "from": Region.card(1), "to": Region.card(2),
            ]
            #expect(await scene.refused(region.admin, "card.handOver", range) == ["card.wrongStatus"])
            #expect(
                await scene.kind(region.admin, "card.deliver", ["from": Region.card(2), "to": Region.card(1)])
                    == "params.invalid")
            #expect(
                await scene.kind(region.admin, "card.deliver", ["from": Region.card(2)]) == "params.invalid")
        }
    }

    @Test func `a drawer with fewer cards than its minimum is low, comes first, and says how many to send`()
        async throws
    {
        try await Scene.with { scene in
            let region = try await Region(scene)
            try await region.fill(scene, region.authorised, [Region.card(1), Region.card(2, opportunity: true)])
            try await region.fill(scene, region.plain, [Region.card(3)])
            try await region.stock(scene, [Region.card(4)])
            try await scene.ok(
                region.admin, "card.handOver", ["counterId": region.plain.id, "cardNumbers": [Region.card(4)]])
            let set: JSON = [
                "counterId": region.plain.id, "cardSystemId": region.cardSystem, "isOpportunityCard": false,
                "minimum": 2,
            ]
            try await scene.ok(region.admin, "counter.setStockThreshold", set.merged(with: ["minimum": 9]))
            let level = try await scene.ok(region.admin, "counter.setStockThreshold", set)
            #expect(level["localStock"] == 1 && level["sent"] == 1 && level["isLow"] == true && level["proposal"] == 2)
            try await scene.ok(
                region.admin, "counter.setStockThreshold", set.merged(with: ["isOpportunityCard": true, "minimum": 0]))
            let all = try await scene.ok(region.admin, "card.stockLevels")["items"]!.array!
            #expect(all.count == 4 && all[0] == level && all[1...].allSatisfy { $0["isLow"] == false })
            let low = try await scene.ok(region.admin, "card.stockLevels", ["isLow": true, "withTotal": true])
            #expect(low["total"] == 1)
            let own = try await scene.ok(region.authorised.clerk, "card.stockLevels")["items"]!.array!
            #expect(own.allSatisfy { $0["counterId"] == region.authorised.id } && own.count == 2)
        }
    }
}
