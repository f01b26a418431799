import CardRules
import JSONRPC
import Testing

@testable import CardMethods

// MARK: Tariffs and sales

extension TicketScript {
    static let prices = [1000, 500, 310, 901, 2999, 9000]

    mutating func buyer() -> TicketModel.Buyer {
        any([.group] + TicketScriptWorld.people.map(TicketModel.Buyer.person))
    }

    /// Its organizer mostly, or an administrator.
    mutating func actor(of event: Int) -> TicketModel.Actor {
        if any([true, true, true, false]) { return .counter(model.events[event]!.place) }
        return .administrator(any(TicketModel.System.allCases))
    }

    mutating func compute() async -> String {
        let (buyer, event) = (buyer(), any([2, 2, 3, 3, 4, 5]))
        let (actor, filter) = (actor(of: event), any(TariffFilter.allCases + [.any, .any]))
        let prices = any([[any(Self.prices)], [1000, any(Self.prices)]])
        let params: JSON = [
            "eventId": .string(SceneData.event(event).text), "cardNumber": .string(buyer.cardNumber),
            "type": .string(filter.rawValue), "regularPricesCents": .array(prices.map { .integer(Int64($0)) }),
        ]
        let what = "tariff.compute \(params.text)"
        let answer = await scene.call(peer(actor), "tariff.compute", params)
        let part = model.part(of: event, for: actor)
        let offers = prices.map { self.offers(part, buyer, event, $0, filter) }
        var against: Set<String> = []
        if !model.sells(actor, event) {
            against = ["-32004"]
        } else if case .person(let index) = buyer, model.people[index]!.isCardBlocked {
            against = ["card.blocked"]
        } else if offers.allSatisfy({ !$0.against.isEmpty }) {
            against = offers[0].against
        }
        for reason in against { note("tariff: \(reason)") }
        guard against.isEmpty, let told = try? answer.get()["prices"]?.array else {
            expect(Set(answer.kinds), against, "what is against \(what)")
            return what
        }
        if filter == .opportunity, let answer = try? answer.get() { asked.append((buyer, peer(actor), params, answer)) }
        for (price, offer) in zip(told, offers) {
            for name in ["available", "reached"] {
                let expected = name == "reached" ? offer.reached : offer.available
                for offer in expected { note("\(name) \(offer.tariff)") }
                expect(price[name]!.array!.map(Self.offer), expected.map { $0.text }, "\(name) of \(what)")
            }
            expect(
                price["lowestAvailableCents"]?.integer.map { Int($0) }, offer.available.map { $0.price }.min(),
                "the lowest of \(what)")
        }
        return what
    }

    /// What was offered is told again as of then, whatever happened since.
    mutating func askAgain() async -> String {
        guard !asked.isEmpty else { return "nothing to ask again" }
        let then = any(asked)
        let params = then.params.merged(with: ["at": then.answer["at"]!])
        let answer = await scene.call(then.peer, "tariff.compute", params)
        note("asked again")
        expect((try? answer.get().text) ?? "\(answer.kinds)", then.answer.text, "what it was then")
        return "tariff.compute \(params.text)"
    }

    /// What ought to be offered for a price.
    func offers(
        _ model: TicketModel, _ buyer: TicketModel.Buyer, _ event: Int, _ regular: Int, _ filter: TariffFilter
    ) -> (available: [TicketModel.Offer], reached: [TicketModel.Offer], against: Set<String>) {
        var (available, reached): ([TicketModel.Offer], [TicketModel.Offer]) = ([], [])
        if model.events[event]!.isFree { return ([], [], []) }
        var inactive: Set<String> = []
        if filter != .coupon {
            if let (offer, isLeft) = model.opportunity(buyer, event, regular, at: scene.now) {
                if isLeft { available.append(offer) } else { reached.append(offer) }
            } else {
                inactive = model.inactive(buyer, event, at: scene.now)
            }
        }
        let sorted = model.coupons.indices.sorted {
            model.coupons[$0].name.lowercased() < model.coupons[$1].name.lowercased()
        }
        for index in sorted where filter != .opportunity {
            let (offer, against) = model.offer(index, buyer, event, regular, at: scene.now)
            if against.isEmpty {
                available.append(offer)
            } else if against.isSubset(of: ["limit.reached", "coupon.spent"]) {
                reached.append(offer)
            }
        }
        return (available, reached, available.isEmpty ? inactive : [])
    }

    mutating func sell(isReserving: Bool) async -> String {
        let actor = actor(of: any([2, 2, 3, 3, 4, 5]))
        let items = (0..<any([1, 1, 1, 2, 3])).map { _ in likelyItem(for: actor) }
        let method = isReserving ? "ticketSale.reserve" : "ticketSale.register"
        let tickets = items.map { item -> JSON in
            let coupon = item.coupon.map { "COUPON_\(model.coupons[$0].number)" }
            return [
                "cardNumber": .string(item.buyer.cardNumber), "eventId": .string(SceneData.event(item.event).text),
                "tariffId": .string(coupon ?? "OPPORTUNITY"), "regularPriceCents": .integer(Int64(item.regular)),
                "quantity": .integer(Int64(item.quantity)),
            ]
        }
        var (after, against) = model.selling(items, by: actor, isReserving: isReserving, at: scene.now)
        if !items.allSatisfy({ model.sells(actor, $0.event) }) { (after, against) = (model, ["-32004"]) }
        let answer = await call(peer(actor), method, ["tickets": .array(tickets)], against, withPlaces: true)
        guard let sold = answer?["sales"]?.array else { return method }
        let new = model.sales.count..<after.sales.count
        expect(sold.count, new.count, "how many were sold")
        model = after
        for (index, sale) in zip(new, sold) { take(sale, as: index) }
        return method
    }

