import CardRules
import JSONRPC
import Postgres
import TestSupport
import Testing

@testable import CardMethods

@Suite(.bare) struct PriceTests {
    private static func row(_ label: String, _ cents: Int, _ more: JSON = [:]) -> JSON {
        let row: JSON = [
            "label": .string(label), "reason": "firstCard", "priceCents": .integer(Int64(cents)),
        ]
        return row.merged(with: more)
    }

    /// A region whose residents pay 3, others 5, and people with a status 1; children nothing; 50 cents with a voucher.
    private static func world(_ scene: Scene) async throws -> (region: Region, voucherType: JSON) {
        let region = try await Region(scene)
        let type = try await scene.ok(
            region.admin, "passVoucherType.create",
            ["cardSystemId": region.cardSystem, "name": "Welcome", "prefix": "OLI"])
        let rows: JSON = [
            row("Adult", 300, ["opportunity": false, "resident": true, "ageFrom": 18]),
            row("Child", 0, ["opportunity": false, "resident": true, "ageUntil": 17]),
            row("Elsewhere", 500, ["opportunity": false, "resident": false]),
            row("Opportunity", 100, ["opportunity": true]),
            row("Voucher", 50, ["passVoucherTypeId": type.id]),
            row("Defect", 150, ["reason": "defect"]),
        ]
        try await scene.ok(region.admin, "priceList.set", ["cardSystemId": region.cardSystem, "rows": rows])
        return (region, type.id)
    }

    private static func codes(_ scene: Scene, _ region: Region, _ type: JSON, _ count: Int64) async throws -> [JSON] {
        try await scene.ok(
            region.admin, "passVoucher.issue", ["passVoucherTypeId": type, "count": .integer(count)])["codes"]!.array!
    }

    @Test func `REG-17 REG-18 R-050 R-051 a price depends on who it is for, and says what is missing`() async throws {
        try await Scene.with { scene in
            let (region, _) = try await Self.world(scene)
            let clerk = region.plain.clerk
            let year = Brussels.date(scene.now).year
            let base: JSON = ["cardSystemId": region.cardSystem, "reason": "firstCard", "cardType": "digital"]
            let cases: [(JSON, Int64)] = [
                (["dateOfBirth": "1985-03-17", "postalCode": "9900"], 300),
                (["dateOfBirth": .string("\(year - 17)-01-01"), "postalCode": "9900"], 0),
                (["dateOfBirth": .string("\(year - 18)-01-01"), "postalCode": "9900"], 300),
                (["dateOfBirth": "1985-03-17", "postalCode": "1000"], 500),
                (["dateOfBirth": "1985-03-17", "postalCode": "0000"], 500),
                (["dateOfBirth": "1985-03-17", "postalCode": "9880", "opportunity": true], 100),
            ]
            for (person, cents) in cases {
                let price = try await scene.ok(clerk, "passPrice.compute", base.merged(with: person))
                #expect(price["priceCents"] == .integer(cents), "\(person.text)")
            }
            let made = try await scene.ok(region.authorised.clerk, "passHolder.register", region.person())
            let known = base.merged(with: ["passHolderId": made["passHolderId"]!, "reason": "defect"])
            #expect(try await scene.ok(clerk, "passPrice.compute", known)["priceCents"] == 150)
            let wrong: [JSON] = [
                ["dateOfBirth": "1985-03-17"], ["postalCode": "9900"], [:],
                ["dateOfBirth": "17/03/1985", "postalCode": "9900"], ["dateOfBirth": "1985-03-17", "postalCode": "99"],
                ["dateOfBirth": "1985-03-17", "postalCode": "9900", "reason": "whim"],
                ["dateOfBirth": "1985-03-17", "postalCode": "9900", "colour": "red"],
                ["dateOfBirth": "1985-03-17", "passHolderId": made["passHolderId"]!],
            ]
            for person in wrong {
                let kinds = await scene.refused(clerk, "passPrice.compute", base.merged(with: person))
                #expect(kinds == ["-32602"], "\(person.text)")
            }
            let none = base.merged(with: ["passHolderId": made["passHolderId"]!, "reason": "lossOrTheft"])
            #expect(await scene.refused(clerk, "passPrice.compute", none) == ["price.unknown"])
        }
    }

