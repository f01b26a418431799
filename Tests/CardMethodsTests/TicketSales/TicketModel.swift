import CardRules

/// What a script of ticket sales ought to come to, told as plainly as can be: every question is answered by going
/// through all that was sold. Prices, shares, conditions and periods are worked out here once more.
struct TicketModel {
    enum System: String, CaseIterable {
        case here, there

        var id: CardSystemID { self == .here ? SceneData.here : SceneData.there }
    }

    enum Town: CaseIterable {
        case eeklo, aalter
    }

    enum Buyer: Hashable {
        case person(Int)
        case group
    }

    /// What somebody pays of a regular price.
    enum Gives {
        case pays(percent: Int)
        case off(percent: Int)
        case less(cents: Int)
        case fixed(cents: Int)

        func price(of cents: Int) -> Int {
            switch self {
            case .pays(let percent): Int((Double(cents) * Double(percent) / 100 + 0.5).rounded(.down))
            case .off(let percent): Int((Double(cents) * Double(100 - percent) / 100 + 0.5).rounded(.down))
            case .less(let less): cents > less ? cents - less : 0
            case .fixed(let fixed): fixed < cents ? fixed : cents
            }
        }
    }

    struct Wants {
        enum Status {
            case here, anywhere
        }

        var status: Status?
        var below: Int?
        var oldest: Int?
        var towns: [Town] = []
    }

    struct Term {
        var from: Instant
        var gives: Gives
        var wants = Wants(status: .here)
        var most: Int?
        /// Who pays the rest, by weight.
        var payers: [(who: Payer, weight: Int)]
    }

    struct Key {
        let name: String
        let system: System
        var isAutomatic = true
        var terms: [Term]
    }

    typealias Limit = (volume: Int, period: PeriodLimit.Period)

    struct Coupon {
        let name: String
        let system: System
        var number = 0
        var gives: Gives
        var payers: [(who: Payer, weight: Int)] = []
        /// Whose shares hold instead.
        var key: Int?
        var isForEveryone = true
        var segments: [Wants] = []
        var named: [Buyer] = []
        var below: Int?
        var events: [Int] = []
        var counters: [SceneData.Place] = []
        var from: CivilDate
        var until: CivilDate?
        var isEnded = false
        var ofHolder: Limit?
        var ofEvent: Limit?
        var total: Limit?
        var budget: Int?
    }

    struct Event {
        let place: SceneData.Place
        var systems: [System]
        /// By number in `keys`.
        var chosen: [Int] = []
        var limit: Limit?
        var isFree = false
    }

    struct Person {
        var born = CivilDate(text: "1990-01-01")!
        var town: Town?
        /// Where he is a member, with the status's last days.
        var systems: [System: (end: CivilDate?, suspended: CivilDate?)]
        var isCardBlocked = false
    }

    struct Sale {
        var id = ""
        let buyer: Buyer
        let event: Int
        let coupon: Int?
        let offer: Offer
        let regular: Int
        var soldAt: Instant
        var reservedUntil: Instant?
        var isConfirmed: Bool
        var isCancelled = false

        func stands(at now: Instant) -> Bool { !isCancelled && (isConfirmed || now < reservedUntil!) }
    }

    struct Offer: Equatable {
        var name: String
        let tariff: String
        let system: System
        let price: Int
        var remaining = 1
        /// Who pays what of the rest: the kind, whom, cents.
        let parts: [Part]
    }

    struct Part: Equatable {
        let payer: Payer
        let whom: String
        var cents: Int
    }

    var keys: [Key]
    /// The key of a counter, in the card system that is its own.
    var keyOfCounter: [SceneData.Place: Int]
    var limitOfCounter: [SceneData.Place: Limit] = [:]
    var events: [Int: Event]
    var people: [Int: Person]
    var group: (end: CivilDate, ticketsPerYear: Int)
    var coupons: [Coupon]
    let mostRegular: [System: Int]
    let towns: [Town: MunicipalityID]
    var sales: [Sale] = []

