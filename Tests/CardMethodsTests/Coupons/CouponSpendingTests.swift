import CardRules
import JSONRPC
import Postgres
import TestSupport
import Testing

@testable import CardMethods

@Suite(.scene) struct CouponSpendingTests {
    @Test func `R-105 a calendar period begins on the same day in the rules and in the tables`() async throws {
        try await Scene.with { scene in
            for text in [
                "2030-01-01T00:00:00+01:00", "2029-12-31T23:59:59+01:00", "2030-03-31T23:59:59+02:00",
                "2030-04-01T00:00:00+02:00", "2030-06-02T23:59:59+02:00", "2030-06-03T00:00:00+02:00",
                "2030-10-27T02:30:00+01:00", "2032-02-29T12:00:00+01:00",
            ] {
                let instant = try #require(Instant(text: text))
                for period in PeriodLimit.Period.allCases {
                    let start: CivilDate = try await scene.value("select period_start(\(period), \(instant))")
                    let limit = PeriodLimit(volume: 1, per: period)
                    #expect(start == limit?.period(containing: instant).start, "\(period) \(text)")
                }
            }
        }
    }

    @Test func `R-105 what is used of a coupon is told by holder, by event and in total`() async throws {
        try await Scene.with { scene in
            let made = try await scene.coupon([
                "forEveryone": true, "holderLimit": ["volume": 3, "period": "month"],
                "eventLimit": ["volume": 10, "period": "week"], "totalLimit": ["volume": 50, "period": "quarter"],
                "budgetCents": 9000,
            ])
            let (id, card) = (made.couponID(), Scene.Holder(1).number)
            func use(_ card: String, at event: EventID = SceneData.alwaysOpen, _ instant: String? = nil) async throws
                -> [Int]
            {
                let facts = try await scene.facts(made, of: card, at: event, instant.flatMap(Instant.init(text:)))
                let use = try #require(facts).use
                return [use.byHolder, use.atEvent, use.inTotal, use.spent, facts!.nextSlot]
            }
            #expect(try await use(card) == [0, 0, 0, 0, 0])
            let first = try await scene.sell(id, to: .init(1), slot: 0)
            try await scene.sell(id, to: .init(1), event: SceneData.event(2), slot: 1)
            try await scene.sell(id, to: .init(2), slot: 0)
            try await scene.sell(id, slot: 0)
            #expect(try await use(card) == [2, 3, 4, 2400, 2])
            #expect(try await use(SceneData.groupCard) == [1, 3, 4, 2400, 1])
            #expect(try await use(card, at: SceneData.event(2)) == [2, 1, 4, 2400, 2])
            #expect(try await use(card, "2030-06-10T00:00:00+02:00") == [2, 0, 4, 2400, 2], "the next week")
            #expect(try await use(card, "2030-07-01T00:00:00+02:00") == [0, 0, 0, 2400, 0], "the next quarter")
            // TS-10: what is cancelled is free again.
            try await scene.cancel(first)
            #expect(try await use(card) == [1, 2, 3, 1800, 2])
            // A reservation counts until it lapses, swept or not.
            try await scene.sell(id, to: .init(1), reservedUntil: scene.now + .minutes(15), slot: 2)
            #expect(try await use(card) == [2, 3, 4, 2400, 3])
            try await scene.advance(.minutes(15))
            #expect(try await use(card) == [1, 2, 3, 1800, 2])
        }
    }

    @Test func `R-105 many sales at once are counted once each, and no more than the budget is spent`() async throws {
        try await Scene.with { scene in
            let made = try await scene.coupon([
                "forEveryone": true, "eventLimit": ["volume": 10, "period": "day"],
                "totalLimit": ["volume": 50, "period": "absolute"], "budgetCents": 2000, "budgetWarningPercent": 60,
            ])
            let plain = try await scene.coupon(["forEveryone": true])
            let now = scene.now
            func sale(_ coupon: JSON, _ event: Int, cents: Int) -> CouponSale {
                CouponSale(coupon: coupon.couponID(), event: SceneData.event(event), cents: cents, soldAt: now)
            }
            func raise(_ sales: [CouponSale]) async throws {
                try await scene.owner.transaction { _ = try $0.run([CouponSpending.raise(sales)]) }
            }
            try await raise([sale(made, 1, cents: 500), sale(plain, 1, cents: 9000), sale(made, 2, cents: 600)])
            try await raise([sale(made, 1, cents: 100)])
            try await raise([sale(made, 1, cents: 800)])
            let used: [Int] = try await scene.value(
                "select array_agg(used::bigint order by event_id, period_start) from coupon_use")
            #expect(used == [4, 3, 1])
            let read = try await scene.ok(scene.peer(.administrator), "coupon.get", ["couponId": made.id])
            #expect(read["spentCents"] == 2000 && read["budgetWarning"] == true)
            await #expect(throws: PostgresError.self) { try await raise([sale(made, 1, cents: 1)]) }
            // A coupon without budget and limits is no row that is written.
            let idle: Int = try await scene.value(
                "select spent_cents from coupon where id = \(plain.couponID())")
            #expect(idle == 0)
        }
    }

