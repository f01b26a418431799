import CardRules
import JSONRPC
import Postgres
import TestSupport
import Testing

@testable import CardMethods

@Suite(.bare) struct RegistrationTests {
    private enum Clerk { case authorised, plain }

    /// What is different from a person who can be registered, who tries, and everything that is against it.
    private static let refusals: [(rule: String, who: Clerk, changes: JSON, kinds: [String])] = [
        (
            "REG-06", .plain,
            ["insz": "85031799708", "opportunity": [:], "address": ["postalCode": "9880", "city": "Aalter"]],
            ["registration.opportunityNotAllowed"]
        ),
        (
            "REG-07", .authorised, ["opportunity": [:], "address": ["postalCode": "9880", "city": "Aalter"]],
            ["registration.otherMunicipality"]
        ),
        (
            "REG-08", .authorised, ["address": ["postalCode": "4551", "city": "Sas van Gent", "country": "NL"]],
            ["registration.foreignNotAllowed"]
        ),
        ("REG-12", .plain, [:], ["registration.inszRequired"]),
        ("REG-13", .authorised, ["dateOfBirth": "2020-05-01"], ["registration.consentMissing"]),
        ("REG-13", .authorised, ["legalTermsPaper": false], ["registration.termsMissing"]),
        ("R-037", .authorised, ["optIns": ["serviceMails"]], ["registration.optInImpossible"]),
        (
            "R-033", .authorised, ["dateOfBirth": "2999-01-01", "parentalConsent": true],
            ["passHolder.birthDateInFuture"]
        ),
        ("R-034", .authorised, ["insz": "85031799708", "dateOfBirth": "1985-03-18"], ["insz.mismatch"]),
        (
            "REG-10", .authorised, ["address": ["postalCode": "1000", "city": "Brussel"], "opportunity": [:]],
            ["postalCode.notInCardSystem", "registration.otherMunicipality"]
        ),
        (
            "REG-13 R-037", .authorised, ["legalTermsPaper": false, "optIns": ["infoMails"]],
            ["registration.termsMissing", "registration.optInImpossible"]
        ),
    ]

    @Test func `REG-06 to REG-14 a registration names everything that is against it and changes nothing`() async throws
    {
        try await Scene.with { scene in
            let region = try await Region(scene)
            for row in Self.refusals {
                let clerk = row.who == .plain ? region.plain.clerk : region.authorised.clerk
                let kinds = await scene.refused(clerk, "passHolder.register", region.person(row.changes))
                #expect(Set(kinds) == Set(row.kinds), "\(row.rule)")
            }
            for table: SQL in ["pass_holder", "membership", "card", "ledger_account where kind = 'points.holder'"] {
                #expect(try await scene.count(table) == 0)
            }
        }
    }

    @Test func `REG-01 REG-02 a plastic card must lie in the counter's own drawer`() async throws {
        try await Scene.with { scene in
            let region = try await Region(scene)
            try await region.stock(scene, [Region.card(1)])
            try await region.fill(scene, region.plain, [Region.card(2)])
            try await region.fill(scene, region.authorised, [Region.card(3), Region.card(4, opportunity: true)])
            let cases: [(JSON, [String])] = [
                (["cardNumber": Region.card(1)], ["card.notInLocalStock"]),
                (["cardNumber": Region.card(2)], ["card.notAtCounter"]),
                (["cardNumber": Region.card(9)], ["card.notFound"]),
                (["cardNumber": Region.card(3), "opportunity": [:]], ["card.opportunityMismatch"]),
                ([:], ["-32602"]),
            ]
            for (changes, kinds) in cases {
                let person = region.person(changes.merged(with: ["cardType": "nfcCard"]))
                let refused = await scene.refused(region.authorised.clerk, "passHolder.register", person)
                #expect(Set(kinds).isSubset(of: refused), "\(changes.text): \(refused)")
            }
            let made = try await scene.ok(
                region.authorised.clerk, "passHolder.register",
                region.person(["cardType": "nfcCard", "cardNumber": Region.card(4, opportunity: true)]))
            #expect(made["cardNumber"] == Region.card(4, opportunity: true))
            let again = await scene.refused(
                region.authorised.clerk, "passHolder.register",
                region.person(["cardType": "nfcCard", "cardNumber": Region.card(4, opportunity: true)]))
            #expect(again.contains("card.notInLocalStock"), "REG-02 a card that is active is nobody else's")
        }
    }

