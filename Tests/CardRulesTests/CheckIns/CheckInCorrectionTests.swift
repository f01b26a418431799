import CardRules
import Testing

struct CheckInCorrectionTests {
    static let all = CheckInCorrectionFacts(
        points: 3, paidOwed: 0, isCancelled: false, balance: 4, pointsOwed: 0, mayForce: true)

    static func facts(_ change: (inout CheckInCorrectionFacts) -> Void) -> CheckInCorrectionFacts {
        var facts = all
        change(&facts)
        return facts
    }

    @Test(arguments: [
        (all, "takes 3, adds 0, has 1, owes 0, shows 1"),
        (facts { $0.balance = 3 }, "takes 3, adds 0, has 0, owes 0, shows 0"),
        (facts { $0.mayForce = false }, "takes 3, adds 0, has 1, owes 0, shows 1"),
        (facts { $0.points = 0 }, "takes 0, adds 0, has 4, owes 0, shows 4"),
        (facts { ($0.paidOwed, $0.balance) = (2, 1) }, "takes 1, adds 2, has 0, owes 2, shows -2"),
        (facts { ($0.paidOwed, $0.balance, $0.pointsOwed) = (3, 0, 1) }, "takes 0, adds 3, has 0, owes 4, shows -4"),
    ])
    func `CHK-09 R-097 a cancelled check-in takes its points back, and what it had paid is owed again`(
        facts: CheckInCorrectionFacts, expected: String
    ) throws {
        let decision = try CheckInCorrection.cancel(facts, forcedBecause: nil).get()
        #expect(decision.line == expected)
    }

    @Test(
        arguments: [
            (facts { $0.balance = 1 }, nil, ["points.alreadySpent missing=2"]),
            (facts { ($0.balance, $0.mayForce) = (1, false) }, nil, ["points.alreadySpent missing=2"]),
            (
                facts { ($0.balance, $0.mayForce) = (1, false) }, "mistake",
                ["permission.notHeld /force", "points.alreadySpent missing=2"]
            ),
            (facts { $0.mayForce = false }, "mistake", ["permission.notHeld /force"]),
            (facts { $0.isCancelled = true }, nil, ["checkIn.alreadyCancelled"]),
            (
                facts { ($0.isCancelled, $0.balance) = (true, 0) }, nil,
                ["checkIn.alreadyCancelled", "points.alreadySpent missing=3"]
            ),
            (facts { $0.isCancelled = true }, "mistake", ["checkIn.alreadyCancelled"]),
        ] as [(CheckInCorrectionFacts, String?, [String])])
    func `CHK-09 points that are spent are not taken back, unless an administrator forces it with a reason`(
        facts: CheckInCorrectionFacts, reason: String?, lines: [String]
    ) {
        guard case .failure(let refusal) = CheckInCorrection.cancel(facts, forcedBecause: reason) else {
            Issue.record("allowed")
            return
        }
        #expect(refusal.reasons.map(\.line) == lines)
    }

    @Test(arguments: [
        (facts { $0.balance = 1 }, "takes 1, adds 2, has 0, owes 2, shows -2"),
        (facts { ($0.balance, $0.pointsOwed) = (0, 1) }, "takes 0, adds 3, has 0, owes 4, shows -4"),
        (facts { ($0.paidOwed, $0.balance) = (1, 0) }, "takes 0, adds 3, has 0, owes 3, shows -3"),
        (all, "takes 3, adds 0, has 1, owes 0, shows 1"),
    ])
    func `CHK-09 what is missing of a forced cancellation is owed`(
        facts: CheckInCorrectionFacts, expected: String
    ) throws {
        #expect(try CheckInCorrection.cancel(facts, forcedBecause: "mistake").get().line == expected)
    }

