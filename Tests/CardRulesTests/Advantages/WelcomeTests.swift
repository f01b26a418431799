import CardRules
import Testing

struct WelcomeTests {
    static func welcome(_ change: (inout AdvantageTerms) -> Void = { _ in }) -> AdvantageTerms {
        var terms = AdvantageTerms(
            type: .welcome, enteredAt: .wall("2026-01-10 09:00"), joinedOn: CivilDate(text: "2026-02-01"),
            granting: .days("2026-01-01", "2026-03-31"), points: 0,
            holderLimit: PeriodLimit(volume: 1, per: .absolute), cardSystems: [AdvantageCase.here])
        change(&terms)
        return terms
    }

    @Test(arguments: [
        ("2026-02-01 00:00", true), ("2026-01-31 23:59", false), ("2026-03-31 23:59", true),
        ("2026-04-01 00:00", false),
    ])
    func `ADV-14 R-143 members since the municipality joined, in the granting period`(since: String, granted: Bool) {
        #expect(Self.welcome().isGranted(toMemberOf: AdvantageCase.here, since: .wall(since)) == granted)
    }

    @Test(arguments: [("2026-01-10 08:59", false), ("2026-01-10 09:00", true), ("2026-01-11 09:00", true)])
    func `ADV-14 S14 nobody is welcomed who was a member before it was entered`(since: String, granted: Bool) {
        let terms = Self.welcome { $0.joinedOn = nil }
        #expect(terms.isGranted(toMemberOf: AdvantageCase.here, since: .wall(since)) == granted)
        #expect(!terms.isGranted(toMemberOf: AdvantageCase.there, since: .wall(since)))
    }

    @Test(arguments: [
        AdvantageCase("due", ["has 12, 0001-01-01, 0, -"]) { _ in },
        AdvantageCase("taken", ["advantage.alreadyTaken"]) { $0.holder?.takenInPeriod = 1 },
        AdvantageCase("member too early", ["advantage.notGranted"]) {
            $0.holder?.memberships = [AdvantageCase.here: .wall("2026-01-05 10:00")]
        },
        AdvantageCase("member in time elsewhere", ["advantage.otherCardSystem"]) {
            $0.holder?.memberships = [AdvantageCase.there: .wall("2026-02-01 10:00")]
        },
        AdvantageCase("one of two memberships in time", ["has 12, 0001-01-01, 0, -"]) {
            $0.advantage.cardSystems = nil
            $0.holder?.memberships = [
                AdvantageCase.there: .wall("2025-02-01 10:00"), AdvantageCase.here: .wall("2026-02-05 10:00"),
            ]
        },
    ])
    func `ADV-14 R-142 a welcome is taken once, for nothing, by whom it was granted to`(row: AdvantageCase) {
        let due = AdvantageCase(row.testDescription, row.expected) {
            $0.advantage = Self.welcome()
            $0.holder?.takenInPeriod = 0
            $0.holder?.nextSlot = 0
            row.change(&$0)
        }
        #expect(due.verdict == row.expected)
    }
}

struct AdvantageChangeTests {
    @Test(arguments: [
        (
            true,
            [
                "advantage.frozen /points", "advantage.frozen /exchangePeriod/from",
                "advantage.frozen /grantingPeriod/from",
            ]
        ),
        (false, []),
    ])
    func `ADV-04 R-147 after the first use its points and first days are frozen`(isUsed: Bool, expected: [String]) {
        let new = WelcomeTests.welcome {
            $0.points = 1
            $0.exchange = .days("2026-02-01", "2026-05-01")
            $0.granting = .days("2026-01-02", "2026-03-31")
        }
        let change = AdvantageChange(old: WelcomeTests.welcome(), new: new, unitsTaken: 0, isUsed: isUsed)
        #expect(change.reasons.map(\.line) == expected)
    }

    @Test func `ADV-04 the rest may change`() {
        let new = WelcomeTests.welcome {
            $0.exchange = DayPeriod(from: nil, until: CivilDate(text: "2026-05-01"))!
            $0.granting = .days("2026-01-01", "2026-02-28")
            $0.units = 3
            $0.status = .inactive
            $0.cardSystems = nil
        }
        #expect(AdvantageChange(old: WelcomeTests.welcome(), new: new, unitsTaken: 3, isUsed: true).reasons == [])
    }

    @Test(arguments: [(3, []), (2, ["advantage.unitsBelowTaken /units taken=3"]), (nil, [])])
    func `ADV-06 there are never fewer units than were taken`(units: Int?, expected: [String]) {
        let change = AdvantageChange(
            old: WelcomeTests.welcome(), new: WelcomeTests.welcome { $0.units = units }, unitsTaken: 3, isUsed: true)
        #expect(change.reasons.map(\.line) == expected)
    }

    @Test func `ADV-14 S14 S16 what may not be meant so is told`() {
        let terms = WelcomeTests.welcome { $0.joinedOn = CivilDate(text: "2026-01-09") }
        #expect(
            AdvantageWarning.warnings(of: terms, codesLeft: 0)
                == [.grantingBeginsInPast, .municipalityJoinedBefore])
        let exchange = AdvantageCase("", []) {
            $0.advantage.exchange = .days("2025-12-31", "2026-06-01")
            $0.advantage.hasCodes = true
            $0.advantage.codeWarningBelow = 3
        }.facts.advantage
        #expect(
            AdvantageWarning.warnings(of: exchange, codesLeft: 2) == [.exchangeBeginsInPast, .fewCodesLeft])
        #expect(AdvantageWarning.warnings(of: exchange, codesLeft: 3) == [.exchangeBeginsInPast])
    }
}
