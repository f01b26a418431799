import CardRules
import Testing

struct CouponRulesTests {
    private static let gent = MunicipalityID(high: 1, low: 1)
    private static let aalst = MunicipalityID(high: 1, low: 2)
    private static let concert = EventID(high: 2, low: 1)
    private static let play = EventID(high: 2, low: 2)
    private static let hall = CounterID(high: 3, low: 1)
    /// Wednesday, in the fourth quarter.
    private static let today = CivilDate(year: 2026, month: 11, day: 18)!
    private static let now = Brussels.instant(today, TimeOfDay(hour: 12, minute: 0)!)

    private static func date(_ text: String) -> CivilDate {
        let parts = text.split(separator: "-").compactMap { Int($0) }
        return CivilDate(year: parts[0], month: parts[1], day: parts[2])!
    }

    /// `status age municipality`, then `group`, `stranger` (no member), `named`.
    private static func buyer(_ text: String) -> CouponBuyer {
        let words = text.split(separator: " ").map(String.init)
        let buyer = Buyer(
            hasOpportunityHere: words[0] == "here", hasOpportunityAnywhere: words[0] != "none", age: Int(words[1]),
            municipality: ["gent": gent, "aalst": aalst][words[2]])
        return CouponBuyer(
            buyer, isGroup: words.contains("group"), isMember: !words.contains("stranger"),
            isNamed: words.contains("named"))
    }

    private static func coupon(_ target: CouponTarget = CouponTarget(isForEveryone: true)) throws -> CouponTerms {
        CouponTerms(
            id: ID(high: 4, low: 1), number: 7, cardSystem: ID(high: 5, low: 1), name: "Young",
            discount: .amountOff(600), shares: try PayerShares([.init(.cardSystem, weight: 1)]), target: target,
            validity: CouponValidity(from: date("2026-01-01")))
    }

    /// Segments are parted by `or`; their words are `here`, `any`, a municipality, `under26`.
    private static func target(_ text: String) throws -> CouponTarget {
        var target = CouponTarget(isForEveryone: false)
        for part in text.split(separator: " or ") where part != "nobody" {
            var segment = PriceConditions()
            for word in part.split(separator: " ") {
                switch word {
                case "everyone": target.isForEveryone = true
                case "here": segment.opportunity = .here
                case "any": segment.opportunity = .anyCardSystem
                case "gent": segment.municipalities.insert(gent)
                case "aalst": segment.municipalities.insert(aalst)
                case "under26": segment.ages = try AgeBand(from: nil, until: 25)
                default: target.residentsOf = gent
                }
            }
            if segment != PriceConditions() { target.segments.append(segment) }
        }
        return target
    }

    private static func offer(
        _ coupon: CouponTerms, _ buyer: String = "none 30 gent", price: Int = 1000, used: CouponUse = CouponUse(),
        at instant: Instant = now
    ) -> CouponOffer {
        CouponRules.offer(
            coupon, to: self.buyer(buyer), for: CouponTicket(event: concert, organizer: hall, regularPrice: price),
            used: used, at: instant)
    }

    private static func failed(_ offer: CouponOffer) -> String {
        offer.failed.map(\.name.rawValue).joined(separator: " ")
    }

    @Test(arguments: [
        // target | who | those that fail
        "everyone | none 30 - | ", "everyone | none 30 - stranger | membership",
        "everyone | none - gent group | ", "nobody | none 30 gent | target", "nobody | none 30 gent named | ",
        "nobody | none - - group named | ", "nobody | none 30 gent named stranger | membership",
        "here | here 30 gent | ", "here | elsewhere 30 gent | opportunityHere", "any | elsewhere 30 gent | ",
        "gent under26 | none 25 gent | ", "gent under26 | none 26 gent | age",
        "gent under26 | none 26 aalst | age municipality", "gent under26 | none - gent group | age",
        "gent under26 | none 80 aalst named | ", "here or under26 | none 20 - | ", "here or under26 | here 40 - | ",
        "here or under26 | none 26 - | target", "here gent or aalst under26 | here 20 - | target",
        "everyone residents | none 30 gent | ", "everyone residents | none 30 aalst | municipality",
        "nobody or residents | none 30 aalst named | municipality",
    ])
    func `R-104 COU-05 COU-06 TAR-12 a coupon is for whom its target says, and nobody else has it`(row: String) throws {
        let coupon = try Self.coupon(Self.target(row.cells[0]))
        let offer = Self.offer(coupon, row.cells[1])
        #expect(Self.failed(offer) == row.cells[2])
        #expect(offer.isOffered == row.cells[2].isEmpty)
        let grant = CouponRules.grant(coupon, to: Self.buyer(row.cells[1]), used: CouponUse(), on: Self.today)
        #expect((grant != nil) == row.cells[2].isEmpty)
    }

