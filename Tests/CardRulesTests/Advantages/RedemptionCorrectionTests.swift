import Testing

@testable import CardRules

struct RedemptionCorrectionTests {
    @Test func `ADV-13 R-149 points come back, once`() throws {
        let back = try RedemptionCancellation.decide(points: 5, balance: 2, isCancelled: false).get()
        #expect(back.newBalance == 7)
        #expect(back.flows == [PointsFlow(debit: .spent, credit: .holder, points: 5)])
        #expect(try RedemptionCancellation.decide(points: 0, balance: 2, isCancelled: false).get().flows == [])
        #expect(throws: Refusal(.redemptionAlreadyCancelled)) {
            try RedemptionCancellation.decide(points: 5, balance: 2, isCancelled: true).get()
        }
    }

    @Test func `PER-06 what is restored is checked anew, but for its code`() throws {
        var facts = AdvantageCase("a restored one", []) { $0.advantage.hasCodes = true }.facts
        facts.stock.codesLeft = 0
        let again = try AdvantageRules.restore(facts, takenAt: AdvantageCase.instant, isCancelled: true).get()
        #expect(!again.takesCode && again.points == facts.advantage.points)
        facts.advantage.units = 0
        #expect(throws: Refusal(.advantageSoldOut)) {
            try AdvantageRules.restore(facts, takenAt: AdvantageCase.instant, isCancelled: true).get()
        }
        #expect(throws: Refusal(.redemptionNotCancelled)) {
            try AdvantageRules.restore(facts, takenAt: AdvantageCase.instant, isCancelled: false).get()
        }
    }
}
