import CardRules
import Testing

struct TariffRulesTests {
    private static let now = Brussels.instant(CivilDate(year: 2026, month: 6, day: 10)!)
    private static let end = CivilDate(year: 2026, month: 4, day: 30)!
    /// G and A take part in the event, Z does not.
    private static let systems: [Character: CardSystemID] = [
        "G": ID(high: 1, low: 1), "A": ID(high: 1, low: 2), "Z": ID(high: 1, low: 3),
    ]

    /// Memberships by the letter of their card system: `G` entitled, `g` not; then `-` expired, `!` suspended, `~` in
    /// grace, `x` blocked. `5/40 G` is a group with 5 of 40 tickets left, `5/40 g` one without status.
    private static func buyer(_ text: String) -> TicketBuyer {
        let words = text.split(separator: " ").map(String.init)
        if let numbers = words.first?.split(separator: "/"), numbers.count == 2 {
            let word = words[1]
            return .group(
                TicketBuyer.Group(
                    cardSystem: systems[Character(word.prefix(1).uppercased())]!,
                    facts: GroupPassFacts(
                        endDate: word.hasSuffix("-") ? end : nil, hasOpportunity: word.first!.isUppercase,
                        remaining: Int(numbers[0])!), ticketsPerYear: Int(numbers[1])!, municipality: nil))
        }
        let memberships = words.map { word in
            let status: OpportunityStatus =
                switch word.last! {
                case "-": .expired(endDate: end)
                case "!":
                    .suspended(
                        until: CivilDate(year: 2026, month: 7, day: 1)!,
                        endDate: CivilDate(year: 2027, month: 4, day: 30)!)
                case "~": .active(endDate: end, inGracePeriod: true)
                default: word.first!.isUppercase ? .active(endDate: end.adding(days: 365), inGracePeriod: false) : .none
                }
            return TicketBuyer.Membership(
                cardSystem: systems[Character(word.prefix(1).uppercased())]!, isActive: !word.hasSuffix("x"),
                opportunity: status, municipality: nil)
        }
        return .person(TicketBuyer.Person(age: 30, memberships: memberships))
    }

    private static func key(
        _ name: String, pays percent: Int, _ condition: OpportunityCondition? = .here, below: Int? = nil
    ) throws -> DistributionKeyTerm {
        DistributionKeyTerm(
            id: ID(high: 2, low: UInt64(percent)), key: ID(high: 3, low: UInt64(percent)), name: name, validFrom: now,
            isAutomatic: true, discount: .percentPaid(percent),
            conditions: PriceConditions(opportunity: condition, priceBelow: below), maximumRegularPrice: nil,
            shares: try PayerShares([.init(.organizer, weight: 1), .init(.municipality, weight: 1)]))
    }

    /// Words: `free`, `event 1/2` used of a limit per week, `counter 1/2`, `max 500` of G, `only<500` key of G,
    /// `anywhere` key of G, `cheapA`, `none` no keys at all.
    private static func facts(_ buyer: String, _ words: String) throws -> TariffFacts {
        let words = words.split(separator: " ").map(String.init)
        func use(_ name: LimitUse.Name) -> LimitUse? {
            words.firstIndex(of: name.rawValue).map { index in
                let parts = words[index + 1].split(separator: "/").map { Int($0)! }
                return LimitUse(name, volume: parts[1], per: .week, used: parts[0])
            }
        }
        var gent = try key("Gent", pays: 20)
        if words.contains("only<500") { gent.conditions.priceBelow = 500 }
        if words.contains("anywhere") { gent.conditions.opportunity = .anyCardSystem }
        if words.contains("open") { gent.conditions.opportunity = nil }
        let none = words.contains("none")
        let maximum = words.firstIndex(of: "max").map { Int(words[$0 + 1])! }
        func keys(_ key: DistributionKeyTerm) -> EventKeys {
            EventKeys(chosen: [], ofCounter: nil, automatic: none ? [] : [key])
        }
        return TariffFacts(
            isFree: words.contains("free"), eventLimit: use(.event),
            cardSystems: [
                .init(
                    id: systems["G"]!, name: "Gent", keys: keys(gent), maximumPrice: maximum,
                    counter: ID(high: 4, low: 1), counterLimit: use(.counter)),
                .init(
                    id: systems["A"]!, name: "Aalst",
                    keys: keys(try key("Aalst", pays: words.contains("cheapA") ? 10 : 25)),
                    counter: ID(high: 4, low: 2)),
            ], buyer: self.buyer(buyer))
    }

