import CardRules
import Testing

struct CardLifeTests {
    /// Each step, the status it needs, the status it gives, and the kind that refuses it in any other.
    static let steps: [(CardStep, CardStatus, CardStatus, RefusalKind)] = [
        (.deliver, .provisioned, .stock, .cardWrongStatus), (.handOver, .stock, .sent, .cardWrongStatus),
        (.receive, .sent, .localStock, .cardWrongStatus), (.activate, .localStock, .active, .cardNotInStock),
        (.block, .active, .blocked, .cardNotActive), (.unblock, .blocked, .active, .cardNotBlocked),
        (.delete, .blocked, .deleted, .cardNotBlocked),
    ]

    @Test(arguments: steps)
    func `REG-02 R-012 R-015 a step is taken from its one status only`(
        step: CardStep, from: CardStatus, to: CardStatus, kind: RefusalKind
    ) {
        #expect(step.transition == (from, to))
        for status in CardStatus.allCases {
            let card = CardFacts(status: status, cardSystem: Sample.cardSystem, counter: Sample.counter)
            let reasons = card.reasons(against: step, at: Sample.counter, pointer: "/cardNumber")
            if status == from {
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
    func `R-013 a card is received and handed out by the counter that it was handed over to`(step: CardStep) {
        var card = CardFacts(status: step.transition.from, cardSystem: Sample.cardSystem, counter: Sample.otherCounter)
        let isAtCounter = step == .receive || step == .activate
        let expected = isAtCounter ? [Reason(.cardNotAtCounter, at: "/number")] : []
        #expect(card.reasons(against: step, at: Sample.counter, pointer: "/number") == expected)
        #expect(card.reasons(against: step, at: nil, pointer: "/number") == [])
        card.counter = nil
        #expect(card.reasons(against: step, at: Sample.counter, pointer: "/number") == expected)
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
