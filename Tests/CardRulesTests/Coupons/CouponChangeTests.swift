import CardRules
import Testing

struct CouponChangeTests {
    private static let today = CivilDate(year: 2026, month: 11, day: 18)!

    private static func coupon() throws -> CouponTerms {
        CouponTerms(
            id: ID(high: 4, low: 1), number: 7, cardSystem: ID(high: 5, low: 1), name: "Young",
            discount: .amountOff(600), shares: try PayerShares([.init(.cardSystem, weight: 1)]),
            target: CouponTarget(isForEveryone: true), validity: CouponValidity(from: today),
            limits: CouponLimits(holder: PeriodLimit(volume: 3, per: .month)), budget: 9000)
    }

    private static func day(_ text: String) -> CivilDate {
        let parts = text.split(separator: "-").compactMap { Int($0) }
        return CivilDate(year: parts[0], month: parts[1], day: parts[2])!
    }

    private static func change(_ coupon: inout CouponTerms, _ what: String) throws {
        let words = what.split(separator: " ").map(String.init)
        switch words[0] {
        case "name": coupon.name = "Old"
        case "description": coupon.description = "For all"
        case "until": coupon.validity.until = day(words[1])
        case "from": coupon.validity.from = day(words[1])
        case "holder":
            coupon.limits.holder = Int(words[1]).flatMap { PeriodLimit(volume: $0, per: .init(rawValue: words[2])!) }
        case "total": coupon.limits.total = PeriodLimit(volume: 1_000, per: .absolute)
        case "event": coupon.limits.event = PeriodLimit(volume: 1_000, per: .absolute)
        case "budget": coupon.budget = Int(words[1])
        case "warning": coupon.budgetWarningPercent = 50
        case "discount": coupon.discount = .percentOff(60)
        case "key": coupon.distributionKey = ID(high: 9, low: 9)
        case "shares": coupon.shares = try PayerShares([.init(.partner, weight: 1)])
        case "below": coupon.scope.priceBelow = 100
        case "events": coupon.scope.events = [ID(high: 8, low: 8)]
        case "organizers": coupon.scope.organizers = [ID(high: 8, low: 8)]
        case "everyone": coupon.target.isForEveryone = false
        case "segments": coupon.target.segments = [PriceConditions(opportunity: .here)]
        default: coupon.validity.isEnded = true
        }
    }

    @Test(arguments: [
        // change | field | may it be once the coupon is used
        "name | name | yes", "description | description | yes", "until 2026-11-18 | validUntil | yes",
        "holder 4 month | holderLimit | yes", "holder none | holderLimit | yes", "holder 2 month | holderLimit | no",
        "holder 9 year | holderLimit | no", "total | totalLimit | no", "event | eventLimit | no",
        "budget 9001 | budgetCents | yes", "budget none | budgetCents | yes", "budget 8999 | budgetCents | no",
        "warning | budgetWarningPercent | yes", "discount | discount | no", "key | distributionKeyId | no",
        "shares | shares | no", "below | priceBelowCents | no", "events | eventIds | no",
        "organizers | organizerCounterIds | no", "everyone | forEveryone | no", "segments | segments | no",
        "from 2026-01-01 | validFrom | no",
    ])
    func `COU-05 once it is used a coupon gives what it gave, and its limits only rise`(row: String) throws {
        let old = try Self.coupon()
        var new = old
        try Self.change(&new, row.cells[0])
        #expect(CouponChange.fields(from: old, to: new) == [row.cells[1]])
        #expect(CouponChange.reasons(from: old, to: new, isUsed: false, on: Self.today) == [])
        let reasons = CouponChange.reasons(from: old, to: new, isUsed: true, on: Self.today)
        #expect(reasons == (row.cells[2] == "yes" ? [] : [Reason(.couponInUse, at: "/" + row.cells[1])]))
    }

    @Test func `COU-05 no budget becomes one only before the coupon is used`() throws {
        var old = try Self.coupon()
        old.budget = nil
        let new = try Self.coupon()
        #expect(CouponChange.reasons(from: old, to: new, isUsed: false, on: Self.today) == [])
        #expect(CouponChange.reasons(from: old, to: new, isUsed: true, on: Self.today).map(\.kind) == [.couponInUse])
    }

