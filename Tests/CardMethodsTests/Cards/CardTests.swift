import CardRules
import JSONRPC
import Postgres
import TestSupport
import Testing

@testable import CardMethods

@Suite(.bare) struct CardTests {
    @Test func `NUM-10 NUM-11 a card goes from stock to a counter's drawer, step by step`() async throws {
        try await Scene.with { scene in
            let region = try await Region(scene)
            let cards = [Region.card(1), Region.card(2)]
            let batch: JSON = [
                "cardSystemId": region.cardSystem, "status": "provisioned",
                "cards": [["number": cards[0], "chipNumber": Region.chip(1)], ["number": cards[1]]],
            ]
            try await scene.ok(region.admin, "card.addStock", batch)
            let clash = await scene.refused(
                region.admin, "card.addStock",
                [
                    "cardSystemId": region.cardSystem, "status": "stock",
                    "cards": [["number": cards[0]], ["number": Region.card(3), "chipNumber": Region.chip(1)]],
                ])
            #expect(Set(clash) == ["card.numberTaken", "card.chipTaken"])
            #expect(try await scene.count("card") == 2, "all or nothing")

            let numbers: JSON = ["cardNumbers": .array(cards)]
            let handOver: JSON = ["counterId": region.authorised.id, "cardNumbers": .array(cards)]
            #expect(await scene.kind(region.admin, "card.handOver", handOver) == "card.wrongStatus")
            try await scene.ok(region.admin, "card.deliver", numbers)
            try await scene.ok(region.admin, "card.handOver", handOver)
            #expect(await scene.kind(region.plain.clerk, "card.receive", numbers) == "card.notAtCounter")
            try await scene.ok(region.authorised.clerk, "card.receive", numbers)
            let status = try await scene.ok(region.authorised.clerk, "card.status", ["chipNumber": Region.chip(1)])
            #expect(status["status"] == "localStock" && status["passHolderId"] == nil)
            #expect(
                await scene.kind(region.authorised.clerk, "card.status", ["cardNumber": Region.card(8)])
                    == "card.notFound")
            let listed = try await scene.ok(region.admin, "card.list", ["statuses": ["localStock"], "withTotal": true])
            #expect(listed["total"] == 2)
        }
    }

    @Test func `R-013 R-014 cards go only to counters of their card system`() async throws {
        try await Scene.with { scene in
            let region = try await Region(scene)
            try await region.stock(scene, [Region.card(1)])
            let other = try await scene.ok(region.boss, "cardSystem.create", ["name": "Other"])
            let far = try await scene.ok(
                region.boss, "counter.create", ["cardSystemId": other.id, "name": "far"])
            let params: JSON = ["counterId": far.id, "cardNumbers": [Region.card(1)]]
            #expect(await scene.kind(region.boss, "card.handOver", params) == "counter.notInCardSystem")
            let set: JSON = [
                "counterId": region.plain.id, "cardSystemId": other.id, "permissionGroupIds": [],
            ]
            let foreign = try await scene.admin("both@example.org", of: other.cardSystem())
            #expect(await scene.kind(foreign, "counter.setPermissionGroups", set) == "counter.notFound")
            let both = try await scene.account("two@example.org")
            for system in [other.cardSystem(), CardSystemID(text: region.cardSystem.string!)!] {
                try await scene.grant(both, "cardSystemAdministrator", system)
            }
            let peer = try await scene.session(both)
            #expect(await scene.kind(peer, "counter.setPermissionGroups", set) == "counter.notInCardSystem")
        }
    }

    @Test func `what a counter names must exist, and its key is its own`() async throws {
        try await Scene.with { scene in
            let region = try await Region(scene)
            let nowhere: JSON = .string(MunicipalityID(at: scene.now).text)
            let create: JSON = ["cardSystemId": region.cardSystem, "name": "new", "municipalityId": nowhere]
            #expect(await scene.kind(region.boss, "counter.create", create) == "municipality.notFound")
            try await scene.ok(
                region.boss, "counter.create", ["cardSystemId": region.cardSystem, "name": "one", "key": "K"])
            let second: JSON = ["cardSystemId": region.cardSystem, "name": "two", "key": "K"]
            #expect(await scene.kind(region.boss, "counter.create", second) == "counter.keyTaken")
            let nobody: JSON = ["counterId": region.plain.id, "accountId": .string(AccountID(at: scene.now).text)]
            #expect(await scene.kind(region.admin, "counterMember.remove", nobody) == "counter.memberNotFound")
        }
    }
}