    @Test func `R-104 whoever asks for a ticket is read only what can be his`() async throws {
        try await Scene.with { scene in
            let all = try await scene.coupon(["name": "all", "forEveryone": true])
            let named = try await scene.coupon(["name": "named"])
            try await scene.coupon(["name": "late", "forEveryone": true, "validFrom": "2030-06-04"])
            try await scene.coupon(by: .otherAdministrator, ["name": "foreign", "forEveryone": true])
            try await scene.ok(
                scene.peer(.administrator), "coupon.addTarget",
                ["couponId": named.id, "passHolderId": .string(Scene.Holder(1).id.text)])
            func names(_ card: CardName, _ holder: Int) async throws -> [String] {
                let reading = CouponReading(cards: [card], events: [SceneData.alwaysOpen], numbers: nil, at: scene.now)
                return try await scene.owner.transaction { transaction in
                    try reading.read(transaction.run(reading.statements)[...])
                        .coupons(
                            for: CouponSubject(holder: Scene.Holder(holder).id), at: nil,
                            in: [SceneData.here, SceneData.there]
                        )
                        .map { $0.isNamed ? "\($0.terms.name)!" : $0.terms.name }.sorted()
                }
            }
            #expect(try await names(.chip(ChipNumber(text: Scene.Holder(1).chip)!), 1) == ["all", "named!"])
            #expect(try await names(.number(CardNumber(text: Scene.Holder(2).number)!), 2) == ["all"])
            try await scene.ok(scene.peer(.administrator), "coupon.end", ["couponId": all.id])
            #expect(try await names(.number(CardNumber(text: Scene.Holder(2).number)!), 2) == [])
            // A coupon that is asked for by its number is read whatever its days, to say what is against it.
            #expect(try await scene.facts(all, of: Scene.Holder(2).number)?.terms.validity.isEnded == true)
        }
    }

    @Test func `a batch that sells sees its own sales`() throws {
        let (coupon, event) = (CouponID(high: 1, low: 1), EventID(high: 2, low: 1))
        let cardSystem = CardSystemID(high: 3, low: 1)
        let (own, other) = (CouponSubject(holder: ID(high: 4, low: 1)), CouponSubject(group: ID(high: 4, low: 2)))
        var sheet = CouponSheet()
        let terms = CouponTerms(
            id: coupon, number: 1, cardSystem: cardSystem, name: "C", discount: .amountOff(5),
            shares: try PayerShares([.init(.partner, weight: 1)]), target: CouponTarget(isForEveryone: true),
            validity: CouponValidity(from: CivilDate(year: 2030, month: 1, day: 1)!))
        sheet.add(terms, used: 3, spent: 100)
        sheet.set(used: 1, nextSlot: 4, by: own, of: coupon)
        sheet.take(coupon, by: own, at: event, cents: 5)
        sheet.take(coupon, by: other, at: event, cents: 5)
        let facts = try #require(sheet.coupon(1, for: own, at: event, in: [cardSystem]))
        #expect(facts.use == CouponUse(byHolder: 2, atEvent: 2, inTotal: 5, spent: 110) && facts.nextSlot == 5)
        #expect(sheet.coupon(1, for: other, at: event, in: [cardSystem])?.nextSlot == 1)
        #expect(sheet.coupon(1, for: own, at: event, in: []) == nil)
        #expect(sheet.coupon(2, for: own, at: event, in: [cardSystem]) == nil)
    }
}
