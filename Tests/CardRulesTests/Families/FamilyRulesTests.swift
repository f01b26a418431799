import CardRules
import Testing

struct FamilyRulesTests {
    private static let today = CivilDate(year: 2026, month: 3, day: 1)!
    private static let adult = CivilDate(year: 1980, month: 1, day: 1)!
    private static let child = CivilDate(year: 2020, month: 1, day: 1)!

    private static func family(
        adults: Int, children: Int, members: Int = 10, maximum: Int = 2
    ) -> FamilyFacts {
        FamilyFacts(
            membersMaximum: members, adultsMaximum: maximum,
            birthDates: Array(repeating: adult, count: adults) + Array(repeating: child, count: children))
    }

    @Test(
        arguments: [
            // in it already: adults, children; caps: members, adults; who comes; what is against it
            (1, 0, 10, 2, adult, []), (2, 0, 10, 2, adult, ["adults"]), (2, 0, 10, 2, child, []),
            (1, 8, 10, 2, child, []), (1, 9, 10, 2, child, ["members"]), (2, 8, 10, 2, adult, ["members", "adults"]),
            (1, 0, 1, 1, child, ["members"]), (0, 1, 10, 1, adult, []), (1, 0, 10, 1, adult, ["adults"]),
            // 29 February 2008 comes of age on 1 March 2026, a day later is a child until tomorrow.
            (2, 0, 10, 2, CivilDate(year: 2008, month: 2, day: 29)!, ["adults"]),
            (2, 0, 10, 2, CivilDate(year: 2008, month: 3, day: 1)!, ["adults"]),
            (2, 0, 10, 2, CivilDate(year: 2008, month: 3, day: 2)!, []),
            // Three adults, one of whom grew up in it: no more adults, but children.
            (3, 0, 10, 2, adult, ["adults"]), (3, 0, 10, 2, child, []),
        ] as [(Int, Int, Int, Int, CivilDate, [String])])
    func `FAM-02 R-190 a family has its caps, the main member counted`(
        adults: Int, children: Int, members: Int, maximum: Int, birthDate: CivilDate, against: [String]
    ) {
        let reasons = FamilyRules.reasons(
            adding: birthDate, isMember: false,
            to: Self.family(adults: adults, children: children, members: members, maximum: maximum), on: Self.today)
        let lines = against.map {
            $0 == "adults"
                ? "family.tooManyAdults /cardNumber maximum=\(maximum)"
                : "family.tooManyMembers /cardNumber maximum=\(members)"
        }
        #expect(reasons.map(\.line) == lines)
    }

    @Test func `FAM-02 nobody is added twice, whatever the caps`() {
        let full = Self.family(adults: 2, children: 8)
        let reasons = FamilyRules.reasons(adding: Self.adult, isMember: true, to: full, on: Self.today)
        #expect(reasons.map(\.line) == ["family.alreadyMember /cardNumber"])
    }

    @Test func `FAM-01 R-198 the main member stays`() {
        let (main, other) = (PassHolderID(high: 3, low: 1), PassHolderID(high: 3, low: 2))
        #expect(
            FamilyRules.reasons(removing: main, fromFamilyOf: main).map(\.line) == ["family.mainMemberFixed /memberId"])
        #expect(FamilyRules.reasons(removing: other, fromFamilyOf: main) == [])
    }

    /// A clock that moves over birthdays: a plain count of who has had the eighteenth says the same.
    @Test(arguments: 0..<20)
    func `FAM-02 R-190 the caps hold over birthdays on a moving clock`(seed: Int) {
        var generator = SeededGenerator(seed: UInt64(seed))
        let caps = (members: Int.random(in: 2...6, using: &generator), adults: Int.random(in: 1...3, using: &generator))
        let main = CivilDate(dayNumber: Int.random(in: 5000...14_000, using: &generator))
        var today = CivilDate(year: 2026, month: 1, day: 1)!
        var births = [main]
        var outcomes: Set<[RefusalKind]> = []
        for step in 0..<200 {
            today = today.adding(days: Int.random(in: 0...40, using: &generator))
            // Half of them come of age within days of now.
            let age = Bool.random(using: &generator) ? Int.random(in: 6570...6580, using: &generator) : 2000
            let born = today.adding(days: -age)
            let family = FamilyFacts(membersMaximum: caps.members, adultsMaximum: caps.adults, birthDates: births)
            let kinds = FamilyRules.reasons(adding: born, isMember: false, to: family, on: today).map(\.kind)
            outcomes.insert(kinds)
            let adults = births.filter { Self.isOfAge($0, today) }.count
            var expected: [RefusalKind] = births.count >= caps.members ? [.familyTooManyMembers] : []
            if Self.isOfAge(born, today), adults >= caps.adults { expected.append(.familyTooManyAdults) }
            #expect(kinds == expected, "seed \(seed), step \(step), on \(today.text), born \(born.text)")
            if kinds.isEmpty { births.append(born) }
            if births.count > 1, Int.random(in: 0..<3, using: &generator) == 0 {
                births.remove(at: Int.random(in: 1..<births.count, using: &generator))
            }
        }
        #expect(outcomes.count > 1)
    }

    /// By the text of the dates: eighteen years later the same day has come.
    private static func isOfAge(_ born: CivilDate, _ today: CivilDate) -> Bool {
        let birthday = "\(born.year + 18)" + born.text.dropFirst(4)
        return today.text >= birthday
    }
}
