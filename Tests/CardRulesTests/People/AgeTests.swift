import CardRules
import Testing

struct AgeTests {
    @Test(arguments: [
        ("2010-05-14", "2026-05-13", 15), ("2010-05-14", "2026-05-14", 16), ("2010-05-14", "2026-05-15", 16),
        ("2010-05-14", "2027-05-13", 16), ("2010-12-31", "2026-12-30", 15), ("2010-01-01", "2025-12-31", 15),
        // Four leap days lie between: 16 times 365 days would be too early.
        ("2008-03-01", "2024-02-26", 15), ("2008-02-29", "2026-02-28", 17), ("2008-02-29", "2026-03-01", 18),
        ("2008-02-29", "2024-02-29", 16), ("2026-05-14", "2026-05-14", 0), ("2026-05-15", "2026-05-14", -1),
    ])
    func `R-035 a year is added on the birthday`(born: String, on: String, years: Int) throws {
        let birthDate = try #require(CivilDate(text: born))
        #expect(Age.years(born: birthDate, on: try #require(CivilDate(text: on))) == years)
    }
}