    @Test(arguments: [
        // facts, points now
        (all, 1, "takes 2, adds 0, has 2, owes 0, shows 2"), (all, 0, "takes 3, adds 0, has 1, owes 0, shows 1"),
        (all, 5, "gives 2, has 6, owes 0, shows 6"),
        (facts { $0.pointsOwed = 1 }, 5, "pays 1, gives 1, has 5, owes 0, shows 5"),
        (facts { $0.pointsOwed = 9 }, 5, "pays 2, has 4, owes 7, shows -3"),
        // What was saved goes first, then what had paid a debt.
        (facts { ($0.paidOwed, $0.balance) = (2, 1) }, 2, "takes 1, adds 0, has 0, owes 0, shows 0"),
        (facts { ($0.paidOwed, $0.balance) = (2, 1) }, 1, "takes 1, adds 1, has 0, owes 1, shows -1"),
    ])
    func `S11 a check-in that is given other points gives or takes the difference`(
        facts: CheckInCorrectionFacts, points: Int, expected: String
    ) throws {
        #expect(try CheckInCorrection.correct(facts, to: points, forcedBecause: nil).get().line == expected)
    }

    @Test(
        arguments: [
            (all, 3, nil, ["checkIn.pointsUnchanged /points"]),
            (facts { $0.isCancelled = true }, 5, nil, ["checkIn.alreadyCancelled"]),
            (facts { $0.isCancelled = true }, 3, nil, ["checkIn.alreadyCancelled", "checkIn.pointsUnchanged /points"]),
            (facts { $0.balance = 1 }, 1, nil, ["points.alreadySpent missing=1"]),
            (
                facts { ($0.isCancelled, $0.balance) = (true, 0) }, 2, nil,
                ["checkIn.alreadyCancelled", "points.alreadySpent missing=1"]
            ),
        ] as [(CheckInCorrectionFacts, Int, String?, [String])])
    func `S11 other points name everything that is against them`(
        facts: CheckInCorrectionFacts, points: Int, reason: String?, lines: [String]
    ) {
        let result = CheckInCorrection.correct(facts, to: points, forcedBecause: reason)
        guard case .failure(let refusal) = result else {
            Issue.record("allowed")
            return
        }
        #expect(refusal.reasons.map(\.line) == lines)
    }

    @Test func `S11 a cancellation that is taken back gives the points again, if the place is free`() throws {
        let cancelled = Self.facts { $0.isCancelled = true }
        let two = PeriodLimit(volume: 2, per: .day)!
        #expect(
            try CheckInCorrection.restore(cancelled, limit: two, used: 1).get().line
                == "gives 3, has 7, owes 0, shows 7")
        let owing = Self.facts { ($0.isCancelled, $0.pointsOwed) = (true, 2) }
        #expect(
            try CheckInCorrection.restore(owing, limit: nil, used: 9).get().line
                == "pays 2, gives 1, has 5, owes 0, shows 5")
        #expect(
            CheckInCorrection.restore(cancelled, limit: two, used: 2).reasons.map(\.kind) == [.limitReached])
        #expect(
            CheckInCorrection.restore(Self.all, limit: two, used: 2).reasons.map(\.kind) == [.checkInNotCancelled])
    }
}

extension Result where Failure == Refusal {
    fileprivate var reasons: [Reason] { if case .failure(let refusal) = self { refusal.reasons } else { [] } }
}

extension CheckInCorrection {
    /// `adds` is all that is owed anew.
    fileprivate var line: String {
        func sum(_ debit: PointsAccount, _ credit: PointsAccount) -> Int {
            (flows + missing).filter { $0.debit == debit && $0.credit == credit }.reduce(0) { $0 + $1.points }
        }
        let (paid, given) = (sum(.issued, .owed), sum(.issued, .holder))
        let back = "takes \(sum(.holder, .issued)), adds \(sum(.owed, .issued)), "
        return (paid > 0 ? "pays \(paid), " : "") + (given > 0 ? "gives \(given), " : paid > 0 ? "" : back)
            + "has \(newBalance), owes \(newOwed), shows \(shownBalance)"
    }
}
