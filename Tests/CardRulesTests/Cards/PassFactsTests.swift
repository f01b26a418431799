import CardRules
import Testing

struct PassFactsTests {
    static let holder = PassHolderID(high: 3, low: 1)

    @Test(arguments: CardStatus.allCases)
    func `NUM-04 R-019 a card that is not active tells its status, and whose it is in own card systems`(
        status: CardStatus
    ) {
        for isOwn in [true, false] {
            let facts = PassFacts(
                cardStatus: status, holder: PassFacts.Holder(id: Self.holder, isBlocked: false, isOwn: isOwn))
            let kind = status == .blocked ? "card.blocked" : "card.notActive"
            let whose = isOwn ? " passHolderId=\(Self.holder.text)" : ""
            let expected = status == .active ? [] : ["\(kind) /insz status=\(status.rawValue)\(whose)"]
            #expect(facts.reasons(pointer: "/insz").map(\.line) == expected)
        }
    }

    @Test func `R-016 R-019 whoever has several cards is told by all of them`() {
        let cards = [1, 2].map {
            OwnCard(
                cardSystem: CardSystemID(high: 1, low: 1),
                number: CardNumber(prefix: "0900", serial: $0, opportunity: false)!, status: .blocked)
        }
        for count in 0...2 {
            let facts = PassFacts(
                cardStatus: .blocked,
                holder: .init(id: Self.holder, isBlocked: false, isOwn: true, cards: Array(cards.prefix(count))))
            let names = facts.reasons(pointer: "/insz")[0].details.map(\.name)
            #expect(names == ["status", "passHolderId"] + (count > 1 ? ["cards"] : []))
        }
    }

    @Test func `NUM-05 a blocked pass holder is refused beside the card`() {
        var facts = PassFacts(
            cardStatus: .active, holder: PassFacts.Holder(id: Self.holder, isBlocked: true, isOwn: false))
        #expect(facts.reasons(pointer: "/cardNumber").map(\.line) == ["passHolder.blocked /cardNumber"])
        facts.cardStatus = .stock
        #expect(facts.reasons(pointer: "/cardNumber").map(\.kind) == [.cardNotActive, .passHolderBlocked])
        facts.holder = nil
        #expect(facts.reasons(pointer: "/cardNumber").map(\.line) == ["card.notActive /cardNumber status=stock"])
    }

    @Test func `NUM-04 R-019 a group's card that is not active tells which group it is`() {
        let group = GroupPassID(high: 4, low: 1)
        let facts = PassFacts(cardStatus: .blocked, holder: nil, ownGroup: group)
        #expect(
            facts.reasons(pointer: "/cardNumber").map(\.line) == [
                "card.blocked /cardNumber status=blocked groupPassId=\(group.text)"
            ])
    }
}