    @Test func `COU-02 a last day does not lie in the past, and what was ended stays so`() throws {
        let old = try Self.coupon()
        var new = old
        new.validity.until = Self.today.adding(days: -1)
        #expect(
            CouponChange.reasons(from: old, to: new, isUsed: false, on: Self.today).map(\.kind) == [.endDateTooEarly])
        // A coupon that has expired may get another name.
        var renamed = new
        renamed.name = "Old"
        #expect(CouponChange.reasons(from: new, to: renamed, isUsed: true, on: Self.today) == [])
        var ended = old
        ended.validity.isEnded = true
        #expect(CouponChange.reasons(from: ended, to: new, isUsed: false, on: Self.today).map(\.kind) == [.couponEnded])
    }

    @Test(arguments: [
        // period | from | until | how many of them
        "day | 2026-11-18 | 2026-11-18 | 1", "day | 2026-11-18 | 2026-12-01 | 14", "day | 2026-11-18 | - | ",
        "week | 2026-11-22 | 2026-11-23 | 2", "week | 2026-11-16 | 2026-11-22 | 1",
        "month | 2026-11-30 | 2026-12-01 | 2",
        "quarter | 2026-11-18 | 2027-01-01 | 2", "year | 2026-11-18 | 2028-01-01 | 3", "absolute | 2026-11-18 | - | 1",
        "year | 2026-11-18 | - | ", "month | 2026-11-18 | 2026-11-17 | 0", "week | 2026-11-18 | 2027-11-17 | 53",
    ])
    func `R-105 periods are counted by the calendar`(row: String) throws {
        let limit = PeriodLimit(volume: 1, per: try #require(.init(rawValue: row.cells[0])))
        let until = row.cells[2] == "-" ? nil : Self.day(row.cells[2])
        #expect(limit?.periods(from: Self.day(row.cells[1]), until: until) == Int(row.cells[3]))
    }

    @Test(arguments: [
        // what is set | people | regular price | tickets | discount | cost
        "holder 1 absolute | 1000 | - | 1000 | 600 | 600000", "holder none | 1000 | - | | 600 | ",
        "holder none, budget 5000 | 1000 | - | | 600 | 5000", "holder none, total | 1000 | - | 1000 | 600 | 600000",
        "holder 3 month | 10 | - | | 600 | ", "holder 3 month, until 2027-01-31 | 10 | - | 90 | 600 | 54000",
        "holder 3 month, until 2027-01-31, budget 100 | 10 | - | 90 | 600 | 100",
        "holder none, event, events | 10 | - | 1000 | 600 | 600000", "holder none, event | 10 | - | | 600 | ",
        "holder 1 absolute | 10 | 500 | 10 | 500 | 5000", "holder 1 absolute, below | 10 | 500 | 10 | 99 | 990",
        "holder 1 absolute, discount | 10 | - | 10 | | ", "holder 1 absolute, discount | 10 | 1000 | 10 | 600 | 6000",
        "holder 1 absolute, discount, below | 10 | - | 10 | 59 | 590", "holder none | 0 | - | 0 | 600 | 0",
        "until 2026-11-17 | 10 | - | 0 | 600 | 0", "end | 10 | 100 | 0 | 100 | 0",
    ])
    func `COU-05 a coupon costs at most what the tightest of its limits and its budget let it`(row: String) throws {
        var coupon = try Self.coupon()
        coupon.budget = nil
        for part in row.cells[0].split(separator: ", ") { try Self.change(&coupon, String(part)) }
        let forecast = CouponForecast(
            coupon, regularPrice: Int(row.cells[2]), people: try #require(Int(row.cells[1])), on: Self.today)
        #expect(forecast.tickets == Int(row.cells[3]))
        #expect(forecast.discount == Int(row.cells[4]))
        #expect(forecast.cost == Int(row.cells[5]))
    }
}
