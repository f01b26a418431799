import CardRules
import Testing

struct CardLifeTests {
    /// Each step, the statuses it needs, the status it gives, and the kind that refuses it in any other.
    static let steps: [(CardStep, Set<CardStatus>, CardStatus, RefusalKind)] = [
        (.order, [], .provisioned, .cardWrongStatus), (.add, [], .stock, .cardWrongStatus),
        (.make, [], .active, .cardWrongStatus),
        (.deliver, [.provisioned], .stock, .cardWrongStatus), (.handOver, [.stock], .sent, .cardWrongStatus),
        (.receive, [.sent], .localStock, .cardWrongStatus),
        (.takeBack, [.sent, .localStock], .stock, .cardWrongStatus), (.passOn, [.localStock], .sent, .cardWrongStatus),
        (.activate, [.localStock], .active, .cardNotInStock), (.block, [.active], .blocked, .cardNotActive),
        (.unblock, [.blocked], .active, .cardNotBlocked),
        (.delete, [.blocked, .stock, .localStock], .deleted, .cardWrongStatus),
    ]

    @Test(arguments: steps)
    func `REG-02 R-012 R-015 a step is taken from its own statuses only`(
        step: CardStep, from: Set<CardStatus>, to: CardStatus, kind: RefusalKind
    ) {
        #expect(step.from == from && step.to == to)
        for status in CardStatus.allCases {
            let card = CardFacts(status: status, cardSystem: Sample.cardSystem, counter: Sample.counter)
            let reasons = card.reasons(against: step, at: Sample.counter, pointer: "/cardNumber")
            if from.contains(status) {
                #expect(reasons == [], "\(status)")
            } else if step == .block, status == .blocked {
                #expect(reasons.map(\.line) == ["card.blocked /cardNumber"])
            } else {
                #expect(reasons.map(\.line) == ["\(kind.rawValue) /cardNumber status=\(status.rawValue)"])
            }
        }
    }

    @Test func `Every step is in the table`() { #expect(Self.steps.map(\.0) == CardStep.allCases) }

    @Test(arguments: CardStep.allCases)
    func `R-013 what lies in a drawer is moved and handed out by its counter`(step: CardStep) {
        for status in step.from {
            var card = CardFacts(status: status, cardSystem: Sample.cardSystem, counter: Sample.otherCounter)
            let isInDrawer = status == .sent || status == .localStock
            let expected = isInDrawer ? [Reason(.cardNotAtCounter, at: "/number")] : []
            if status != .stock || step != .delete {
                #expect(card.reasons(against: step, at: Sample.counter, pointer: "/number") == expected)
            }
            #expect(card.reasons(against: step, at: nil, pointer: "/number") == [])
            card.counter = Sample.counter
            #expect(card.reasons(against: step, at: Sample.counter, pointer: "/number") == [])
        }
    }

    @Test func `a counter is not done with what lies in stock`() {
        let card = CardFacts(status: .stock, cardSystem: Sample.cardSystem, counter: nil)
        let reasons = card.reasons(against: .delete, at: Sample.counter, pointer: "/number")
        #expect(reasons == [Reason(.cardNotAtCounter, at: "/number")])
    }

    @Test(arguments: CardStep.allCases)
    func `R-016 a card that was replaced is not unblocked`(step: CardStep) {
        for status in step.from {
            let card = CardFacts(
                status: status, cardSystem: Sample.cardSystem, counter: Sample.counter, isReplaced: true)
            let expected = step == .unblock ? [Reason(.cardReplaced, at: "/number")] : []
            #expect(card.reasons(against: step, at: Sample.counter, pointer: "/number") == expected)
        }
    }

    @Test(
        arguments: [
            (CardStatus.active, nil), (.blocked, "card.blocked"), (.provisioned, "card.notActive status=provisioned"),
            (.stock, "card.notActive status=stock"), (.sent, "card.notActive status=sent"),
            (.localStock, "card.notActive status=localStock"), (.deleted, "card.notActive status=deleted"),
        ] as [(CardStatus, String?)])
    func `NUM-04 CHK-05 MEM-10 a card that is not active can do nothing, and says what it is`(
        status: CardStatus, line: String?
    ) {
        #expect(status.reasonAgainstUse?.line == line)
    }
}