    @Test func `REG-19 everybody sees the prices of today, but for those with a voucher`() async throws {
        try await Scene.with { scene in
            let (region, _) = try await Self.world(scene)
            let shown = try await scene.ok(
                scene.stranger(), "cardSystem.prices", ["cardSystemId": region.cardSystem, "cardType": "digital"])
            let labels = shown["prices"]!.array!.map { $0["label"]!.string! }
            #expect(labels == ["Adult", "Child", "Elsewhere", "Opportunity", "Defect"])
            let day = Brussels.date(scene.now).adding(days: 10)
            try await scene.ok(
                region.admin, "priceList.set",
                [
                    "cardSystemId": region.cardSystem, "effectiveFrom": .string(day.text), "version": 1,
                    "rows": [Self.row("Everybody", 250)],
                ])
            let today = try await scene.ok(region.admin, "priceList.get", ["cardSystemId": region.cardSystem])
            #expect(today["version"] == 1 && today["lastVersion"] == 2)
            let later = try await scene.ok(
                region.admin, "priceList.get", ["cardSystemId": region.cardSystem, "day": .string(day.text)])
            #expect(later["rows"]!.array!.map { $0["priceCents"] } == [250])
            let stale: JSON = ["cardSystemId": region.cardSystem, "version": 1, "rows": []]
            guard case .failure(let error) = await scene.call(region.admin, "priceList.set", stale) else {
                Issue.record("a stale version was taken")
                return
            }
            #expect(error.data?["kind"] == "conflict" || "\(error)".contains("conflict"))
            let past: JSON = ["cardSystemId": region.cardSystem, "effectiveFrom": "2020-01-01", "rows": []]
            #expect(await scene.refused(region.admin, "priceList.set", past) == ["-32602"])
        }
    }