    // MARK: Who buys

    func isMember(_ buyer: Buyer, of system: System, on day: CivilDate) -> Bool {
        switch buyer {
        case .person(let index): people[index]!.systems[system] != nil
        case .group: system == .here && day <= group.end
        }
    }

    /// OPP-02 to OPP-04, GRP-03: 30 days of grace for people, none for a group.
    func isEntitled(_ buyer: Buyer, in system: System, on day: CivilDate) -> Bool {
        guard case .person(let index) = buyer else { return isMember(buyer, of: system, on: day) }
        guard let status = people[index]!.systems[system], let end = status.end else { return false }
        return day.dayNumber <= end.dayNumber + 30 && status.suspended.map { $0 < day } ?? true
    }

    /// What is told of a status that is not active.
    private func hindrances(_ buyer: Buyer, at event: Int, on day: CivilDate) -> Set<String> {
        let systems = events[event]!.systems
        guard case .person(let index) = buyer else {
            return systems.contains(.here) && group.end < day ? ["opportunityStatus.expired"] : []
        }
        let statuses = systems.compactMap { people[index]!.systems[$0] }.filter { $0.end != nil }
        return Set(
            statuses.map { status in
                status.suspended.map { day <= $0 } ?? false
                    ? "opportunityStatus.suspended" : "opportunityStatus.expired"
            })
    }

    private func age(_ person: Person, on day: CivilDate) -> Int {
        let had = (day.month, day.day) >= (person.born.month, person.born.day)
        return day.year - person.born.year - (had ? 0 : 1)
    }

    private func town(_ buyer: Buyer, in system: System) -> Town? {
        guard system == .here else { return nil }
        if case .person(let index) = buyer { return people[index]!.town }
        return .eeklo
    }

    /// all conditions hold.
    private func fits(_ wants: Wants, _ buyer: Buyer, in system: System, regular: Int?, on day: CivilDate) -> Bool {
        switch wants.status {
        case .here where !isEntitled(buyer, in: system, on: day): return false
        case .anywhere where !System.allCases.contains(where: { isEntitled(buyer, in: $0, on: day) }): return false
        default: break
        }
        if let below = wants.below, let regular, regular >= below { return false }
        if let oldest = wants.oldest {
            guard case .person(let index) = buyer, age(people[index]!, on: day) <= oldest else { return false }
        }
        return wants.towns.isEmpty || town(buyer, in: system).map(wants.towns.contains) ?? false
    }

    // MARK: Limits

    static func isSame(_ period: PeriodLimit.Period, _ one: Instant, _ other: Instant) -> Bool {
        ScriptModel.isSame(period, Brussels.date(one), Brussels.date(other))
    }

    /// What is left of a limit in the period of an instant, by the sales that stand now.
    private func left(_ limit: Limit, _ at: Instant, _ now: Instant, _ counts: (Sale) -> Bool) -> Int {
        let used = sales.count { $0.stands(at: now) && counts($0) && Self.isSame(limit.period, $0.soldAt, at) }
        return max(0, limit.volume - used)
    }

    /// TS-05, TS-11, TS-15: tickets at the opportunity tariff that can still be had in the periods of an instant.
    func ticketsLeft(_ buyer: Buyer, _ event: Int, of period: Instant, at now: Instant) -> Int {
        if buyer == .group {
            return left((group.ticketsPerYear, .year), period, now) { $0.buyer == .group && $0.coupon == nil }
        }
        let place = events[event]!.place
        let ofEvent = events[event]!.limit.map { limit in
            left(limit, period, now) { $0.buyer == buyer && $0.event == event && $0.coupon == nil }
        }
        let ofCounter = limitOfCounter[place].map { limit in
            left(limit, period, now) { $0.buyer == buyer && events[$0.event]!.place == place && $0.coupon == nil }
        }
        return min(1, ofEvent ?? 1, ofCounter ?? 1)
    }

