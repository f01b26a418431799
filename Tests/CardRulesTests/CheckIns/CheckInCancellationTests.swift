import CardRules
import Testing

struct CheckInCancellationTests {
    static let all = CheckInCancellationFacts(
        points: 3, paidOwed: 0, isCancelled: false, balance: 4, pointsOwed: 0, mayForce: true)

    static func facts(_ change: (inout CheckInCancellationFacts) -> Void) -> CheckInCancellationFacts {
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
        facts: CheckInCancellationFacts, expected: String
    ) throws {
        let decision = try CheckInCancellation.decide(facts, forcedBecause: nil).get()
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
        ] as [(CheckInCancellationFacts, String?, [String])])
    func `CHK-09 points that are spent are not taken back, unless an administrator forces it with a reason`(
        facts: CheckInCancellationFacts, reason: String?, lines: [String]
    ) {
        guard case .failure(let refusal) = CheckInCancellation.decide(facts, forcedBecause: reason) else {
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
        facts: CheckInCancellationFacts, expected: String
    ) throws {
        #expect(try CheckInCancellation.decide(facts, forcedBecause: "mistake").get().line == expected)
    }
}

extension CheckInCancellation {
    fileprivate var line: String {
        "takes \(takenBack), adds \(addedToOwed), has \(newBalance), owes \(newOwed), shows \(shownBalance)"
    }
}
