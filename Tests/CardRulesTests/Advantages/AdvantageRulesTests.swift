import CardRules
import Testing

/// A row of a table: what differs from an exchange that is all right, and what comes of it.
struct AdvantageCase: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let expected: [String]
    let change: @Sendable (inout RedemptionFacts) -> Void

    init(_ description: String, _ expected: [String], _ change: @escaping @Sendable (inout RedemptionFacts) -> Void) {
        (testDescription, self.expected, self.change) = (description, expected, change)
    }

    /// A Thursday.
    static let instant = Instant.wall("2026-05-14 20:00")
    static let counter = CounterID(high: 1, low: 1)
    static let here = CardSystemID(high: 2, low: 1)
    static let there = CardSystemID(high: 2, low: 2)
    static let town = MunicipalityID(high: 3, low: 1)

    var facts: RedemptionFacts {
        var facts = RedemptionFacts(
            advantage: AdvantageTerms(
                type: .exchange, enteredAt: .wall("2026-01-01 09:00"), exchange: .days("2026-05-01", "2026-05-31"),
                points: 5, units: 10, holderLimit: PeriodLimit(volume: 2, per: .month),
                totalLimit: PeriodLimit(volume: 4, per: .day), cardSystems: [Self.here]),
            stock: .init(unitsTaken: 3, takenInPeriod: 1, codesLeft: 8),
            place: .counter(Self.counter, cardSystems: [Self.here]), card: .init(status: .active),
            holder: .init(
                memberships: [Self.here: .wall("2026-02-01 10:00")], municipalities: [Self.town], takenInPeriod: 1,
                nextSlot: 1, balance: 12))
        change(&facts)
        return facts
    }

    /// The reasons, or what taking it leaves behind.
    var verdict: [String] {
        switch AdvantageRules.decide(facts, at: Self.instant) {
        case .failure(let refusal): return refusal.reasons.map(\.line)
        case .success(let decision):
            let places = [decision.periodStart?.text, decision.slot.map(String.init), decision.totalPeriodStart?.text]
            let flows = decision.flows.map { "\($0.points) from \($0.debit) to \($0.credit)" }
            return [
                (flows + ["has \(decision.newBalance)"] + places.map { $0 ?? "-" }
                    + (decision.takesCode ? ["code"] : []) + (decision.isCodeStockLow ? ["low"] : []))
                    .joined(separator: ", ")
            ]
        }
    }
}

extension DayPeriod {
    static func days(_ from: String, _ until: String) -> DayPeriod {
        DayPeriod(from: CivilDate(text: from), until: CivilDate(text: until))!
    }
}

struct AdvantageRulesTests {
    @Test(arguments: [
        AdvantageCase("five points", ["5 from holder to spent, has 7, 2026-05-01, 1, 2026-05-14"]) { _ in },
        AdvantageCase("all of his points", ["5 from holder to spent, has 0, 2026-05-01, 1, 2026-05-14"]) {
            $0.holder?.balance = 5
        },
        AdvantageCase("no limits", ["5 from holder to spent, has 7, -, -, -"]) {
            $0.advantage.holderLimit = nil
            $0.advantage.totalLimit = nil
            $0.advantage.units = nil
        },
        AdvantageCase("again after a cancelled one", ["5 from holder to spent, has 7, 2026-05-01, 3, 2026-05-14"]) {
            $0.holder?.nextSlot = 3
        },
        AdvantageCase("with a code", ["5 from holder to spent, has 7, 2026-05-01, 1, 2026-05-14, code"]) {
            $0.advantage.hasCodes = true
            $0.advantage.codeWarningBelow = 7
        },
        AdvantageCase("few codes left", ["5 from holder to spent, has 7, 2026-05-01, 1, 2026-05-14, code, low"]) {
            $0.advantage.hasCodes = true
            $0.advantage.codeWarningBelow = 8
        },
    ])
    func `ADV-12 R-141 R-149 taking an advantage costs its points and takes its places`(row: AdvantageCase) {
        #expect(row.verdict == row.expected)
    }

