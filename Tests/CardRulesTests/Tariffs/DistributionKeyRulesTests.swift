import CardRules
import Testing

/// When the terms of a key hold, and which card systems an event takes.
struct DistributionKeyRulesTests {
    private static func instant(_ hour: Int) -> Instant { Instant(microseconds: 0) + .hours(hour) }

    private static func term(_ hour: Int) throws -> DistributionKeyTerm {
        DistributionKeyTerm(
            id: ID(high: 1, low: UInt64(hour)), key: ID(high: 2, low: 1), name: "k", validFrom: instant(hour),
            isAutomatic: false, discount: .percentPaid(20), conditions: PriceConditions(), maximumRegularPrice: nil,
            shares: try PayerShares([.init(.organizer, weight: 1)]))
    }

    @Test(arguments: [
        // terms | asked at | in force | coming
        "| 5 | - |", "6 | 5 | - | 6", "5 | 5 | 5 |", "9 1 5 | 4 | 1 | 5 9", "9 1 5 | 5 | 5 | 9", "9 1 5 | 10 | 9 |",
    ])
    func `R-133 the term that began last is in force, and those that follow are told in order`(row: String) throws {
        let hours = row.cells[0].split(separator: " ").compactMap { Int($0) }
        let terms = try hours.map(Self.term)
        let at = Self.instant(try #require(Int(row.cells[1])))
        func names(_ terms: [DistributionKeyTerm]) -> String {
            terms.map { String(($0.validFrom.microseconds) / 3_600_000_000) }.joined(separator: " ")
        }
        let current = DistributionKeyRules.term(of: terms, at: at)
        #expect((current.map { names([$0]) } ?? "-") == row.cells[2])
        #expect(names(DistributionKeyRules.coming(of: terms, after: at)) == (row.cells.count > 3 ? row.cells[3] : ""))
    }

    @Test(arguments: [
        // begins | now | there are | reasons
        "5 | 5 | - | ", "6 | 5 | 1 5 | ", "4 | 5 | - | termInPast", "5 | 5 | 5 | termTaken",
        "4 | 5 | 4 | termInPast termTaken",
    ])
    func `S4 a term begins now or later, and none with another`(row: String) throws {
        let hours = row.cells[2].split(separator: " ").compactMap { Int($0) }
        let reasons = DistributionKeyRules.reasons(
            againstTermFrom: Self.instant(try #require(Int(row.cells[0]))),
            now: Self.instant(try #require(Int(row.cells[1]))), existing: hours.map(Self.instant))
        #expect(reasons.map { $0.kind.rawValue.split(separator: ".")[1] }.joined(separator: " ") == row.cells[3])
    }

    private static let a = CardSystemID(high: 1, low: 1)
    private static let b = CardSystemID(high: 1, low: 2)
    private static let other = CardSystemID(high: 1, low: 3)
    private static let unknown = CardSystemID(high: 1, low: 4)
    private static let manual = DistributionKeyID(high: 2, low: 1)
    private static let automatic = DistributionKeyID(high: 2, low: 2)
    private static let nobodys = DistributionKeyID(high: 2, low: 3)

    @Test func `EVC-01 without a set an event takes all card systems of its organizer`() {
        let taken = EventCardSystemRules.cardSystems(of: [Self.b, Self.a], set: nil)
        #expect(taken == [EventCardSystem(Self.a), EventCardSystem(Self.b)])
    }

    @Test func `EVC-02 what a set does not name or disables is not taken, nor what is not the organizer's`() {
        let none = EventCardSystemRules.cardSystems(of: [Self.a, Self.b], set: [])
        #expect(none.map(\.isEnabled) == [false, false])
        let set = [EventCardSystem(Self.b, keys: [Self.manual]), EventCardSystem(Self.other)]
        let one = EventCardSystemRules.cardSystems(of: [Self.a, Self.b], set: set)
        #expect(one == [EventCardSystem(Self.a, isEnabled: false), EventCardSystem(Self.b, keys: [Self.manual])])
        let off = EventCardSystemRules.cardSystems(of: [Self.a], set: [EventCardSystem(Self.a, isEnabled: false)])
        #expect(off.map(\.isEnabled) == [false])
    }

    @Test func `EVC-03 EVC-04 everything that is against a set is named with its place`() {
        var facts = EventCardSystemFacts(
            known: [Self.a, Self.b, Self.other], ofOrganizer: [Self.a, Self.b],
            keys: [
                Self.manual: .init(of: Self.a, isAutomatic: false),
                Self.automatic: .init(of: Self.a, isAutomatic: true),
            ], hasTicketSales: false)
        func reasons(_ set: EventCardSystem...) -> [String] {
            EventCardSystemRules.reasons(against: set, facts).map { "\($0.kind.rawValue) \($0.pointer ?? "")" }
        }
        #expect(reasons(EventCardSystem(Self.a, keys: [Self.manual]), EventCardSystem(Self.b)) == [])
        #expect(
            reasons(EventCardSystem(Self.unknown), EventCardSystem(Self.other)) == [
                "cardSystem.notFound /cardSystems/0/cardSystemId",
                "cardSystem.notOfOrganizer /cardSystems/1/cardSystemId",
            ])
        #expect(
            reasons(EventCardSystem(Self.b, keys: [Self.manual]), EventCardSystem(Self.a, keys: [Self.automatic]))
                == [0, 1].map { "distributionKey.notApplicable /cardSystems/\($0)/distributionKeyIds/0" })
        #expect(
            reasons(EventCardSystem(Self.a, keys: [Self.manual, Self.nobodys]))
                == ["distributionKey.notFound /cardSystems/0/distributionKeyIds/1"])
        facts.hasTicketSales = true
        #expect(reasons() == ["event.hasTicketSales /eventId"])
    }

    @Test func `an event's base price, and the prices that it lists`() {
        let (event, name) = (EventFacts.sample("a", "permanent"), LocalizedText("x", in: .nl))
        let prices: [EventPrice] = [
            .init(category: .tariff, name: name, cents: 1500), .init(category: .base, name: name, cents: 2000),
            .init(category: .uitpas, name: name, cents: 400),
        ]
        let facts = EventTariffFacts(event: event, prices: prices, ticketLimit: nil, cardSystems: [])
        #expect(facts.basePrice == 2000)
        #expect([2000, 1500, 400, 1].map(facts.lists) == [true, true, false, false])
        #expect(EventTariffFacts(event: event, prices: [], ticketLimit: nil, cardSystems: []).basePrice == nil)
    }
}