    /// what is left of each limit of a coupon.
    func left(of coupon: Int, _ buyer: Buyer, _ event: Int?, of period: Instant, at now: Instant) -> [Int] {
        let terms = coupons[coupon]
        return [
            terms.ofHolder.map { left($0, period, now) { $0.coupon == coupon && $0.buyer == buyer } },
            event == nil
                ? nil : terms.ofEvent.map { left($0, period, now) { $0.coupon == coupon && $0.event == event } },
            terms.total.map { left($0, period, now) { $0.coupon == coupon } },
        ].compactMap(\.self)
    }

    func spent(_ coupon: Int, at now: Instant) -> Int {
        sales.filter { $0.coupon == coupon && $0.stands(at: now) }.reduce(0) { $0 + $1.regular - $1.offer.price }
    }

    // MARK: What is offered

    private func term(_ key: Int, at now: Instant) -> Term? {
        keys[key].terms.filter { $0.from <= now }.max { $0.from < $1.from }
    }

    /// TAR-02, TAR-04, TAR-06, TAR-08: the cheapest over the card systems of the event, one that can be had first.
    func opportunity(_ buyer: Buyer, _ event: Int, _ regular: Int, at now: Instant) -> (offer: Offer, isLeft: Bool)? {
        let left = ticketsLeft(buyer, event, of: now, at: now)
        return events[event]!.systems.compactMap { system in
            mostRegular[system].map { $0 < regular } ?? false
                ? nil : opportunity(buyer, event, regular, in: system, at: now)
        }.map { (offer: Offer, key: String) in (offer, key) }.min {
            ($0.0.price, $0.1) < ($1.0.price, $1.1)
        }.map { offer, _ in
            var offer = offer
            offer.remaining = left
            return (offer, left > 0)
        }
    }

    /// a chosen key beats the counter's, and that an automatic one; of equals the lowest price.
    private func opportunity(
        _ buyer: Buyer, _ event: Int, _ regular: Int, in system: System, at now: Instant
    ) -> (Offer, String)? {
        let (settings, day) = (events[event]!, Brussels.date(now))
        let own = keys.indices.filter { keys[$0].system == system }
        let ranks = [
            own.filter(settings.chosen.contains),
            own.filter { $0 == keyOfCounter[settings.place] && settings.place.cardSystem == system.id },
            own.filter { keys[$0].isAutomatic },
        ]
        for rank in ranks {
            let fitting = rank.compactMap { index -> (term: Term, name: String)? in
                guard let term = term(index, at: now), regular <= term.most ?? regular,
                    term.wants.status == .anywhere || isEntitled(buyer, in: system, on: day),
                    fits(term.wants, buyer, in: system, regular: regular, on: day)
                else { return nil }
                return (term, keys[index].name)
            }
            let best = fitting.min {
                ($0.term.gives.price(of: regular), $0.name) < ($1.term.gives.price(of: regular), $1.name)
            }
            guard let best else { continue }
            let price = best.term.gives.price(of: regular)
            let parts = split(regular - price, best.term.payers, system, settings.place, buyer)
            return (
                Offer(name: best.name, tariff: "OPPORTUNITY", system: system, price: price, parts: parts), best.name
            )
        }
        return nil
    }