    @Test(arguments: [
        AdvantageCase("first day", []) { $0.advantage.exchange = .days("2026-05-14", "2026-06-01") },
        AdvantageCase("last day", []) { $0.advantage.exchange = .days("2026-05-01", "2026-05-14") },
        AdvantageCase("open", []) { $0.advantage.exchange = .always },
        AdvantageCase("too early", ["advantage.outsideExchangePeriod from=2026-05-15 until=2026-06-01"]) {
            $0.advantage.exchange = .days("2026-05-15", "2026-06-01")
        },
        AdvantageCase("too late", ["advantage.outsideExchangePeriod from=2026-05-01 until=2026-05-13"]) {
            $0.advantage.exchange = .days("2026-05-01", "2026-05-13")
        },
        AdvantageCase("not active", ["advantage.notActive"]) { $0.advantage.status = .inactive },
        AdvantageCase("deleted, whatever else", ["advantage.notFound /advantageId"]) {
            $0.advantage.status = .deleted
            $0.holder?.balance = 0
        },
    ])
    func `ADV-05 it is taken while it is active and in its exchange period`(row: AdvantageCase) {
        #expect(AdvantageRules.reasons(row.facts, at: AdvantageCase.instant).map(\.line) == row.expected)
    }

    @Test(arguments: [
        AdvantageCase("the last one", []) { $0.stock.unitsTaken = 9 },
        AdvantageCase("none left", ["advantage.soldOut"]) { $0.stock.unitsTaken = 10 },
        AdvantageCase("0 is none", ["advantage.soldOut"]) {
            $0.advantage.units = 0
            $0.stock.unitsTaken = 0
        },
        AdvantageCase("null is without end", []) {
            $0.advantage.units = nil
            $0.stock.unitsTaken = 1_000_000
        },
        AdvantageCase("no code left", ["advantage.codesUsedUp"]) {
            $0.advantage.hasCodes = true
            $0.stock.codesLeft = 0
        },
        AdvantageCase("it has no codes", []) { $0.stock.codesLeft = 0 },
        AdvantageCase(
            "everybody's limit",
            ["limit.reached limit=advantage volume=4 used=4 period=day freesAgainAt=2026-05-15T00:00:00+02:00"]
        ) { $0.stock.takenInPeriod = 4 },
    ])
    func `ADV-06 ADV-12 units, codes and what all may take in a period`(row: AdvantageCase) {
        #expect(AdvantageRules.reasons(row.facts, at: AdvantageCase.instant).map(\.line) == row.expected)
    }

    @Test(arguments: [
        AdvantageCase(
            "his limit",
            ["limit.reached limit=advantageHolder volume=2 used=2 period=month freesAgainAt=2026-06-01T00:00:00+02:00"]
        ) { $0.holder?.takenInPeriod = 2 },
        AdvantageCase("once", ["limit.reached limit=advantageHolder volume=1 used=1 period=absolute"]) {
            $0.advantage.holderLimit = PeriodLimit(volume: 1, per: .absolute)
        },
        AdvantageCase("too few points", ["points.insufficient missing=1"]) { $0.holder?.balance = 4 },
        AdvantageCase("owed points do not count", ["points.insufficient missing=2"]) {
            $0.holder?.balance = 5
            $0.holder?.pointsOwed = 2
        },
    ])
    func `ADV-07 ADV-08 what a holder may take and can pay`(row: AdvantageCase) {
        #expect(AdvantageRules.reasons(row.facts, at: AdvantageCase.instant).map(\.line) == row.expected)
    }

