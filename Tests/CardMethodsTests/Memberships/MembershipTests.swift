import CardRules
import JSONRPC
import Postgres
import TestSupport
import Testing

@testable import CardMethods

@Suite(.bare) struct MembershipTests {
    @Test func `MEM-02 MEM-14 R-065 R-066 somebody joins another card system with the card in his hand, or a new one`()
        async throws
    {
        try await Scene.with { scene in
            let two = try await TwoRegions(scene)
            let (holder, card) = try await two.register(scene)
            let join: JSON = ["heldCardNumber": card, "cardSystemId": two.cardSystem]
            let preview = try await scene.ok(two.desk.clerk, "membership.preview", join)
            #expect(preview["change"] == "newMembership" && preview["reasons"] == [])
            #expect(preview["priceReason"] == "cardUpgrade")
            let made = try await scene.ok(two.desk.clerk, "membership.set", join)
            #expect(made["passHolderId"] == holder && made["cardNumber"] == nil && made["membership", "card"].isNull)
            let again = try await scene.ok(two.desk.clerk, "membership.preview", join)
            #expect(again["change"] == "notPossible")
            #expect(again["reasons"]!.array!.map { $0["kind"] } == ["membership.exists"])
            #expect(await scene.refused(two.desk.clerk, "membership.set", join) == ["membership.exists"])
            let first: JSON = ["passHolderId": holder, "cardSystemId": two.cardSystem, "cardType": "digital"]
            let own = try await scene.ok(two.desk.clerk, "card.replace", first)
            #expect(own["priceReason"] == "extraCard" && own["cardNumber"] != nil)
            let record = try await scene.ok(two.region.authorised.clerk, "passHolder.get", ["passHolderId": holder])
            #expect(record["memberships"]!.array!.count == 1 && record["cardNumber"] == card, "NUM-09")
            #expect(try await two.status(scene, card) == "active")
            #expect(try scene.verify() == [:])
        }
    }

