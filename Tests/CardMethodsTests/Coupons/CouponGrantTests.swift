import CardRules
import JSONRPC
import Postgres
import TestSupport
import Testing

@testable import CardMethods

@Suite(.scene) struct CouponGrantTests {
    private static let holder: JSON = ["passHolderId": .string(Scene.Holder(1).id.text)]
    private static let group: JSON = ["groupPassId": .string(SceneData.group.text)]

    /// Names of the coupons, `+` for one that is active, and what is left of it.
    private static func listed(_ page: JSON) -> [String] {
        page["items"]!.array!.map { item in
            let left = item["remaining"].map { " \($0["volume"]!.integer!) \($0["period"]!.string!)" } ?? ""
            return "\(item["name"]!.string!)\(item["status"] == "active" ? "+" : "")\(left)"
        }
    }

    @Test func `COU-01 COU-02 COU-03 COU-06 a holder's coupons are listed with what is left of them`() async throws {
        try await Scene.with { scene in
            let librarian = try await scene.peer(.librarian)
            try await scene.coupon(["name": "plain", "forEveryone": true])
            let daily = try await scene.coupon([
                "name": "Daily", "forEveryone": true, "holderLimit": ["volume": 2, "period": "day"],
                "validUntil": "2030-06-04",
            ])
            try await scene.coupon(["name": "Elderly", "segments": [["ageFrom": 65]]])
            try await scene.coupon(["name": "Status", "segments": [["opportunity": "here"]]])
            try await scene.coupon(by: .otherAdministrator, ["name": "Foreign", "forEveryone": true])
            func list(_ changes: JSON = [:]) async throws -> [String] {
                Self.listed(
                    try await scene.ok(librarian, "passHolder.listCoupons", Self.holder.merged(with: changes)))
            }
            #expect(try await list() == ["Daily+ 2 day", "plain+"])
            try await scene.sell(daily.couponID(), to: .init(1))
            try await scene.sell(daily.couponID(), to: .init(2))
            #expect(try await list() == ["Daily+ 1 day", "plain+"])
            try await scene.sell(daily.couponID(), to: .init(1))
            #expect(try await list(["limit": 1]) == ["Daily+ 0 day"])
            try await scene.sql(
                "update membership set opportunity_end_date = '2030-06-03' where holder_id = \(Scene.Holder(1).id)")
            #expect(try await list() == ["Daily+ 0 day", "plain+", "Status+"])
            try await scene.move(to: "2030-06-04T00:00:00+02:00")
            #expect(try await list() == ["Daily+ 2 day", "plain+", "Status+"])
            try await scene.move(to: "2030-06-05T00:00:00+02:00")
            #expect(try await list() == ["plain+", "Status+"])
            #expect(try await list(["status": "expired"]) == ["Daily 2 day"])
            #expect(try await list(["status": "all"]) == ["Daily 2 day", "plain+", "Status+"])
            let page = try await scene.ok(
                librarian, "passHolder.listCoupons",
                Self.holder.merged(with: ["status": "all", "limit": 2, "withTotal": true]))
            #expect(page["total"] == 3 && Self.listed(page) == ["Daily 2 day", "plain+"])
            #expect(try await list(["status": "all", "cursor": page["nextCursor"]!]) == ["Status+"])
        }
    }

    @Test func `COU-01 COU-04 a counter's card systems narrow the list, and nobody without membership has one`()
        async throws
    {
        try await Scene.with { scene in
            let librarian = try await scene.peer(.librarian)
            try await scene.coupon(["forEveryone": true])
            func narrowed(_ place: SceneData.Place) -> JSON {
                Self.holder.merged(with: ["counterId": .string(place.counter.text)])
            }
            let own = try await scene.ok(librarian, "passHolder.listCoupons", narrowed(.museum))
            #expect(Self.listed(own) == ["Young+"])
            #expect(
                await scene.refused(librarian, "passHolder.listCoupons", narrowed(.elsewhere)) == ["counter.notFound"])
            try await scene.sql("update membership set status = 'blocked' where holder_id = \(Scene.Holder(1).id)")
            #expect(
                await scene.refused(librarian, "passHolder.listCoupons", Self.holder) == ["membership.noneActive"])
        }
    }

    @Test func `COU-06 a group has coupons without a status, until its pass expires`() async throws {
        try await Scene.with { scene in
            let librarian = try await scene.peer(.librarian)
            let all = try await scene.coupon([
                "forEveryone": true, "totalLimit": ["volume": 100, "period": "absolute"],
            ])
            try await scene.coupon(["name": "Status", "segments": [["opportunity": "anyCardSystem"]]])
            try await scene.coupon(["name": "Aged", "segments": [["ageFrom": 1]]])
            try await scene.sell(all.couponID())
            func list() async throws -> [String] {
                Self.listed(try await scene.ok(librarian, "groupPass.listCoupons", Self.group))
            }
            #expect(try await list() == ["Status+", "Young+ 99 absolute"])
            try await scene.sql("update group_pass set has_opportunity = false where id = \(SceneData.group)")
            #expect(try await list() == ["Young+ 99 absolute"])
            try await scene.sql("update group_pass set end_date = '2030-06-02' where id = \(SceneData.group)")
            #expect(try await list() == [])
        }
    }

    @Test func `COU-01 a pass holder sees his own coupons, of all card systems`() async throws {
        try await Scene.with { scene in
            try await scene.coupon(["forEveryone": true])
            try await scene.coupon(by: .otherAdministrator, ["name": "Foreign", "forEveryone": true])
            try await scene.sql(
                """
                insert into membership (id, card_system_id, holder_id, since)
                values (\(ID<Never>(high: 0x7000, low: 1 << 63)), \(SceneData.there), \(Scene.Holder(1).id),
                    \(scene.now))
                """)
            let own = try await scene.login(of: .init(1))
            #expect(Self.listed(try await scene.ok(own, "holder.coupons")) == ["Foreign+", "Young+"])
            let elsewhere: JSON = ["counterId": .string(SceneData.Place.elsewhere.counter.text)]
            #expect(Self.listed(try await scene.ok(own, "holder.coupons", elsewhere)) == ["Foreign+"])
            let stranger: JSON = ["passHolderId": .string(Scene.Holder(2).id.text)]
            #expect(await scene.refused(own, "holder.coupons", stranger) == ["passHolder.notFound"])
        }
    }

    @Test func `a merge of two records brings along which coupons name the person`() async throws {
        try await Scene.with { scene in
            let administrator = try await scene.peer(.administrator)
            let made = try await scene.coupon()
            let (kept, merged) = (Scene.Holder(1).id, Scene.Holder(2).id)
            try await scene.ok(
                administrator, "coupon.addTarget", ["couponId": made.id, "passHolderId": .string(merged.text)])
            try await scene.ok(
                administrator, "passHolder.merge",
                ["kept": .string(kept.text), "merged": .string(merged.text), "reason": "double"])
            let list = try await scene.ok(administrator, "coupon.listTargets", ["couponId": made.id])
            #expect(list["items"]?.array?.map { $0["passHolderId"] } == [.string(kept.text)])
        }
    }
}