    @Test(arguments: [
        AdvantageCase("member elsewhere", ["advantage.otherCardSystem"]) {
            $0.holder?.memberships = [AdvantageCase.there: .wall("2026-02-01 10:00")]
        },
        AdvantageCase("for any member", []) {
            $0.holder?.memberships = [AdvantageCase.there: .wall("2026-02-01 10:00")]
            $0.advantage.cardSystems = nil
        },
        AdvantageCase("no active membership", ["membership.noneActive"]) { $0.holder?.memberships = [:] },
        AdvantageCase("blocked holder", ["passHolder.blocked"]) { $0.holder?.isBlocked = true },
        AdvantageCase("blocked card", ["card.blocked"]) { $0.card?.status = .blocked },
        AdvantageCase("card of nobody", ["card.notActive status=localStock"]) {
            $0.card?.status = .localStock
            $0.holder = nil
        },
        AdvantageCase("group pass", ["card.groupPass"]) {
            $0.card?.isGroupPass = true
            $0.holder = nil
        },
        AdvantageCase("logged in, without a card", []) {
            $0.card = nil
            $0.place = .online
            $0.advantage.isOnline = true
        },
    ])
    func `ADV-09 ADV-10 R-140 card, person and membership`(row: AdvantageCase) {
        #expect(AdvantageRules.reasons(row.facts, at: AdvantageCase.instant).map(\.line) == row.expected)
    }

    @Test func `an active card of nobody takes nothing`() {
        #expect(AdvantageCase("", []) { $0.holder = nil }.verdict == ["membership.noneActive"])
    }

    @Test(arguments: [
        AdvantageCase("resident", []) { $0.advantage.municipalities = [AdvantageCase.town] },
        AdvantageCase("other resident", ["advantage.residentsOnly"]) {
            $0.advantage.municipalities = [MunicipalityID(high: 3, low: 2)]
        },
        AdvantageCase("one of its counters", []) { $0.advantage.counters = [AdvantageCase.counter] },
        AdvantageCase("one of its counters, which acts elsewhere", []) {
            $0.advantage.counters = [AdvantageCase.counter]
            $0.place = .counter(AdvantageCase.counter, cardSystems: [AdvantageCase.there])
        },
        AdvantageCase("another counter", ["advantage.notAtCounter"]) {
            $0.advantage.counters = [CounterID(high: 1, low: 2)]
        },
        AdvantageCase("a counter of another card system", ["advantage.notAtCounter"]) {
            $0.place = .counter(AdvantageCase.counter, cardSystems: [AdvantageCase.there])
        },
        AdvantageCase("not online", ["advantage.notOnline"]) { $0.place = .online },
        AdvantageCase("online", []) {
            $0.place = .online
            $0.advantage.isOnline = true
            $0.advantage.counters = [CounterID(high: 1, low: 2)]
        },
    ])
    func `ADV-15 ADV-16 R-144 R-146 residents, counters, online`(row: AdvantageCase) {
        #expect(AdvantageRules.reasons(row.facts, at: AdvantageCase.instant).map(\.line) == row.expected)
    }

    @Test func `R-145 everything that is against it is told, in the order of the ranks`() {
        let row = AdvantageCase("", []) {
            $0.advantage.status = .inactive
            $0.advantage.exchange = .days("2026-05-01", "2026-05-13")
            $0.advantage.counters = [CounterID(high: 1, low: 2)]
            $0.advantage.municipalities = [MunicipalityID(high: 3, low: 2)]
            $0.stock.unitsTaken = 10
            $0.holder?.balance = 0
            $0.holder?.takenInPeriod = 2
            $0.holder?.memberships = [AdvantageCase.there: .wall("2026-02-01 10:00")]
            $0.card?.status = .blocked
        }
        #expect(
            row.verdict.map { String($0.prefix { $0 != " " }) } == [
                "advantage.notAtCounter", "card.blocked", "advantage.residentsOnly", "advantage.otherCardSystem",
                "advantage.notActive", "advantage.outsideExchangePeriod", "limit.reached", "advantage.soldOut",
                "points.insufficient",
            ])
    }

    @Test(arguments: [(0, true), (2, true), (3, false), (7, false)])
    func `R-150 what if he had more points`(extra: Int, isShort: Bool) {
        let facts = AdvantageCase("", []) { $0.holder?.balance = 2 }.facts
        let reasons = AdvantageRules.reasons(facts, at: AdvantageCase.instant, extraPoints: extra)
        #expect(reasons.isEmpty == !isShort)
    }
}