    /// `zomer 300`, with `!` used up, with `x` not for the buyer.
    private static func coupons(_ text: String) -> [TriedCoupon] {
        text.split(separator: ",").enumerated().map { index, entry in
            let words = entry.split(separator: " ").map(String.init)
            let isUsedUp = words.last == "!"
            let offer = TariffOffer(
                source: .coupon(ID(high: 5, low: UInt64(index)), number: index + 1), cardSystem: systems["G"]!,
                name: words[0], price: Int(words[1])!, remaining: isUsedUp ? 0 : 1, parts: [])
            return TriedCoupon(
                offer: words.last == "x" ? nil : offer,
                reached: isUsedUp ? LimitUse(.couponHolder, volume: 2, per: .month, used: 2) : nil,
                isUsedUp: isUsedUp)
        }
    }

    @Test(arguments: [
        // who | event | coupons | regular price | filter || available | told | refused
        "G |  |  | 310 | any | OPPORTUNITY 62 |  | ", "G |  |  | 1000 | opportunity | OPPORTUNITY 200 |  | ",
        "G |  |  | 1000 | coupon |  | no coupon | ", "G~ |  |  | 1000 | any | OPPORTUNITY 200 |  | ",
        // Cheapest of several card systems, exactly one.
        "G A |  |  | 1000 | any | OPPORTUNITY 200 |  | ", "G A | cheapA |  | 1000 | any | OPPORTUNITY 100 |  | ",
        "A |  |  | 1000 | any | OPPORTUNITY 250 |  | ", "G- A |  |  | 1000 | any | OPPORTUNITY 250 |  | ",
        // TAR-09, R-101: no entitlement is no error; GEN-07 by the filter.
        "g |  |  | 1000 | any |  | has no opportunity status | ", "Z |  |  | 1000 | any |  | does not hold | ",
        "Gx |  |  | 1000 | any |  | has no opportunity status | ", "Z- |  |  | 1000 | any |  | has no | ",
        "g |  | zomer 300 | 1000 | any | COUPON_1 300 | has no opportunity status | ",
        "g |  | zomer 300 | 1000 | opportunity |  | has no opportunity status | ",
        "g |  | zomer 300 | 1000 | coupon | COUPON_1 300 |  | ",
        // a key for a status in whatever card system; none without a status.
        "Z | anywhere |  | 1000 | any | OPPORTUNITY 200 |  | ", "g | anywhere |  | 1000 | any |  | has no | ",
        "g | open |  | 1000 | any |  | has no opportunity status | ",
        "G | open |  | 1000 | any | OPPORTUNITY 200 |  | ",
        // Expired or suspended: a coupon helps, else it is an error; only coupons asked: an empty list.
        "G- |  |  | 1000 | any |  | ended | opportunityStatus.expired",
        "G! |  |  | 1000 | any |  | suspended | opportunityStatus.suspended",
        "G- A! |  |  | 1000 | any |  | ended,suspended | opportunityStatus.expired opportunityStatus.suspended",
        "G- |  | zomer 300 | 1000 | any | COUPON_1 300 | ended | ",
        "G- |  | zomer 300 | 1000 | opportunity |  | ended | opportunityStatus.expired",
        "G- |  |  | 1000 | coupon |  | no coupon | ", "G! |  | zomer 300 | 1000 | coupon | COUPON_1 300 |  | ",
        // TAR-08: the region's maximum.
        "G | max 1000 |  | 1000 | any | OPPORTUNITY 200 |  | ", "G | max 1000 |  | 1001 | any |  | above | ",
        "G A | max 1000 |  | 1001 | any | OPPORTUNITY 250 |  | ",
        "A | max 1000 |  | 1001 | any | OPPORTUNITY 250 |  | ",
        "G | only<500 |  | 500 | any |  | this price | ", "G | none |  | 500 | any |  | this price | ",
        // TAR-06, TS-15: limits of event and counter; what is not maxed elsewhere is offered.
        "G | event 0/1 |  | 1000 | any | OPPORTUNITY 200 |  | ", "G | event 1/1 |  | 1000 | any |  | 1 per week | ",
        "G | event 3/100 counter 2/2 |  | 1000 | any |  | 2 per week | ",
        "G A | counter 2/2 |  | 1000 | any | OPPORTUNITY 250 |  | ",
        "G A | event 1/1 |  | 1000 | any |  | 1 per week | ",
        "G | event 1/1 | zomer 300 | 1000 | any | COUPON_1 300 | 1 per week | ",
        // TAR-07: used-up coupons; R-123: order.
        "g |  | zomer 300 ! | 1000 | coupon |  | used up (2 per month) | ",
        "G |  | zomer 300,Alle 5,alles 4 | 1000 | any | OPPORTUNITY 200,COUPON_2 5,COUPON_3 4,COUPON_1 300 |  | ",
        "g |  | zomer 300 x | 1000 | coupon |  | no coupon | ",
        // nothing is sold for a free event.
        "G | free | zomer 0 | 1000 | any |  | free | ",
        // Groups, GRP-03.
        "5/40 G |  |  | 1000 | any | OPPORTUNITY 200 |  | ", "0/40 G |  |  | 1000 | any |  | 40 per year | ",
        "0/0 G |  |  | 1000 | any |  | 0 per year | ", "5/40 g |  |  | 1000 | any |  | group pass | ",
        "5/40 G- |  |  | 1000 | any |  | ended | opportunityStatus.expired", "5/40 Z |  |  | 1000 | any |  | hold | ",
        "0/40 G |  | zomer 300 | 1000 | any | COUPON_1 300 | 40 per year | ",
        "5/40 G | event 1/1 |  | 1000 | any | OPPORTUNITY 200 |  | ",
    ])
    func `TAR-01 to TAR-09, R-100, R-101, R-110, R-120, R-123, R-130, GEN-07 what is offered, told and refused`(
        row: String
    ) throws {
        let cells = row.cells
        let answer = TariffRules.answer(
            try Self.facts(cells[0], cells[1]), coupons: Self.coupons(cells[2]),
            regularPrice: try #require(Int(cells[3])), filter: try #require(TariffFilter(rawValue: cells[4])),
            at: Self.now)
        #expect(answer.available.map { "\($0.tariff.text) \($0.price)" }.joined(separator: ",") == cells[5])
        let told = cells[6].split(separator: ",").map(String.init)
        #expect(answer.messages.count == told.count)
        for (message, words) in zip(answer.messages, told) { #expect(message.text.en.contains(words)) }
        #expect((answer.refusal?.reasons.map { $0.kind.rawValue } ?? []).joined(separator: " ") == cells[7])
        for offer in answer.available where offer.kind == .opportunity {
            #expect(offer.parts.reduce(offer.price) { $0 + $1.cents } == Int(cells[3]))
        }
    }

    @Test(arguments: ["G | 1", "5/40 G | 5", "45/40 G | 45"])
    func `TAR-03 one at a time for a person, for a group what is left of the year`(row: String) throws {
        let tariff = TariffRules.opportunity(
            try Self.facts(row.cells[0], "event 3/100"), regularPrice: 1000, at: Self.now)
        guard case .offered(let offer) = tariff.outcome else {
            Issue.record("nothing is offered")
            return
        }
        #expect(offer.remaining == Int(row.cells[1]))
    }

    @Test(arguments: [
        "G |  | ", "G | free | event.free", "G | event 1/1 | limit.reached", "G | max 10 | tariff.notAvailable",
        "Z |  | tariff.notAvailable", "g |  | tariff.notAvailable", "G- |  | opportunityStatus.expired",
        "G! |  | opportunityStatus.suspended", "0/40 G |  | limit.reached", "5/40 g |  | tariff.notAvailable",
    ])
    func `TS-05 TS-07 R-100 R-102 R-193 a tariff that is not offered is not sold`(row: String) throws {
        let tariff = TariffRules.opportunity(
            try Self.facts(row.cells[0], row.cells[1]), regularPrice: 1000, at: Self.now)
        switch TariffRules.sell(tariff, at: Self.now, pointer: "/tariffId") {
        case .success: #expect(row.cells[2] == "")
        case .failure(let refusal):
            #expect(refusal.kind.rawValue == row.cells[2])
            #expect(refusal.reasons.allSatisfy { $0.pointer == "/tariffId" })
        }
    }

    @Test func `R-124 R-125 the lowest price is of what is available; no tariffs at all are not a reached maximum`()
        throws
    {
        func answer(_ who: String, _ event: String, _ coupons: String) throws -> TariffAnswer {
            TariffRules.answer(
                try Self.facts(who, event), coupons: Self.coupons(coupons), regularPrice: 1000, filter: .any,
                at: Self.now)
        }
        let both = try answer("G", "event 1/1", "zomer 300,winter 100 !")
        #expect(both.lowestAvailable == 300 && !both.isMaximumReached)
        let reached = try answer("G", "event 1/1", "winter 100 !")
        #expect(reached.lowestAvailable == nil && reached.isMaximumReached)
        let none = try answer("g", "", "")
        #expect(none.lowestAvailable == nil && !none.isMaximumReached)
    }

    @Test(arguments: ["0 0 no", "2 0 no", "1 1 no", "2 1 yes", "1 2 yes", "2 2 yes"])
    func `R-126 there is a choice with several prices or several tariffs`(row: String) {
        let words = row.split(separator: " ")
        #expect(TariffRules.hasChoice(prices: Int(words[0])!, availableTariffs: Int(words[1])!) == (words[2] == "yes"))
    }

    @Test func `every rule that was tried is named, with its limit and when it may hold again`() throws {
        let facts = try Self.facts("G", "event 2/2 max 5000")
        let tariff = TariffRules.opportunity(facts, regularPrice: 1000, at: Self.now)
        let ofGent = tariff.tried.filter { $0.cardSystem == Self.systems["G"] }
        #expect(
            ofGent.map { "\($0.name.rawValue) \($0.holds)" } == [
                "opportunityHere true", "maximumPrice true", "opportunityHere true", "distributionKey true",
                "eventLimit false",
            ])
        let limit = try #require(ofGent.last)
        #expect(limit.limit?.used == 2)
        #expect(limit.nextPossibleAt == Brussels.instant(CivilDate(year: 2026, month: 6, day: 15)!))
        #expect(
            limit.text(at: Self.now).en
                == "limit of the event: does not hold (2 of 2 per week used). Again from 2026-06-15.")
        let elsewhere = tariff.tried.filter { $0.cardSystem == Self.systems["A"] }
        #expect(elsewhere.contains { $0.name == .opportunityHere && !$0.holds })
    }

    @Test func `TAR-04 who pays: for somebody from elsewhere the card system instead of a municipality, once`() throws {
        let shares = try PayerShares([
            .init(.organizer, weight: 1), .init(.municipality, weight: 1), .init(.cardSystem, weight: 1),
            .init(.partner, weight: 1),
        ])
        let system = Self.systems["G"]!
        var payers = PayerDirectory(
            cardSystem: system, organizer: ID(high: 4, low: 1), municipality: ID(high: 6, low: 1))
        #expect(
            payers.parts(of: 801, shares) == [
                PayerPart(.organizer, whom: ID(high: 4, low: 1), cents: 201),
                PayerPart(.municipality, whom: ID(high: 6, low: 1), cents: 200),
                PayerPart(.cardSystem, whom: ID(high: 1, low: 1), cents: 200),
                PayerPart(.partner, whom: nil, cents: 200),
            ])
        payers.municipality = nil
        #expect(payers.parts(of: 801, shares).map(\.cents) == [201, 400, 200])
        #expect(payers.parts(of: 801, shares).map(\.payer) == [.organizer, .cardSystem, .partner])
    }

    @Test(arguments: [
        "OPPORTUNITY", "COUPON_1", "COUPON_10000000000", "opportunity | no", "COUPON_0 | no", "COUPON_ | no",
        "COUPON_01 | no", "COUPON_-1 | no", "COUPON_99999999999999999999 | no", " | no",
    ])
    func `TS-02 a tariff has one name`(row: String) {
        let text = row.cells[0]
        #expect(TariffName(text: text)?.text == (row.cells.count > 1 ? nil : text))
    }
}
