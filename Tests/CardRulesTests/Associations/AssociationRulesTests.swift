import CardRules
import Testing

struct AssociationRulesTests {
    /// `2026-01-31`, or `nil` for a dash.
    private static func day(_ text: String) -> CivilDate? { CivilDate(text: text) }

    @Test(
        arguments: [
            // anchor, amount, unit, terms; end
            ("2026-01-15", 1, .years, 1, "2027-01-15"), ("2026-01-15", 1, .months, 1, "2026-02-15"),
            // The unit makes twelve times the difference.
            ("2000-03-31", 22, .years, 1, "2022-03-31"), ("2000-03-31", 22, .months, 1, "2002-01-31"),
            // Month ends clamp, and come back with the next term.
            ("2026-01-31", 1, .months, 1, "2026-02-28"), ("2026-01-31", 1, .months, 2, "2026-03-31"),
            ("2026-01-31", 1, .months, 3, "2026-04-30"), ("2024-01-31", 1, .months, 1, "2024-02-29"),
            ("2025-11-30", 3, .months, 1, "2026-02-28"), ("2025-11-30", 3, .months, 2, "2026-05-30"),
            ("2025-12-31", 6, .months, 1, "2026-06-30"), ("2025-12-31", 6, .months, 2, "2026-12-31"),
            // Leap days.
            ("2024-02-29", 1, .years, 1, "2025-02-28"), ("2024-02-29", 1, .years, 4, "2028-02-29"),
            ("2024-02-29", 12, .months, 1, "2025-02-28"), ("2096-02-29", 4, .years, 1, "2100-02-28"),
            ("2096-02-29", 4, .years, 2, "2104-02-29"),
        ] as [(String, Int, AssociationTerm.Unit, Int, String)])
    func `ASC-02 an end date is counted from its anchor`(
        anchor: String, amount: Int, unit: AssociationTerm.Unit, terms: Int, end: String
    ) {
        let length = AssociationTerm.Length(amount: amount, unit: unit)
        #expect(AssociationTerm.endDate(from: Self.day(anchor)!, length, terms: terms).text == end)
    }

    private static let custom = AssociationTerm.custom(defaultEndDate: day("2026-12-31"))
    private static let born = AssociationTerm.basedOnDateOfBirth(.init(amount: 22, unit: .years))
    private static let registered = AssociationTerm.basedOnRegistrationDate(.init(amount: 1, unit: .years))

    /// A membership written `anchor terms end`, or a dash for none.
    private static func membership(_ text: String) -> AssociationFacts.Membership? {
        let words = text.split(separator: " ").map(String.init)
        guard words.count == 3 else { return nil }
        return .init(anchor: day(words[0])!, terms: Int(words[1])!, endDate: day(words[2])!)
    }

    /// term, born, membership, today, asked end; anchor, terms and end then, or what is against it
    private static let cases: [(AssociationTerm, String, String, String, String, String)] = [
        (custom, "1990-01-01", "-", "2026-03-10", "2026-12-31", "2026-03-10 1 2026-12-31"),
        (custom, "1990-01-01", "-", "2026-03-10", "2026-03-10", "2026-03-10 1 2026-03-10"),
        (custom, "1990-01-01", "-", "2026-03-10", "2026-03-09", "endDate.tooEarly /endDate"),
        (
            custom, "1990-01-01", "2025-03-10 1 2026-04-30", "2026-03-10", "2026-04-30",
            "endDate.tooEarly /endDate"
        ),
        (
            custom, "1990-01-01", "2025-03-10 1 2026-04-30", "2026-03-10", "2027-04-30",
            "2025-03-10 2 2027-04-30"
        ),
        (
            custom, "1990-01-01", "2025-03-10 1 2026-04-30", "2026-01-29", "2027-04-30",
            "association.renewNotPossible /associationId renewableFrom=2026-01-30"
        ),
        (born, "2004-03-10", "-", "2026-03-10", "-", "2026-03-10 1 2026-03-10"),
        (born, "2004-03-10", "-", "2026-03-11", "-", "association.tooOld /passHolderId"),
        (
            born, "2004-03-10", "2020-01-01 1 2026-03-10", "2026-03-10", "-",
            "association.renewNotPossible /associationId"
        ),
        (born, "2004-03-10", "2020-01-01 1 2026-03-10", "2026-03-11", "-", "association.tooOld /passHolderId"),
        (born, "2004-02-29", "-", "2026-02-28", "-", "2026-02-28 1 2026-02-28"),
        (registered, "1990-01-01", "-", "2024-02-29", "-", "2024-02-29 1 2025-02-28"),
        (registered, "1990-01-01", "2024-02-29 3 2027-02-28", "2027-01-01", "-", "2024-02-29 4 2028-02-29"),
        (registered, "1990-01-01", "2024-02-29 3 2027-02-28", "2027-03-01", "-", "2027-03-01 1 2028-03-01"),
        (
            registered, "1990-01-01", "2015-01-01 1 2015-12-31", "2015-09-29", "-",
            "association.renewNotPossible /associationId renewableFrom=2015-09-30"
        ),
        (registered, "1990-01-01", "2015-01-01 1 2015-12-31", "2015-09-30", "-", "2015-01-01 2 2017-01-01"),
    ]