    /// Mostly one that can be sold.
    mutating func likelyItem(for actor: TicketModel.Actor) -> TicketModel.Item {
        var found = item(for: actor)
        for _ in 0..<any([0, 12, 12]) {
            if model.selling([found], by: actor, isReserving: false, at: scene.now).1.isEmpty { break }
            found = item(for: actor)
        }
        return found
    }

    mutating func item(for actor: TicketModel.Actor) -> TicketModel.Item {
        let events = model.events.keys.sorted().filter { model.sells(actor, $0) }
        let buyer = buyer()
        return TicketModel.Item(
            buyer: buyer, event: events.isEmpty ? 2 : any(events + events.filter { $0 < 5 }),
            coupon: any([nil, nil, 0, 1, 2, 3, 4]), regular: any(Self.prices),
            quantity: buyer == .group ? any([1, 2, 3]) : any([1, 1, 1, 1, 1, 2]))
    }

    mutating func take(_ sale: JSON, as index: Int) {
        let expected = model.sales[index].offer
        model.sales[index].id = sale["id"]!.string!
        model.sales[index].soldAt = Instant(text: sale["soldAt"]!.string!)!
        if !model.sales[index].isConfirmed {
            model.sales[index].reservedUntil = model.sales[index].soldAt + .minutes(15)
        }
        expect(Self.offer(sale, remaining: expected.remaining), expected.text, "what was sold")
        expect(
            sale["reservedUntil"]?.string, model.sales[index].reservedUntil?.text, "until when it is reserved")
        expect(sale["status"]?.string, model.sales[index].isConfirmed ? "confirmed" : "reserved", "status")
    }

    // MARK: What becomes of sales

    /// Mostly a late one.
    mutating func sale() -> Int? {
        model.sales.isEmpty ? nil : max(0, model.sales.count - 1 - Int.random(in: 0..<20, using: &generator))
    }

    /// Mostly one with which the next step can go on.
    mutating func sale(where isWanted: (TicketModel.Sale) -> Bool) -> Int? {
        let wanted = model.sales.indices.filter { isWanted(model.sales[$0]) }.suffix(20)
        return wanted.isEmpty || any([true, false, false]) ? sale() : any(Array(wanted))
    }

    /// One or two sales, and who changes them.
    mutating func some(
        where isWanted: (TicketModel.Sale) -> Bool
    ) -> (sales: [Int], actor: TicketModel.Actor)? {
        guard let first = sale(where: isWanted), let second = sale(where: isWanted) else { return nil }
        let sales = first == second || any([true, true, false]) ? [first] : [first, second]
        let event = model.sales[first].event
        return (sales, actor(of: any([event, event, event, 2])))
    }

    func ids(_ sales: [Int]) -> JSON { .array(sales.map { .string(model.sales[$0].id) }) }

    /// Of what somebody else sold nothing is known.
    func against(
        _ sales: [Int], _ actor: TicketModel.Actor, _ reasons: (Int) -> Set<String>
    ) -> Set<String> {
        let isKnown = sales.allSatisfy { actor.reaches(model.sales[$0], in: model) }
        return isKnown ? sales.reduce(into: []) { $0.formUnion(reasons($1)) } : ["ticketSale.notFound"]
    }

    mutating func confirm() async -> String {
        let now = scene.now
        guard let (sales, actor) = some(where: { !$0.isConfirmed && $0.stands(at: now) }) else {
            return "nothing to confirm"
        }
        let against = against(sales, actor) { model.againstConfirming($0, at: scene.now) }
        if await call(peer(actor), "ticketSale.confirm", ["ticketSaleIds": ids(sales)], against) != nil {
            for index in sales { model.sales[index].isConfirmed = true }
        }
        return "sales \(sales) are confirmed"
    }

    mutating func cancel() async -> String {
        let now = scene.now
        guard let (sales, actor) = some(where: { $0.stands(at: now) }) else { return "nothing to cancel" }
        let reason = any([nil, "a script", "a script"])
        let against = against(sales, actor) { model.againstCancelling($0, by: actor, because: reason, at: scene.now) }
        let params = JSON.object(present: ["ticketSaleIds": ids(sales), "reason": reason.map { .string($0) }])
        if await call(peer(actor), "ticketSale.cancel", params, against) != nil {
            for index in sales { model.sales[index].isCancelled = true }
        }
        return "sales \(sales) are cancelled"
    }

    mutating func restore() async -> String {
        guard let index = sale(where: \.isCancelled) else { return "nothing to restore" }
        let actor = TicketModel.Actor.administrator(any([model.sales[index].offer.system, .here]))
        let against = against([index], actor) { model.againstRestoring($0, at: scene.now) }
        let params: JSON = ["ticketSaleId": .string(model.sales[index].id), "reason": "a script"]
        if let answer = await call(peer(actor), "ticketSale.restore", params, against) {
            (model.sales[index].isCancelled, model.sales[index].isConfirmed) = (false, true)
            // That it was cancelled for a while is not known any more.
            asked.removeAll { $0.buyer == model.sales[index].buyer }
            expect(answer["priceCents"]?.integer, Int64(model.sales[index].offer.price), "the price again")
        }
        return "sale \(index) is restored"
    }
}