    @Test func `REG-17 R-039 R-041 a voucher is used once, with the registration that it pays`() async throws {
        try await Scene.with { scene in
            let (region, type) = try await Self.world(scene)
            let clerk = region.authorised.clerk
            let codes = try await Self.codes(scene, region, type, 2)
            let typed = JSON.string(codes[0].string!.lowercased().replacing("-", with: " "))
            let person = region.person(["voucherCode": typed, "expectedPriceCents": 50])
            #expect(
                await scene.refused(clerk, "passHolder.register", person.merged(with: ["expectedPriceCents": 300]))
                    == ["price.changed"])
            let made = try await scene.ok(clerk, "passHolder.register", person)
            #expect(made["priceCents"] == 50)
            #expect(
                await scene.refused(clerk, "passHolder.register", region.person(["voucherCode": typed]))
                    == ["passVoucher.used"])
            let asked: JSON = [
                "cardSystemId": region.cardSystem, "reason": "firstCard", "cardType": "digital",
                "dateOfBirth": "1985-03-17", "postalCode": "9900", "voucherCode": codes[0],
            ]
            let price = try await scene.ok(clerk, "passPrice.compute", asked)
            #expect(price["priceCents"] == 300 && price["unreducedCents"] == 300)
            #expect(price["voucherProblems"]!.array!.map { $0["kind"] } == ["passVoucher.used"])
            let reduced = try await scene.ok(clerk, "passPrice.compute", asked.merged(with: ["voucherCode": codes[1]]))
            #expect(reduced["priceCents"] == 50 && reduced["voucherProblems"] == [])
            let status = try await scene.ok(clerk, "passVoucher.status", ["voucherCode": codes[1]])
            #expect(status["isUsable"] == true && status["typeName"] == "Welcome")
            #expect(
                await scene.refused(clerk, "passVoucher.status", ["voucherCode": "OLI-0"]) == ["passVoucher.unknown"])
            let listed = try await scene.ok(region.admin, "passVoucher.list", ["passVoucherTypeId": type])
            #expect(Set(listed["items"]!.array!.map { $0["status"]!.string! }) == ["issued", "used"])
            #expect(!listed.text.contains(codes[1].string!))
            let open = listed["items"]!.array!.first { $0["status"] == "issued" }!
            let void: JSON = ["passVoucherId": open.id, "reason": "lost"]
            try await scene.ok(region.admin, "passVoucher.void", void)
            #expect(await scene.refused(region.admin, "passVoucher.void", void) == ["passVoucher.void"])
            let stored: Int = try await scene.value(
                "select count(*) from pass_voucher where position(\(codes[0].string!)::bytea in code_index) > 0")
            #expect(stored == 0)
        }
    }

    @Test func `R-054 of two who use a voucher at once one gets it`() async throws {
        try await Scene.with { scene in
            let (region, type) = try await Self.world(scene)
            let code = try await Self.codes(scene, region, type, 1)[0]
            let answers = await withTaskGroup(of: [String].self) { group in
                for desk in [region.admin, region.authorised.clerk] {
                    let person = region.person(["voucherCode": code, "counterId": region.authorised.id])
                    group.addTask { await scene.refused(desk, "passHolder.register", person) }
                }
                return await group.reduce(into: []) { $0.append($1) }
            }
            #expect(answers.filter { $0 == ["passVoucher.used"] }.count == 1)
            #expect(try await scene.count("pass_sale where voucher_id is not null") == 1)
        }
    }

    @Test func `each pass that is sold is listed, and summed by counter and reason`() async throws {
        try await Scene.with { scene in
            let (region, type) = try await Self.world(scene)
            let clerk = region.authorised.clerk
            let code = try await Self.codes(scene, region, type, 1)[0]
            for changes: JSON in [[:], ["opportunity": [:]], ["voucherCode": code]] {
                try await scene.ok(clerk, "passHolder.register", region.person(changes))
            }
            try await scene.ok(
                region.plain.clerk, "passHolder.register", region.person(["insz": "85031799708", "gender": "male"]))
            let all = try await scene.ok(region.admin, "passSale.list", ["cardSystemId": region.cardSystem])
            #expect(all["items"]!.array!.map { $0["priceCents"] } == [300, 50, 100, 300])
            #expect(all["items"]!.array![1]["unreducedCents"] == 300)
            let today = JSON.string(Brussels.date(scene.now).text)
            let filter: JSON = ["cardSystemId": region.cardSystem, "from": today, "until": today]
            let totals = try await scene.ok(region.admin, "passSale.totals", filter)
            #expect(totals["count"] == 4 && totals["priceCents"] == 750 && totals["sums"]!.array!.count == 2)
            let here = filter.merged(with: ["counterId": region.authorised.id, "reason": "firstCard"])
            #expect(try await scene.ok(region.admin, "passSale.totals", here)["priceCents"] == 450)
            let none = filter.merged(with: ["reason": "defect"])
            #expect(try await scene.ok(region.admin, "passSale.list", none)["items"] == [])
            let before: JSON = ["cardSystemId": region.cardSystem, "until": "2020-01-01"]
            #expect(try await scene.ok(region.admin, "passSale.totals", before)["count"] == 0)
        }
    }

    @Test func `R-054 a type of vouchers is renamed and bound to days and a municipality`() async throws {
        try await Scene.with { scene in
            let (region, type) = try await Self.world(scene)
            let clerk = region.authorised.clerk
            let code = try await Self.codes(scene, region, type, 1)[0]
            let changed = try await scene.ok(
                region.admin, "passVoucherType.update",
                [
                    "passVoucherTypeId": type, "version": 1, "name": "Hello", "municipalityId": region.municipality,
                    "validFrom": .string(Brussels.date(scene.now).text),
                ])
            #expect(changed["name"] == "Hello" && changed["version"] == 2)
            let away = region.person(["voucherCode": code, "address": ["postalCode": "9880", "city": "Aalter"]])
            #expect(await scene.refused(clerk, "passHolder.register", away) == ["passVoucher.otherMunicipality"])
            try await scene.ok(clerk, "passHolder.register", region.person(["voucherCode": code]))
            let ended: JSON = ["passVoucherTypeId": type, "validUntil": "2020-01-01"]
            #expect(await scene.refused(region.admin, "passVoucherType.update", ended) == ["-32602"])
            let types = try await scene.ok(clerk, "passVoucherType.list", ["cardSystemId": region.cardSystem])
            #expect(types["items"]!.array!.map { $0["name"] } == ["Hello"])
        }
    }
}