    @Test(arguments: cases)
    func `ASC-02 ASC-03 R-161 R-162 R-163 joining and renewing`(
        term: AssociationTerm, born: String, membership: String, today: String, asked: String, outcome: String
    ) {
        let facts = AssociationFacts(
            term: term, renewableMonthsBefore: 3, birthDate: Self.day(born)!,
            membership: Self.membership(membership))
        let text: String
        switch AssociationRules.decide(facts, endDate: Self.day(asked), on: Self.day(today)!) {
        case .success(let made): text = "\(made.anchor.text) \(made.terms) \(made.endDate.text)"
        case .failure(let refusal): text = refusal.reasons.map(\.line).joined(separator: ", ")
        }
        #expect(text == outcome)
        let isOpen = AssociationRules.isOpen(facts, on: Self.day(today)!)
        #expect(isOpen == (text.first?.isNumber == true || text.hasPrefix("endDate")))
    }

    @Test(
        arguments: [
            ("-", "2026-03-10", .none, false), ("2025-03-10 1 2026-03-10", "2026-03-10", .active, true),
            ("2025-03-10 1 2026-03-10", "2026-03-11", .expired, false),
            ("2025-03-10 1 2026-03-10", "2026-02-10", .active, false),
            ("2025-03-10 1 2026-03-10", "2026-02-11", .active, true),
            ("2025-03-31 1 2026-03-31", "2026-02-28", .active, false),
            ("2025-03-31 1 2026-03-31", "2026-03-01", .active, true),
        ] as [(String, String, AssociationStatus, Bool)])
    func `R-164 a membership with less than a month left is warned of`(
        membership: String, today: String, status: AssociationStatus, endsSoon: Bool
    ) {
        let made = Self.membership(membership)
        #expect(AssociationRules.status(made, on: Self.day(today)!) == status)
        #expect(AssociationRules.endsSoon(made, on: Self.day(today)!) == endsSoon)
    }

    @Test(
        arguments: [
            (custom, "-", "2026-03-10", "2026-12-31"), (custom, "-", "2027-03-10", "-"),
            (custom, "2025-01-01 1 2026-04-30", "2026-03-10", "2026-12-31"),
            (custom, "2025-01-01 1 2026-12-31", "2026-11-10", "-"),
            (.custom(defaultEndDate: nil), "-", "2026-03-10", "-"),
            (born, "-", "2026-03-10", "2026-07-01"), (born, "-", "2026-08-01", "-"),
            (registered, "-", "2026-03-31", "2027-03-31"), (registered, "2025-03-31 1 2026-03-31", "2025-04-01", "-"),
        ] as [(AssociationTerm, String, String, String)])
    func `ASC-02 what is offered is what joining would give`(
        term: AssociationTerm, membership: String, today: String, offer: String
    ) {
        let facts = AssociationFacts(
            term: term, renewableMonthsBefore: 3, birthDate: Self.day("2004-07-01")!,
            membership: Self.membership(membership))
        #expect(AssociationRules.offer(facts, on: Self.day(today)!) == Self.day(offer))
    }
}