    @Test(arguments: [
        // from | until | today | status | those that fail | when it may hold
        "2026-11-18 | 2026-11-18 | 2026-11-18 | active | | 2026-11-18T12",
        "2026-11-18 | 2026-11-18 | 2026-11-19 | expired | validity | ",
        "2026-11-18 | - | 2030-01-01 | active | | 2030-01-01T12",
        "2026-11-18 | - | 2026-11-17 | active | validity | 2026-11-18T00",
        "2026-01-01 | ended | 2026-11-18 | expired | status validity | ",
    ])
    func `COU-02 a coupon holds from its first to its last day, unless it was ended`(row: String) throws {
        let cells = row.cells
        var coupon = try Self.coupon()
        coupon.validity = CouponValidity(
            from: Self.date(cells[0]), until: cells[1].hasPrefix("2") ? Self.date(cells[1]) : nil,
            isEnded: cells[1] == "ended")
        let noon = TimeOfDay(hour: 12, minute: 0)!
        let offer = Self.offer(coupon, at: Brussels.instant(Self.date(cells[2]), noon))
        #expect(Self.failed(offer) == cells[4])
        let next = offer.rules.first { $0.name == .validity }?.nextPossibleAt.map(Brussels.civil)
        #expect(next.map { "\($0.date.text)T\($0.time == noon ? "12" : "00")" } ?? "" == cells[5])
        #expect(
            CouponRules.grant(coupon, to: Self.buyer("none 30 -"), used: CouponUse(), on: Self.date(cells[2]))?.status
                .rawValue == cells[3])
    }

    @Test(arguments: [
        // used by the holder of 3 a month | at the event of 10 a week | by all of 50 a quarter | spent of 90 euros |
        // remaining for a person, or what fails | remaining for a group
        "0 | 0 | 0 | 0 | 1 | 3", "1 | 0 | 0 | 0 | 1 | 2", "0 | 9 | 0 | 0 | 1 | 1", "0 | 0 | 48 | 0 | 1 | 2",
        "0 | 0 | 0 | 7800 | 1 | 2", "0 | 0 | 0 | 8400 | 1 | 1", "3 | 0 | 0 | 0 | couponHolderLimit | ",
        "0 | 10 | 0 | 0 | couponEventLimit | ", "0 | 0 | 50 | 0 | couponTotalLimit | ",
        "0 | 0 | 0 | 8401 | budget | ",
        "4 | 11 | 51 | 9000 | couponHolderLimit couponEventLimit couponTotalLimit budget | ",
    ])
    func `R-105 TAR-03 TAR-07 the tightest limit wins, and a person takes one at once`(row: String) throws {
        let cells = row.cells
        let numbers = cells.prefix(4).compactMap { Int($0) }
        var coupon = try Self.coupon()
        coupon.limits = CouponLimits(
            holder: PeriodLimit(volume: 3, per: .month), event: PeriodLimit(volume: 10, per: .week),
            total: PeriodLimit(volume: 50, per: .quarter))
        coupon.budget = 9000
        let used = CouponUse(byHolder: numbers[0], atEvent: numbers[1], inTotal: numbers[2], spent: numbers[3])
        let (person, group) = (Self.offer(coupon, used: used), Self.offer(coupon, "none - gent group", used: used))
        if let remaining = Int(cells[4]) {
            #expect(person.remaining == remaining)
            #expect(group.remaining == Int(cells[5]))
        } else {
            #expect(Self.failed(person) == cells[4])
            #expect(person.remaining == 0 && group.remaining == 0)
        }
    }

    @Test(arguments: [
        "day | 2026-11-19", "week | 2026-11-23", "month | 2026-12-01", "quarter | 2027-01-01", "year | 2027-01-01",
        "absolute | ",
    ])
    func `R-105 COU-03 a limit that is reached says how much, and when the calendar refills it`(row: String) throws {
        var coupon = try Self.coupon()
        coupon.limits.holder = PeriodLimit(volume: 2, per: try #require(.init(rawValue: row.cells[0])))
        let failed = try #require(Self.offer(coupon, used: CouponUse(byHolder: 2)).failed.first)
        #expect(failed.limit?.volume == 2 && failed.limit?.used == 2)
        #expect(failed.nextPossibleAt.map { Brussels.date($0).text } ?? "" == row.cells[1])
    }

    @Test func `COU-03 what is left of a coupon is told if it has a volume`() throws {
        var coupon = try Self.coupon()
        func left(_ used: CouponUse) -> String? {
            let grant = CouponRules.grant(coupon, to: Self.buyer("none 30 -"), used: used, on: Self.today)
            return grant?.remaining.map { "\($0.remaining) \($0.period)" }
        }
        #expect(left(CouponUse()) == nil)
        coupon.limits.event = PeriodLimit(volume: 1, per: .day)
        #expect(left(CouponUse(atEvent: 1)) == nil)
        coupon.limits.holder = PeriodLimit(volume: 5, per: .week)
        #expect(left(CouponUse(byHolder: 1)) == "4 week")
        coupon.limits.total = PeriodLimit(volume: 3, per: .year)
        #expect(left(CouponUse(byHolder: 1)) == "3 year")
        #expect(left(CouponUse(byHolder: 5, inTotal: 1)) == "0 week")
    }

    @Test(arguments: [
        // below | events | organizers | price | those that fail
        "1000 | | | 999 | ", "1000 | | | 1000 | priceBelow", " | concert play | | 1000 | ",
        " | play | | 1000 | event", " | | hall | 1000 | ", " | | other | 1000 | organizer",
        "500 | play | other | 500 | priceBelow event organizer",
    ])
    func `COU-05 R-131 conditions on the ticket must all hold`(row: String) throws {
        var coupon = try Self.coupon()
        coupon.scope = CouponScope(
            priceBelow: Int(row.cells[0]),
            events: Set(row.cells[1].split(separator: " ").map { $0 == "play" ? Self.play : Self.concert }),
            organizers: Set(row.cells[2].split(separator: " ").map { $0 == "hall" ? Self.hall : ID(high: 3, low: 9) }))
        #expect(try Self.failed(Self.offer(coupon, price: #require(Int(row.cells[3])))) == row.cells[4])
    }

    @Test(
        arguments: [
            // discount, budget, warning from, spent before and then, what is told
            (Discount.amountOff(200), 1000, 80, 0, 799, nil),
            (.amountOff(200), 1000, 80, 799, 800, .nearlySpent),
            (.amountOff(200), 1000, 80, 800, 800, nil),
            (.amountOff(200), 1000, 80, 800, 801, .spent),
            (.amountOff(200), 1000, 80, 700, 900, .spent),
            (.amountOff(200), 1000, 80, 900, 1000, nil),
            (.amountOff(600), 500, 100, 0, 100, .spent),
            (.percentOff(50), 1000, 80, 0, 999, .nearlySpent),
            (.percentOff(50), 1000, 80, 999, 1000, .spent),
            (.fixedPrice(0), 1000, 100, 0, 1000, .spent),
            (.amountOff(200), nil, 80, 0, 99_999, nil),
        ] as [(Discount, Int?, Int, Int, Int, CouponWarning?)])
    func `S6 each step of a budget is told once`(
        _ discount: Discount, _ budget: Int?, _ percent: Int, _ before: Int, _ after: Int, _ told: CouponWarning?
    ) throws {
        var coupon = try Self.coupon()
        (coupon.discount, coupon.budget, coupon.budgetWarningPercent) = (discount, budget, percent)
        #expect(coupon.warning(spent: before, then: after) == told)
    }

    @Test func `TS-01 R-135 a coupon that takes nothing off is none`() throws {
        var coupon = try Self.coupon()
        #expect(Self.offer(coupon).price == 400)
        #expect(Self.offer(coupon, price: 500).price == 0)
        coupon.discount = .fixedPrice(1000)
        coupon.budget = 1
        #expect(Self.failed(Self.offer(coupon)) == "discount")
        #expect(Self.offer(coupon, price: 1001).price == 1000)
    }

    @Test func `R-105 a group takes as many as it likes of what has no limit`() throws {
        #expect(Self.offer(try Self.coupon(), "none - - group").remaining == CouponRules.unlimited)
    }
}
