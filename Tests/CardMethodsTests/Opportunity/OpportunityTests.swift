import CardRules
import JSONRPC
import Postgres
import TestSupport
import Testing

@testable import CardMethods

@Suite(.bare) struct OpportunityTests {
    /// Somebody with a status, registered at the authorised counter, and the region.
    private static func world(_ scene: Scene, _ changes: JSON = [:]) async throws -> (Region, JSON) {
        let region = try await Region(scene)
        let person = region.person(["insz": "85031799708", "opportunity": [:]]).merged(with: changes)
        return (region, try await scene.ok(region.authorised.clerk, "passHolder.register", person))
    }

    private static func key(_ region: Region, _ made: JSON, _ more: JSON = [:]) -> JSON {
        let named: JSON = ["cardSystemId": region.cardSystem, "passHolderId": made["passHolderId"]!]
        return named.merged(with: more)
    }

    @Test func `PH-04 R-084 R-085 a status is extended by any of three keys, without a new card, by who may`()
        async throws
    {
        try await Scene.with { scene in
            let (region, made) = try await Self.world(scene)
            let year = Brussels.date(scene.now).year
            let keys: [(JSON, String)] = [
                (["passHolderId": made["passHolderId"]!], "\(year + 2)-01-01"),
                (["cardNumber": made["cardNumber"]!], "\(year + 2)-01-02"),
                (["insz": "85.03.17-997.08"], "\(year + 2)-01-03"),
            ]
            for (key, endDate) in keys {
                let params = key.merged(with: ["cardSystemId": region.cardSystem, "endDate": .string(endDate)])
                let member = try await scene.ok(region.authorised.clerk, "opportunity.extend", params)
                #expect(member["opportunityStatus", "endDate"].string == endDate)
                #expect(member["card", "cardNumber"] == made["cardNumber"])
            }
            let again = Self.key(region, made, ["endDate": .string("\(year + 2)-01-03")])
            let version = try await scene.ok(region.authorised.clerk, "opportunity.extend", again)["version"]
            #expect(try await scene.ok(region.admin, "opportunity.extend", again)["version"] == version)
            #expect(await scene.refused(region.plain.clerk, "opportunity.extend", again) == ["-32004"])
            let nobody: [(JSON, String)] = [
                (["cardNumber": Region.card(77)], "card.notFound"), (["insz": "85031799700"], "-32602"),
                (["insz": "00000000196"], "passHolder.notFound"), ([:], "-32602"),
                (["insz": "85031799708", "cardNumber": made["cardNumber"]!], "-32602"),
            ]
            for (key, kind) in nobody {
                let params = key.merged(with: ["cardSystemId": region.cardSystem])
                let kinds = await scene.refused(region.admin, "opportunity.extend", params)
                #expect(kinds == [kind], "\(key.text)")
            }
            try await region.fill(scene, region.authorised, [Region.card(5, opportunity: true)])
            let stock: JSON = ["cardSystemId": region.cardSystem, "cardNumber": Region.card(5, opportunity: true)]
            #expect(await scene.refused(region.admin, "opportunity.extend", stock) == ["card.notActive"])
        }
    }

