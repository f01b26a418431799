import CardRules
import Testing

struct GroupPassRulesTests {
    private static let today = CivilDate(year: 2026, month: 2, day: 28)!
    private static let here = CardSystemID(high: 1, low: 1)
    private static let counter = CounterID(high: 2, low: 1)

    @Test(arguments: [
        // end date, opportunity, left; expired, available
        ("-", true, 12, false, 12), ("2026-02-28", true, 12, false, 12), ("2026-02-27", true, 12, true, 0),
        ("2020-02-29", true, 12, true, 0), ("9999-12-31", true, 0, false, 0), ("-", false, 12, false, 0),
        ("2026-02-27", false, 12, true, 0),
    ])
    func `GRP-03 R-111 an expired pass buys nothing, one without end date never expires`(
        end: String, hasOpportunity: Bool, remaining: Int, isExpired: Bool, available: Int
    ) {
        let facts = GroupPassFacts(endDate: CivilDate(text: end), hasOpportunity: hasOpportunity, remaining: remaining)
        #expect(facts.status(on: Self.today) == (isExpired ? .expired : .active))
        #expect(facts.availableTickets(on: Self.today) == available)
    }

    @Test(arguments: [
        // new end date, the one before; fits
        ("-", "-", true), ("-", "2027-01-01", true), ("2026-02-28", "-", true), ("2026-02-27", "-", false),
        ("2026-02-28", "2026-02-28", false), ("2026-03-01", "2026-02-28", true), ("2026-06-30", "2026-07-01", false),
        ("2026-02-27", "2025-01-01", false),
    ])
    func `GRP-03 a pass is renewed to a later day`(new: String, old: String, fits: Bool) {
        let reasons = GroupPassRules.reasons(endDate: CivilDate(text: new), after: CivilDate(text: old), on: Self.today)
        #expect(reasons.map(\.line) == (fits ? [] : ["endDate.tooEarly /endDate"]))
    }

    @Test func `GRP-03 what is left of a year never falls below none`() {
        #expect(GroupPassRules.reasons(change: -5, toRemaining: 5) == [])
        #expect(
            GroupPassRules.reasons(change: -6, toRemaining: 5).map(\.line) == [
                "groupPass.allowanceTooSmall /change remaining=5"
            ])
    }

    @Test func `R-012 R-013 R-026 a group's card lies in the drawer and fits`() {
        let plain = CardNumber(prefix: "0900", serial: 1, opportunity: false)!
        let made = CardNumber(prefix: "0900", serial: 1, opportunity: true)!
        let stock = CardFacts(status: .localStock, cardSystem: Self.here, counter: Self.counter)
        func kinds(
            _ card: CardFacts?, _ number: CardNumber, _ hasOpportunity: Bool = true,
            at counter: CounterID? = Self.counter
        ) -> [RefusalKind] {
            GroupPassRules.reasons(
                handingOut: card, number, in: Self.here, hasOpportunity: hasOpportunity, at: counter
            ).map(\.kind)
        }
        #expect(kinds(stock, made) == [] && kinds(stock, plain, false) == [])
        #expect(kinds(stock, plain) == [.cardStatusMismatch] && kinds(stock, made, false) == [.cardStatusMismatch])
        #expect(kinds(nil, made) == [.cardNotFound])
        var other = stock
        other.status = .active
        #expect(kinds(other, made) == [.cardNotInStock])
        other = stock
        other.counter = CounterID(high: 2, low: 2)
        #expect(kinds(other, made) == [.cardNotAtCounter] && kinds(other, made, at: nil) == [])
        other.cardSystem = CardSystemID(high: 1, low: 2)
        #expect(kinds(other, plain) == [.cardNotAtCounter, .cardOtherCardSystem, .cardStatusMismatch])
    }
}
