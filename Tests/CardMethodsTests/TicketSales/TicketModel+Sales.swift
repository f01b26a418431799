import CardRules

/// What becomes of sales in the model.
extension TicketModel {
    struct Item {
        let buyer: Buyer
        let event: Int
        /// `nil` for the opportunity tariff.
        let coupon: Int?
        let regular: Int
        let quantity: Int
    }

    /// Who does something: staff of a counter, or the administrator of a card system.
    enum Actor {
        case counter(SceneData.Place)
        case administrator(System)

        func reaches(_ sale: Sale, in model: TicketModel) -> Bool {
            switch self {
            case .counter(let place): model.events[sale.event]!.place == place
            case .administrator(let system): sale.offer.system == system
            }
        }
    }

    /// TS-03: all items, or everything that is against each.
    func selling(_ items: [Item], by actor: Actor, isReserving: Bool, at now: Instant) -> (TicketModel, Set<String>) {
        var (after, reasons): (TicketModel, Set<String>) = (self, [])
        for (index, item) in items.enumerated() {
            let against = after.sell(item, by: actor, isReserving: isReserving, after: items[..<index], at: now)
            reasons.formUnion(against.map { "\($0) \(index)" })
        }
        return (reasons.isEmpty ? after : self, reasons)
    }

    private mutating func sell(
        _ item: Item, by actor: Actor, isReserving: Bool, after earlier: ArraySlice<Item>, at now: Instant
    ) -> Set<String> {
        var against: Set<String> = events[item.event]!.isFree ? ["event.free"] : []
        if case .person(let index) = item.buyer {
            if people[index]!.isCardBlocked { against.insert("card.blocked") }
            let same = earlier.filter {
                $0.buyer == item.buyer && $0.event == item.event && $0.coupon == item.coupon
            }
            if against.isEmpty, item.quantity + same.reduce(0, { $0 + $1.quantity }) > 1 {
                return ["ticketSale.tooManyTickets"]
            }
        }
        for _ in 0..<item.quantity where against.isEmpty {
            let view = part(of: item.event, for: actor)
            let found: Offer?
            if let coupon = item.coupon {
                (found, against) = view.offer(coupon, item.buyer, item.event, item.regular, at: now)
            } else {
                found = view.opportunity(item.buyer, item.event, item.regular, at: now)?.offer
                against = view.againstOpportunity(item.buyer, item.event, item.regular, at: now)
            }
            guard against.isEmpty, let found else { continue }
            sales.append(
                Sale(
                    buyer: item.buyer, event: item.event, coupon: item.coupon, offer: found, regular: item.regular,
                    soldAt: now, reservedUntil: isReserving ? now + .minutes(15) : nil, isConfirmed: !isReserving))
        }
        return against
    }

    /// Whether an actor may sell for an event: its organizer may, and who administers a card system that it takes.
    func sells(_ actor: Actor, _ event: Int) -> Bool {
        switch actor {
        case .counter(let place): events[event]!.place == place
        case .administrator(let system): events[event]!.systems.contains(system)
        }
    }

    /// The same, with the tariffs of an event that an actor may sell: an administrator those of his card system.
    func part(of event: Int, for actor: Actor) -> TicketModel {
        var part = self
        if case .administrator(let system) = actor { part.events[event]!.systems.removeAll { $0 != system } }
        return part
    }

    func againstConfirming(_ index: Int, at now: Instant) -> Set<String> {
        let sale = sales[index]
        if sale.isCancelled { return ["ticketSale.notFound"] }
        if sale.isConfirmed { return ["ticketSale.notReserved"] }
        return sale.stands(at: now) ? [] : ["ticketSale.lapsed"]
    }

    /// TS-09: a counter until the quarter has ended, an administrator with a reason.
    func againstCancelling(_ index: Int, by actor: Actor, because reason: String?, at now: Instant) -> Set<String> {
        let sale = sales[index]
        if !sale.stands(at: now) { return ["ticketSale.notFound"] }
        switch actor {
        case .administrator: return reason == nil ? ["ticketSale.reasonNeeded"] : []
        case .counter: return Self.isSame(.quarter, sale.soldAt, now) ? [] : ["ticketSale.periodClosed"]
        }
    }

    /// The undo of the undo: where its places are still free.
    func againstRestoring(_ index: Int, at now: Instant) -> Set<String> {
        let sale = sales[index]
        if !sale.isCancelled { return ["ticketSale.notCancelled"] }
        guard let coupon = sale.coupon else {
            return ticketsLeft(sale.buyer, sale.event, of: sale.soldAt, at: now) > 0 ? [] : ["limit.reached"]
        }
        let left = left(of: coupon, sale.buyer, sale.event, of: sale.soldAt, at: now)
        var against: Set<String> = left.contains(0) ? ["limit.reached"] : []
        if let budget = coupons[coupon].budget, spent(coupon, at: now) + sale.regular - sale.offer.price > budget {
            against.insert("coupon.spent")
        }
        return against
    }

    // MARK: Sums

    /// What is owed by whom to whom, in cents: the organizer's own part to nobody.
    func owed() -> [String: Int] {
        var sums: [String: Int] = [:]
        for sale in sales where sale.isConfirmed && !sale.isCancelled {
            for part in sale.offer.parts where part.payer != .organizer && part.cents > 0 {
                let counter = events[sale.event]!.place.counter.text
                sums["settlement.receivable \(counter)", default: 0] += part.cents
                switch part.payer {
                case .partner: sums["settlement.partnerPayable \(sale.offer.system.id.text)", default: 0] += part.cents
                default: sums["settlement.payable \(part.whom)", default: 0] += part.cents
                }
            }
        }
        return sums
    }

    /// Of the sales that stand in a card system, by tariff: tickets, regular prices, prices, then what each kind pays.
    func totals(of system: System, at now: Instant) -> [String: [Int]] {
        var sums: [String: [Int]] = [:]
        for sale in sales where sale.offer.system == system && sale.stands(at: now) {
            var sum = sums[sale.offer.tariff] ?? Array(repeating: 0, count: 3 + Payer.allCases.count)
            sum[0] += 1
            sum[1] += sale.regular
            sum[2] += sale.offer.price
            for part in sale.offer.parts { sum[3 + Payer.allCases.firstIndex(of: part.payer)!] += part.cents }
            sums[sale.offer.tariff] = sum
        }
        return sums
    }

    /// What is left of the group's year.
    func groupTickets(at now: Instant) -> Int { ticketsLeft(.group, 0, of: now, at: now) }
}
