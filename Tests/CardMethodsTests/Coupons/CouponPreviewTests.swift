import CardRules
import JSONRPC
import Postgres
import TestSupport
import Testing

@testable import CardMethods

@Suite(.scene) struct CouponPreviewTests {
    @Test func `COU-05 a preview tells how many would have a coupon, and its cost at most, and makes nothing`()
        async throws
    {
        try await Scene.with { scene in
            let administrator = try await scene.peer(.administrator)
            let new = Scene.coupon().merged(with: [
                "forEveryone": true, "holderLimit": ["volume": 2, "period": "month"], "validUntil": "2030-07-31",
            ])
            let told = try await scene.ok(administrator, "coupon.preview", ["coupon": new])
            #expect(told["passHolders"] == 40 && told["groups"] == 1 && told["maximumTickets"] == 164)
            #expect(told["maximumDiscountCents"] == 600 && told["maximumCostCents"] == 98400)
            let cheap = try await scene.ok(
                administrator, "coupon.preview", ["coupon": new, "regularPriceCents": 500])
            #expect(cheap["maximumCostCents"] == 82000)
            #expect(try await scene.count("coupon") == 0)
            let made = try await scene.coupon(["budgetCents": 700])
            let named = try await scene.ok(administrator, "coupon.preview", ["couponId": made.id])
            #expect(named["passHolders"] == 0 && named["maximumCostCents"] == 0)
            try await scene.ok(
                administrator, "coupon.addTarget", ["couponId": made.id, "cardNumber": .string(SceneData.groupCard)])
            let one = try await scene.ok(administrator, "coupon.preview", ["couponId": made.id])
            #expect(one["groups"] == 1 && one["maximumTickets"] == nil && one["maximumCostCents"] == 700)
            let nowhere = JSON.string(ID<Never>(high: 1, low: 1).text)
            guard
                case .failure(let error) = await scene.call(
                    administrator, "coupon.preview", ["coupon": new.merged(with: ["eventIds": [nowhere]])])
            else { Issue.record("told"); return }
            #expect(error.data?["reasons"]?.array?.first?["pointer"] == "/coupon/eventIds")
        }
    }

    /// Anybody: ages around the bounds, some with a status, here or elsewhere, in one of two cities or neither.
    private static func mix(_ scene: Scene, _ dice: inout SystemRandomNumberGenerator) async throws {
        let births = ["2004-06-03", "2004-06-04", "2004-06-02", "1965-06-03", "1965-06-04", "2012-02-29", "1990-01-01"]
        for number in 1...40 {
            let holder = Scene.Holder(number).id
            let ends = ["2030-06-03", "2030-05-04", "2030-05-03", "2029-01-01"].map { Optional($0) } + [nil, nil]
            let suspended = Int.random(in: 0..<5, using: &dice) == 0 ? "2030-06-03" : nil
            try await scene.sql(
                """
                update pass_holder set postal_code = \(["9900", "9880", "9000"].randomElement(using: &dice)!),
                    date_of_birth = \(births.randomElement(using: &dice)!)::text::date where id = \(holder)
                """,
                """
                update membership set status = \(Int.random(in: 0..<8, using: &dice) == 0 ? "blocked" : "active"),
                    opportunity_end_date = \(ends.randomElement(using: &dice)!)::text::date,
                    opportunity_suspended_until = \(suspended)::text::date where holder_id = \(holder)
                """)
            guard number % 3 == 0 else { continue }
            try await scene.sql(
                """
                insert into membership (id, card_system_id, holder_id, since, opportunity_end_date)
                values (\(ID<Never>(at: scene.now)), \(SceneData.there), \(holder), \(scene.now),
                    \(ends.randomElement(using: &dice)!)::text::date)
                """)
        }
    }

    @Test func `TAR-12 whom a preview counts are those who then have the coupon`() async throws {
        try await Scene.with { scene in
            var dice = SystemRandomNumberGenerator()
            let administrator = try await scene.peer(.administrator)
            let (_, eeklo) = try await scene.mayor(of: "Eeklo", "9900")
            let (_, aalter) = try await scene.mayor(of: "Aalter", "9880")
            try await Self.mix(scene, &dice)
            let targets: [JSON] = [
                ["forEveryone": true], ["forEveryone": true, "municipalityId": eeklo], [:],
                ["segments": [["opportunity": "here"]]], ["segments": [["opportunity": "anyCardSystem"]]],
                ["segments": [["ageUntil": 25]]], ["segments": [["ageFrom": 26]]],
                ["segments": [["ageFrom": 65, "ageUntil": 66]]],
                ["segments": [["municipalityIds": [eeklo]], ["opportunity": "here", "ageUntil": 25]]],
                [
                    "segments": [
                        ["municipalityIds": [eeklo, aalter], "ageFrom": 18], ["opportunity": "anyCardSystem"],
                    ],
                    "municipalityId": aalter,
                ],
            ]
            var made: [JSON] = []
            for (index, target) in targets.enumerated() {
                let coupon = try await scene.coupon(target)
                made.append(coupon)
                if index % 2 == 0, target["municipalityId"] == nil {
                    try await scene.ok(
                        administrator, "coupon.addTarget",
                        ["couponId": coupon.id, "passHolderId": .string(Scene.Holder(index + 1).id.text)])
                }
            }
            var have: [JSON: Int] = [:]
            for number in 1...40 {
                let params: JSON = ["passHolderId": .string(Scene.Holder(number).id.text), "limit": 100]
                guard let page = try? await scene.call(administrator, "passHolder.listCoupons", params).get() else {
                    continue
                }
                for item in page["items"]!.array! { have[item["couponId"]!, default: 0] += 1 }
            }
            for coupon in made {
                let told = try await scene.ok(administrator, "coupon.preview", ["couponId": coupon.id])
                #expect(told["passHolders"] == .integer(Int64(have[coupon.id] ?? 0)), "\(coupon)")
            }
        }
    }
}
