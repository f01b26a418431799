import CardRules
import Testing

/// A row of a table: what differs from a check-in that is all right, and what comes of it.
struct CheckInCase: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let expected: [String]
    let change: @Sendable (inout CheckInFacts) -> Void

    init(_ description: String, _ expected: [String], _ change: @escaping @Sendable (inout CheckInFacts) -> Void) {
        (testDescription, self.expected, self.change) = (description, expected, change)
    }

    /// A Thursday.
    static let instant = Instant.wall("2026-05-14 20:00")

    /// The reasons, or what the check-in leaves behind.
    func verdict() -> [String] {
        var facts = CheckInFacts(
            cardStatus: .active, isGroupPass: false,
            holder: .init(
                isBlocked: false, hasActiveMembership: true, usedInPeriod: 0, nextSlot: 0, balance: 4, pointsOwed: 0),
            limit: PeriodLimit(volume: 1, per: .day), eventPoints: 1, eventReasons: [])
        change(&facts)
        switch CheckInRules.decide(facts, at: Self.instant) {
        case .failure(let refusal): return refusal.reasons.map(\.line)
        case .success(let decision):
            let place = decision.periodStart.map { " \($0.text) \(decision.slot ?? -1)" } ?? ""
            return [
                "+\(decision.points) pays \(decision.paidOwed), has \(decision.newBalance), owes \(decision.newOwed)"
                    + ", shows \(decision.shownBalance)" + place
            ]
        }
    }
}

struct CheckInRulesTests {
    @Test(arguments: [
        CheckInCase("one point", ["+1 pays 0, has 5, owes 0, shows 5 2026-05-14 0"]) { _ in },
        CheckInCase("three points", ["+3 pays 0, has 7, owes 0, shows 7 2026-05-14 0"]) { $0.eventPoints = 3 },
        CheckInCase("no points", ["+0 pays 0, has 4, owes 0, shows 4 2026-05-14 0"]) { $0.eventPoints = 0 },
        CheckInCase("no limit", ["+1 pays 0, has 5, owes 0, shows 5"]) { $0.limit = nil },
        CheckInCase("second of two a week", ["+1 pays 0, has 5, owes 0, shows 5 2026-05-11 1"]) {
            $0.limit = PeriodLimit(volume: 2, per: .week)
            $0.holder?.usedInPeriod = 1
            $0.holder?.nextSlot = 1
        },
        CheckInCase("again after a cancelled one", ["+1 pays 0, has 5, owes 0, shows 5 2026-05-14 1"]) {
            $0.holder?.nextSlot = 1
        },
    ])
    func `CHK-02 R-090 a check-in gives the event's points and takes a place in its period`(row: CheckInCase) {
        #expect(row.verdict() == row.expected)
    }

    @Test(arguments: [
        CheckInCase("blocked card", ["card.blocked"]) { $0.cardStatus = .blocked },
        CheckInCase("card of nobody", ["card.notActive status=localStock"]) {
            $0.cardStatus = .localStock
            $0.holder = nil
        },
        CheckInCase("deleted card", ["card.notActive status=deleted"]) {
            $0.cardStatus = .deleted
            $0.holder = nil
        },
        CheckInCase("blocked holder", ["passHolder.blocked"]) { $0.holder?.isBlocked = true },
        CheckInCase("no active membership", ["membership.noneActive"]) { $0.holder?.hasActiveMembership = false },
        CheckInCase("active card of nobody", ["membership.noneActive"]) { $0.holder = nil },
    ])
    func `CHK-05 MEM-10 MEM-11 R-096 card, holder and membership must be active`(row: CheckInCase) {
        #expect(row.verdict() == row.expected)
    }

    @Test(arguments: [
        CheckInCase("active", ["card.groupPass"]) {
            $0.isGroupPass = true
            $0.holder = nil
        },
        CheckInCase("blocked", ["card.blocked", "card.groupPass"]) {
            $0.isGroupPass = true
            $0.cardStatus = .blocked
            $0.holder = nil
        },
    ])
    func `CHK-04 R-093 a group pass cannot check in`(row: CheckInCase) {
        #expect(row.verdict() == row.expected)
    }

    @Test(arguments: [
        CheckInCase(
            "day",
            ["limit.reached limit=event volume=1 used=1 period=day freesAgainAt=2026-05-15T00:00:00+02:00"]
        ) { $0.holder?.usedInPeriod = 1 },
        CheckInCase(
            "week",
            ["limit.reached limit=event volume=2 used=3 period=week freesAgainAt=2026-05-18T00:00:00+02:00"]
        ) {
            $0.limit = PeriodLimit(volume: 2, per: .week)
            $0.holder?.usedInPeriod = 3
        },
        CheckInCase("ever", ["limit.reached limit=event volume=1 used=1 period=absolute"]) {
            $0.limit = PeriodLimit(volume: 1, per: .absolute)
            $0.holder?.usedInPeriod = 1
        },
        CheckInCase("none", ["+1 pays 0, has 5, owes 0, shows 5"]) {
            $0.limit = nil
            $0.holder?.usedInPeriod = 9
        },
    ])
    func `CHK-03 R-091 a limit that is reached says when it frees again`(row: CheckInCase) {
        #expect(row.verdict() == row.expected)
    }

    @Test func `CHK-01 GEN-01 all that is against a check-in is said at once, in the order of its ranks`() {
        let row = CheckInCase("everything", []) {
            $0.eventReasons = [Reason(.checkInOutsideOpening), Reason(.eventNotPublished)]
            $0.cardStatus = .blocked
            $0.holder = .init(
                isBlocked: true, hasActiveMembership: false, usedInPeriod: 1, nextSlot: 1, balance: 0, pointsOwed: 0)
        }
        #expect(
            row.verdict().map { $0.split(separator: " ")[0] } == [
                "card.blocked", "passHolder.blocked", "membership.noneActive", "event.notPublished",
                "checkIn.outsideOpening", "limit.reached",
            ])
    }

    @Test(arguments: [
        CheckInCase("in part", ["+3 pays 3, has 0, owes 2, shows -2 2026-05-14 0"]) {
            $0.eventPoints = 3
            $0.holder?.balance = 0
            $0.holder?.pointsOwed = 5
        },
        CheckInCase("in full", ["+3 pays 2, has 1, owes 0, shows 1 2026-05-14 0"]) {
            $0.eventPoints = 3
            $0.holder?.balance = 0
            $0.holder?.pointsOwed = 2
        },
    ])
    func `CHK-02 a check-in first pays what is owed`(row: CheckInCase) {
        #expect(row.verdict() == row.expected)
    }
}