    /// A coupon as a tariff, with everything that is against it.
    func offer(
        _ index: Int, _ buyer: Buyer, _ event: Int, _ regular: Int, at now: Instant
    ) -> (offer: Offer, against: Set<String>) {
        let (coupon, settings, day) = (coupons[index], events[event]!, Brussels.date(now))
        let isTaken = settings.systems.contains(coupon.system)
        let price = coupon.gives.price(of: regular)
        let off = regular - price
        let left = left(of: index, buyer, event, of: now, at: now)
        let affordable = coupon.budget.flatMap { off > 0 ? ($0 - spent(index, at: now)) / off : nil }
        let isGranted =
            isTaken && isGranted(index, to: buyer, on: day) && regular < coupon.below ?? .max && off > 0
            && (coupon.events.isEmpty || coupon.events.contains(event))
            && (coupon.counters.isEmpty || coupon.counters.contains(settings.place))
        var against: Set<String> = isGranted ? [] : ["coupon.notGranted"]
        if isTaken, coupon.isEnded || day < coupon.from || coupon.until.map({ $0 < day }) ?? false {
            against.insert("coupon.notValidNow")
        }
        if isTaken, left.contains(0) { against.insert("limit.reached") }
        if isTaken, affordable == 0 { against.insert("coupon.spent") }
        let payers = coupon.key.map { term($0, at: now)!.payers } ?? coupon.payers
        let most = buyer == .group ? 1_000_000 : 1
        return (
            Offer(
                name: coupon.name, tariff: "COUPON_\(coupon.number)", system: coupon.system, price: price,
                remaining: against.isEmpty ? ([most] + left + [affordable].compactMap(\.self)).min()! : 0,
                parts: split(off, payers, coupon.system, settings.place, buyer)), against
        )
    }

    /// COU-05, COU-06: for everybody, for those whom it names, and those in one of its segments.
    func isGranted(_ index: Int, to buyer: Buyer, on day: CivilDate) -> Bool {
        let coupon = coupons[index]
        return isMember(buyer, of: coupon.system, on: day)
            && (coupon.isForEveryone || coupon.named.contains(buyer)
                || coupon.segments.contains { fits($0, buyer, in: coupon.system, regular: nil, on: day) })
    }

    /// Largest remainder: each cent that is left over goes to who is farthest from his exact part, the first of those.
    private func split(
        _ cents: Int, _ payers: [(who: Payer, weight: Int)], _ system: System, _ place: SceneData.Place, _ buyer: Buyer
    ) -> [Part] {
        let total = payers.reduce(0) { $0 + $1.weight }
        var given = payers.map { cents * $0.weight / total }
        var gaps = payers.indices.map { cents * payers[$0].weight - given[$0] * total }
        while given.reduce(0, +) < cents {
            let index = gaps.firstIndex(of: gaps.max()!)!
            given[index] += 1
            gaps[index] = .min
        }
        var parts: [Part] = []
        for (payer, cents) in zip(payers, given) {
            var (kind, whom) = (payer.who, "-")
            if kind == .municipality, town(buyer, in: system) == nil { kind = .cardSystem }
            switch kind {
            case .organizer: whom = place.counter.text
            case .municipality: whom = towns[town(buyer, in: system)!]!.text
            case .cardSystem: whom = system.id.text
            case .partner: break
            }
            if let index = parts.firstIndex(where: { $0.payer == kind }) {
                parts[index].cents += cents
            } else {
                parts.append(Part(payer: kind, whom: whom, cents: cents))
            }
        }
        return parts
    }
}

extension TicketModel {
    /// Everything that is against the opportunity tariff.
    func againstOpportunity(_ buyer: Buyer, _ event: Int, _ regular: Int, at now: Instant) -> Set<String> {
        let found = opportunity(buyer, event, regular, at: now)
        if let found { return found.isLeft ? [] : ["limit.reached"] }
        let hindrances = inactive(buyer, event, at: now)
        return hindrances.isEmpty ? ["tariff.notAvailable"] : hindrances
    }

    /// Of who is nowhere entitled that the event takes: why not any more, or not now.
    func inactive(_ buyer: Buyer, _ event: Int, at now: Instant) -> Set<String> {
        let day = Brussels.date(now)
        let isEntitled = events[event]!.systems.contains { self.isEntitled(buyer, in: $0, on: day) }
        return isEntitled ? [] : hindrances(buyer, at: event, on: day)
    }
}
