import CardRules
import JSONRPC
import Postgres
import Testing

@testable import CardMethods

// MARK: The world changes
extension TicketScript {
    mutating func limit() -> TicketModel.Limit? {
        any([nil, (any([1, 2, 3]), any(PeriodLimit.Period.allCases)), (1, any([.day, .week, .month]))])
    }

    mutating func changeLimit() async throws -> String {
        let limit = limit()
        if any([true, false]) {
            let event = any([2, 3, 4])
            model.events[event]!.limit = limit
            try await scene.limit(event, limit)
            return "event \(event) has another limit"
        }
        let place = any([SceneData.Place.library, .museum])
        model.limitOfCounter[place] = limit
        let value: JSON = limit.map { Scene.limit($0.volume, per: $0.period) } ?? nil
        try await scene.ok(
            peers[.administrator]!, "counter.setTicketLimit",
            ["counterId": .string(place.counter.text), "limit": value])
        return "\(place) has another limit"
    }

    mutating func toggleCard() async -> String {
        let blocked = model.people.keys.filter { model.people[$0]!.isCardBlocked }.sorted()
        let index = any(blocked + blocked + TicketScriptWorld.people)
        let isBlocked = model.people[index]!.isCardBlocked
        let params: JSON = ["cardNumber": .string(Scene.Holder(index).number), "reason": "a script"]
        let actor = TicketModel.Actor.administrator(index > 40 ? .there : .here)
        _ = await call(peer(actor), isBlocked ? "card.unblock" : "card.block", params, [])
        model.people[index]!.isCardBlocked.toggle()
        asked.removeAll { $0.buyer == .person(index) }
        return "the card of holder \(index) is blocked or not"
    }

    /// EVC-02, EVC-04: other card systems and keys, while nothing is sold.
    mutating func chooseKeys() async -> String {
        let event = any([2, 3])
        let own: [TicketModel.System] = event == 2 ? [.here, .there] : [.here]
        let systems = any([own, own, own, own, [.here], []])
        let chosen = systems.contains(.here) ? any([[], [1], [3], [1, 3]]) : []
        let isSold = model.sales.contains { $0.event == event && $0.stands(at: scene.now) }
        let named = systems.map { system -> JSON in
            let keys = system == .here ? chosen.map { keyIDs[$0] } : []
            return ["cardSystemId": .string(system.id.text), "distributionKeyIds": .array(keys)]
        }
        let params: JSON = ["eventId": .string(SceneData.event(event).text), "cardSystems": .array(named)]
        if await call(peers[.operating]!, "event.setCardSystems", params, isSold ? ["event.hasTicketSales"] : []) != nil
        {
            (model.events[event]!.systems, model.events[event]!.chosen) = (systems, chosen)
        }
        return "event \(event) takes \(systems) with keys \(chosen)"
    }

    /// COU-05: what is used is only made more.
    mutating func changeCoupon() async throws -> String {
        // What lapsed is in use until it is swept.
        if !isSwept { try await scene.advance(.seconds(1)) }
        isSwept = true
        let index = any([0, 0, 4, 1])
        let old = index == 1 ? model.coupons[1].ofHolder : model.coupons[index].total
        let (name, new) = (
            index == 1 ? "holderLimit" : "totalLimit",
            any([nil, ((old?.volume ?? 5) + 1, old?.period ?? .month), (7, .quarter)])
        )
        let isUsed = model.sales.contains { $0.coupon == index && $0.stands(at: scene.now) }
        var isLower = false
        if let new { isLower = old.map { $0.period != new.1 || $0.volume > new.0 } ?? true }
        let value: JSON = new.map { Scene.limit($0.0, per: $0.1) } ?? nil
        let params: JSON = .object(
            JSONObject([
                .init(name: "couponId", value: couponIDs[model.coupons[index].number]!),
                .init(name: name, value: value),
            ]))
        let actor = TicketModel.Actor.administrator(model.coupons[index].system)
        if await call(peer(actor), "coupon.update", params, isUsed && isLower ? ["coupon.inUse"] : []) != nil {
            if index == 1 { model.coupons[1].ofHolder = new } else { model.coupons[index].total = new }
        }
        return "\(model.coupons[index].name) has another limit"
    }

    /// COU-01 to COU-03: the coupons that somebody has.
    mutating func list() async -> String {
        let index = any([1, 2, 3, 4, 5, 6])
        let buyer = TicketModel.Buyer.person(index)
        let params: JSON = ["passHolderId": .string(Scene.Holder(index).id.text), "status": "active"]
        let answer = await scene.call(peers[.administrator]!, "passHolder.listCoupons", params)
        let day = Brussels.date(scene.now)
        let expected = model.coupons.indices.filter { coupon in
            let terms = model.coupons[coupon]
            return terms.system == .here && model.isGranted(coupon, to: buyer, on: day)
                && terms.until.map { day <= $0 } ?? true
        }.map { coupon in
            let left = model.left(of: coupon, buyer, nil, of: scene.now, at: scene.now).min()
            return "COUPON_\(model.coupons[coupon].number) \(left.map { String($0) } ?? "-")"
        }
        let told = try? answer.get()["items"]?.array?.map {
            "\($0["tariffId"]!.string!) \($0["remaining", "volume"].integer.map { String($0) } ?? "-")"
        }
        expect(Set(told ?? answer.kinds), Set(expected), "the coupons of \(index)")
        return "the coupons of holder \(index)"
    }

    /// Something that was said before is said again, and means nothing new.
    mutating func repeatCall() async -> String {
        guard !made.isEmpty else { return "nothing to repeat" }
        let call = any(made)
        let answer = await scene.call(call.peer, call.method, call.params, key: call.key)
        if answer != call.answer { difference = "\(call.method) was answered otherwise" }
        note("repeated")
        return "\(call.method) \(call.key) is said again"
    }

    /// Sometimes without what a daemon does then, so that what lapsed is found by who looks.
    mutating func moveClock() async throws -> String {
        let span = Instant.Span.minutes(10 * any([1, 1, 1, 2, 2, 2, 3, 50, 144, 200, 288, 720]))
        isSwept = any([true, true, false])
        if isSwept {
            try await scene.advance(span)
        } else {
            try await scene.leap(span)
        }
        return "it is \(scene.now.text)"
    }
}