    @Test func `MEM-03 MEM-08 R-070 R-191 the status comes and goes with another card, and points stay`() async throws {
        try await Scene.with { scene in
            let region = try await Region(scene)
            let clerk = region.authorised.clerk
            try await region.fill(
                scene, region.authorised, [Region.card(1), Region.card(2, opportunity: true), Region.card(3)])
            let person = region.person(["cardType": "nfcCard", "cardNumber": Region.card(1)])
            let holder = try await scene.ok(clerk, "passHolder.register", person)["passHolderId"]!
            let grant: JSON = [
                "passHolderId": holder, "cardSystemId": region.cardSystem, "cardType": "nfcCard",
                "cardNumber": Region.card(2, opportunity: true),
            ]
            let preview = try await scene.ok(clerk, "membership.preview", grant)
            #expect(preview["change"] == "replaceMembership")
            #expect(preview["replacedMembership", "card", "cardNumber"] == Region.card(1))
            let granted = try await scene.ok(clerk, "membership.set", grant)
            #expect(granted["replacedCardNumber"] == Region.card(1))
            #expect(granted["priceReason"] == "obtainOpportunityStatus")
            #expect(granted["membership", "opportunityStatus", "endDate"] == preview["opportunityEndDate"]!)
            #expect(granted["membership", "opportunityStatus", "status"] == "active")
            #expect(
                await scene.refused(clerk, "card.unblock", ["cardNumber": Region.card(1), "reason": "x"])
                    == ["card.replaced"])
            let revoke: JSON = [
                "passHolderId": holder, "cardSystemId": region.cardSystem, "cardType": "nfcCard",
                "cardNumber": Region.card(3),
            ]
            let revoked = try await scene.ok(clerk, "membership.set", revoke)
            #expect(revoked["membership", "opportunityStatus", "status"] == "none")
            let cards = try await scene.ok(clerk, "passHolder.cards", ["passHolderId": holder])["items"]!.array!
            #expect(
                cards.map { [$0["cardNumber"], $0["status"], $0["issueReason"], $0["isCurrent"]] } == [
                    [Region.card(3), "active", "loseOpportunityStatus", true],
                    [Region.card(2, opportunity: true), "blocked", "obtainOpportunityStatus", false],
                    [Region.card(1), "blocked", "firstCard", false],
                ])
            #expect(cards[1]["endReason"] == "loseOpportunityStatus")
            #expect(try scene.verify() == [:])
        }
    }

    @Test func `MEM-04 R-069 R-192 a status needs a home there, given with the request`() async throws {
        try await Scene.with { scene in
            let two = try await TwoRegions(scene)
            let (holder, card) = try await two.register(scene)
            let ask: JSON = [
                "heldCardNumber": card, "cardSystemId": two.cardSystem, "cardType": "digital", "opportunity": [:],
            ]
            let preview = try await scene.ok(two.desk.clerk, "membership.preview", ask)
            #expect(preview["addressChangeRequired"] == true)
            let kinds = await scene.refused(two.desk.clerk, "membership.set", ask)
            #expect(kinds == ["registration.otherMunicipality", "postalCode.notInCardSystem"])
            try await scene.ok(
                two.desk.clerk, "membership.set", ask.merged(with: ["address": TwoRegions.deinze]))
            let record = try await scene.ok(two.desk.clerk, "passHolder.get", ["passHolderId": holder])
            #expect(record["address", "postalCode"] == "9800")
            let back: JSON = [
                "cardNumber": card, "reason": "loss", "cardType": "digital",
                "address": ["postalCode": "9900", "city": "Eeklo"],
            ]
            #expect(
                await scene.refused(two.region.authorised.clerk, "card.replace", back) == ["address.outsideRegion"],
                "PH-03")
        }
    }

    @Test func `R-060 R-062 R-064 a lost card is blocked, a defect one deleted, the end date stays`() async throws {
        try await Scene.with { scene in
            let region = try await Region(scene)
            let clerk = region.authorised.clerk
            let made = try await scene.ok(
                clerk, "passHolder.register", region.person(["opportunity": ["endDate": "2099-01-31"]]))
            var card = made["cardNumber"]!
            #expect(
                await scene.kind(clerk, "card.replace", ["cardNumber": card, "cardType": "digital"])
                    == "params.invalid")
            for (reason, status) in [("theft", "blocked"), ("defect", "deleted"), ("loss", "blocked")] {
                let params: JSON = ["cardNumber": card, "cardType": "digital", "reason": .string(reason)]
                let replaced = try await scene.ok(clerk, "card.replace", params)
                #expect(replaced["membership", "opportunityStatus", "endDate"] == "2099-01-31")
                #expect(try await scene.ok(clerk, "card.status", ["cardNumber": card])["status"]?.string == status)
                #expect(await scene.refused(clerk, "card.replace", params) == ["card.replaced"], "R-016")
                card = replaced["cardNumber"]!
            }
            let pass = try await scene.ok(clerk, "pass.lookUp", ["cardNumber": card])
            #expect(pass["passHolderId"] == made["passHolderId"])
            try await scene.ok(clerk, "card.block", ["cardNumber": card, "reason": "lost"])
            try await scene.ok(clerk, "card.unblock", ["cardNumber": card, "reason": "found"])
            #expect(await scene.kind(clerk, "pass.lookUp", ["cardNumber": card]).hasPrefix("no refusal"), "MEM-12")
            #expect(try scene.verify() == [:])
        }
    }

    @Test func `R-068 a move is one call: home, new membership, the old entitlement ends, both trails tell`()
        async throws
    {
        try await Scene.with { scene in
            let two = try await TwoRegions(scene)
            let (holder, card) = try await two.register(scene, ["opportunity": [:]])
            let move: JSON = [
                "heldCardNumber": card, "fromCardSystemId": two.region.cardSystem, "toCardSystemId": two.cardSystem,
                "address": TwoRegions.deinze,
            ]
            let alone = try await scene.ok(two.desk.clerk, "passHolder.previewMove", move)
            #expect(alone["endsOpportunityStatus"] == true)
            #expect(alone["reasons"]!.array!.map { $0["kind"] } == ["membership.cardNeeded"], "the card is blocked")
            let full = move.merged(with: ["cardType": "digital", "opportunity": [:]])
            let preview = try await scene.ok(two.desk.clerk, "passHolder.previewMove", full)
            #expect(preview["reasons"] == [] && preview["change"] == "newMembership")
            let moved = try await scene.ok(two.desk.clerk, "passHolder.move", full)
            #expect(moved["endedOpportunityStatus"] == true)
            #expect(moved["membership", "opportunityStatus", "endDate"] == preview["opportunityEndDate"]!)
            #expect(try await two.status(scene, card) == "blocked")
            let old = try await scene.ok(two.region.admin, "passHolder.get", ["passHolderId": holder])
            #expect(old["address", "postalCode"] == "9800" && old["status"] == "active")
            let left = old["memberships"]!.array![0]
            #expect(left["status"] == "active" && left["opportunityStatus", "status"] == "none")
            #expect(left["card"] == nil)
            for (admin, cardSystem) in [(two.admin, two.cardSystem), (two.region.admin, two.region.cardSystem)] {
                let rows = try await scene.ok(admin, "audit.list", ["cardSystemId": cardSystem])["items"]!.array!
                #expect(rows.contains { $0["method"] == "passHolder.move" && $0["objectId"] == holder })
            }
            let reasons = try await scene.ok(two.region.admin, "card.history", ["cardNumber": card])["items"]!.array!
            #expect(reasons[0]["reason"] == "removal")
            #expect(try scene.verify() == [:])
        }
    }

    @Test func `R-018 MEM-11 a block holds in its card system only, and a card of the person goes on elsewhere`()
        async throws
    {
        try await Scene.with { scene in
            let two = try await TwoRegions(scene)
            let (holder, card) = try await two.register(scene)
            try await scene.ok(
                two.desk.clerk, "membership.set", ["heldCardNumber": card, "cardSystemId": two.cardSystem])
            let block: JSON = ["passHolderId": holder, "cardSystemId": two.cardSystem, "reason": "misuse"]
            try await scene.ok(two.desk.clerk, "passHolder.block", block)
            let clerk = two.region.authorised.clerk
            #expect(try await scene.ok(clerk, "pass.lookUp", ["cardNumber": card])["cardNumber"] == card)
            let change: JSON = [
                "passHolderId": holder, "cardSystemId": two.cardSystem, "cardType": "digital", "opportunity": [:],
                "address": TwoRegions.deinze,
            ]
            #expect(await scene.refused(two.desk.clerk, "membership.set", change) == ["passHolder.blocked"])
        }
    }
}