    @Test func `PH-04 R-085 a file names people by card number or INSZ, is tried out and done, row by row`()
        async throws
    {
        try await Scene.with { scene in
            let (region, made) = try await Self.world(scene)
            let end = "\(Brussels.date(scene.now).year + 2)-04-30"
            let other = try await scene.registered(region, ["firstName": "Bo", "opportunity": [:]])
            let number: String = try await scene.value(
                "select number from card where holder_id::text = \(other.string!)")
            let csv = """
                insz;cardNumber;endDate
                85.03.17-997.08;;\(end)
                ;\(number);\(end)
                00000000196;;\(end)
                85031799700;;\(end)
                ;;\(end)
                """
            let id = try await scene.job(
                region.authorised.clerk, "opportunity.extend", csv,
                in: CardSystemID(text: region.cardSystem.string!)!)
            try await scene.work()
            try await scene.ok(region.authorised.clerk, "job.preview", ["jobId": id])
            try await scene.work()
            let invalid = ["5 invalid row.invalid", "6 invalid row.invalid"]
            #expect(
                try await scene.rows(region.authorised.clerk, id)
                    == ["2 waiting (done)", "3 waiting (done)", "4 waiting (refused) passHolder.notFound"] + invalid)
            let ends: SQL = "membership where opportunity_end_date::text = \(end)"
            #expect(try await scene.count(ends) == 0)
            try await scene.ok(region.authorised.clerk, "job.start", ["jobId": id])
            try await scene.work()
            #expect(
                try await scene.rows(region.authorised.clerk, id)
                    == ["2 done (done)", "3 done (done)", "4 refused (refused) passHolder.notFound"] + invalid)
            #expect(try await scene.count(ends) == 2)
            let reads = try await scene.ok(
                region.admin, "passHolder.inszReads", ["passHolderId": made["passHolderId"]!])["items"]!.array!
            #expect(reads.map { $0["kind"] } == ["lookUp", "lookUp"], "once tried out, once done")
            let refused: JSON = ["cardSystemId": region.cardSystem, "insz": "85031799708", "endDate": "2020-01-01"]
            #expect(await !scene.refused(region.admin, "opportunity.extend", refused).isEmpty)
            #expect(try await scene.count("insz_read where kind = 'lookUp'") == 3, "a refusal looked for her too")
        }
    }

    @Test func `REG-07 R-069 an extension needs the right for the municipality, and a residence in the card system`()
        async throws
    {
        try await Scene.with { scene in
            let (region, made) = try await Self.world(scene)
            try await scene.sql("update pass_holder set postal_code = '9880', city = 'Aalter'")
            let clerk = region.authorised.clerk
            let params = Self.key(region, made, ["endDate": "2099-01-01"])
            #expect(
                await scene.refused(clerk, "opportunity.extend", params) == ["registration.otherMunicipality"])
            try await scene.ok(region.admin, "opportunity.extend", params)
            try await scene.sql("update pass_holder set postal_code = '1000', city = 'Brussel'")
            #expect(await scene.refused(region.admin, "opportunity.extend", params) == ["postalCode.notInCardSystem"])
            try await scene.ok(
                region.admin, "passHolder.block", Self.key(region, made, ["reason": "misuse"]))
            let kinds = await scene.refused(region.admin, "opportunity.extend", params)
            #expect(kinds == ["passHolder.blocked", "postalCode.notInCardSystem"])
        }
    }

    @Test func `OPP-04 R-083 a suspension ends by itself, and counters never learn why`() async throws {
        try await Scene.with { scene in
            let (region, made) = try await Self.world(scene)
            let until = Brussels.date(scene.now).adding(days: 10)
            let suspended = try await scene.ok(
                region.admin, "opportunity.suspend",
                Self.key(region, made, ["until": .string(until.text), "reason": "Lent to a neighbour"]))
            #expect(suspended["opportunityStatus", "suspendedUntil"].string == until.text)
            let pass = try await scene.ok(
                region.authorised.clerk, "pass.lookUp", ["cardNumber": made["cardNumber"]!])
            #expect(pass["opportunityStatus", "status"] == "suspended" || pass.text.contains("suspended"))
            let seen = try await scene.ok(region.authorised.clerk, "opportunity.history", Self.key(region, made))
            let kinds = (seen["items"]?.array ?? []).map { $0["kind"]?.string }
            #expect(kinds == ["suspended", "granted"] && !seen.text.contains("neighbour"))
            let known = try await scene.ok(region.admin, "opportunity.history", Self.key(region, made))
            #expect(known["items"]?.array?.first?["reason"] == "Lent to a neighbour")
            let stranger = await scene.refused(
                region.authorised.clerk, "opportunity.resume", Self.key(region, made))
            #expect(stranger == ["-32004"])
            let resumed = try await scene.ok(region.admin, "opportunity.resume", Self.key(region, made))
            #expect(resumed["opportunityStatus", "status"] == "active")
            let text = try await scene.ok(region.admin, "audit.list", ["cardSystemId": region.cardSystem]).text
            #expect(!text.contains("neighbour"))
        }
    }

    @Test func `OPP-01 to OPP-03 R-086 the renewal campaign is told by end date and name, and counted`() async throws {
        try await Scene.with { scene in
            let (region, _) = try await Self.world(scene)
            let clerk = region.authorised.clerk
            let today = Brussels.date(scene.now)
            let people = [("Zoet", 40), ("Adam", 40), ("Maes", 5), ("Claes", -3), ("Wouters", -60)]
            for (name, days) in people {
                let person = region.person(["name": .string(name), "opportunity": ["endDate": "2099-01-01"]])
                let made = try await scene.ok(clerk, "passHolder.register", person)
                let id = PassHolderID(text: made["passHolderId"]!.string!)!
                try await scene.sql(
                    "update membership set opportunity_end_date = \(today.adding(days: days)) where holder_id = \(id)")
            }
            func names(_ filter: JSON) async throws -> [String] {
                var names: [String] = []
                var cursor = JSON.null
                repeat {
                    let params: JSON = ["cardSystemId": region.cardSystem, "limit": 2, "cursor": cursor]
                    let page = try await scene.ok(clerk, "opportunity.list", filter.merged(with: params))
                    names += page["items"]!.array!.map { $0["name"]!.string! }
                    cursor = page["nextCursor"] ?? .null
                } while !cursor.isNull
                return names
            }
            let end = JSON.string(today.adding(days: 40).text)
            #expect(try await names([:]) == ["Wouters", "Claes", "Maes", "Adam", "Zoet", "Peeters"])
            #expect(try await names(["endsFrom": end, "endsUntil": end]) == ["Adam", "Zoet"])
            #expect(try await names(["status": "expired"]) == ["Wouters"])
            #expect(try await names(["status": "inGracePeriod"]) == ["Claes"])
            #expect(try await names(["status": "active", "endsUntil": end]) == ["Claes", "Maes", "Adam", "Zoet"])
            #expect(try await names(["status": "suspended"]) == [])
            #expect(try await names(["municipalityId": region.municipality]).count == 6)
            let counted = try await scene.ok(
                clerk, "opportunity.count",
                ["cardSystemId": region.cardSystem, "municipalityId": region.municipality, "endsUntil": end])
            #expect(counted["counts"]!.array!.map { $0["count"] } == [1, 1, 1, 2] && counted["total"] == 5)
            let shortened = try await scene.ok(
                region.admin, "opportunity.end",
                [
                    "cardSystemId": region.cardSystem, "insz": "85031799708", "endDate": .string(today.text),
                    "reason": "moved",
                ])
            #expect(shortened["opportunityStatus", "endDate"].string == today.text)
        }
    }
}