    @Test func `REG-03 REG-04 REG-09 REG-11 who is registered is a member with an active card, and his INSZ is his`()
        async throws
    {
        try await Scene.with { scene in
            let region = try await Region(scene)
            let clerk = region.authorised.clerk
            let made = try await scene.ok(
                clerk, "passHolder.register", region.person(["insz": "85.03.17-997.08", "opportunity": [:]]))
            let holder = try await scene.ok(clerk, "passHolder.get", ["passHolderId": made["passHolderId"]!])
            let masked = holder["inszMasked"]?.string ?? ""
            #expect(
                masked.hasPrefix("85") && masked.hasSuffix("08") && !masked.contains("0317"), "never the whole number")
            let member = holder["memberships"]!.array![0]
            #expect(member["status"] == "active" && member["opportunityStatus"]?["status"] == "active")
            let year = Brussels.date(scene.now).year + 1
            #expect(member["opportunityStatus"]?["endDate"]?.string == "\(year)-04-30")
            let taken = await scene.refused(clerk, "passHolder.register", region.person(["insz": "85031799708"]))
            #expect(taken == ["insz.alreadyUsed"])
            let stored: Int = try await scene.value(
                "select count(*) from pass_holder where position('85031799708'::bytea in insz_sealed) > 0")
            #expect(stored == 0)
            let nowhere: JSON = ["passHolderId": .string(PassHolderID(at: scene.now).text)]
            #expect(await scene.kind(clerk, "passHolder.get", nowhere) == "passHolder.notFound")
        }
    }

    @Test func `NUM-03 NUM-04 NUM-05 a pass is found by card, chip and INSZ, and says when it cannot be used`()
        async throws
    {
        try await Scene.with { scene in
            let region = try await Region(scene)
            let clerk = region.authorised.clerk
            let made = try await scene.ok(clerk, "passHolder.register", region.person(["insz": "85031799708"]))
            let number = made["cardNumber"]!
            for identifier in [number, "85.03.17-997.08"] {
                let pass = try await scene.ok(clerk, "pass.lookUp", ["identifier": identifier])
                #expect(pass["cardNumber"] == number && pass["firstName"] == "An" && pass["points"] == 0)
            }
            #expect(await scene.kind(clerk, "pass.lookUp", ["identifier": Region.card(77)]) == "card.notFound")
            #expect(await scene.kind(clerk, "pass.lookUp", ["identifier": "nobody"]) == "params.invalid")
            try await scene.ok(clerk, "card.block", ["cardNumber": number, "reason": "lost"])
            #expect(await scene.kind(clerk, "pass.lookUp", ["identifier": number]) == "card.blocked")
            #expect(await scene.kind(clerk, "card.block", ["cardNumber": number, "reason": "lost"]) == "card.blocked")
            try await scene.ok(clerk, "card.unblock", ["cardNumber": number, "reason": "found"])
            #expect(
                await scene.kind(clerk, "card.unblock", ["cardNumber": number, "reason": "x"]) == "card.notBlocked")
            let standing: JSON = [
                "passHolderId": made["passHolderId"]!, "cardSystemId": region.cardSystem, "reason": "misuse",
            ]
            #expect(await scene.kind(clerk, "passHolder.unblock", standing) == "passHolder.notBlocked")
            try await scene.ok(clerk, "passHolder.block", standing)
            #expect(await scene.kind(clerk, "pass.lookUp", ["identifier": number]) == "passHolder.blocked")
        }
    }
}
