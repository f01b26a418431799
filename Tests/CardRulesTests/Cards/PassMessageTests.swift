import CardRules
import Testing

struct PassMessageTests {
    static let end = CivilDate(year: 2026, month: 4, day: 30)!

    @Test(
        arguments: [
            (OpportunityStatus.none, 0, []), (.active(endDate: end, inGracePeriod: true), 0, [.info]),
            (.expired(endDate: end), 0, [.warn]), (.suspended(until: end, endDate: end), 0, [.warn]),
            (.none, 3, [.warn]),
            (.expired(endDate: end), 3, [.warn, .warn]),
        ] as [(OpportunityStatus, Int, [PassMessage.Level])])
    func `NUM-07 NUM-08 GEN-06 a pass tells what a counter must know`(
        opportunity: OpportunityStatus, owed: Int, levels: [PassMessage.Level]
    ) {
        let messages = PassMessage.messages(opportunity: opportunity, pointsOwed: owed, today: Self.end)
        #expect(messages.map(\.level) == levels)
        for message in messages {
            let fact = owed > 0 && message == messages.last ? "3" : "2026-04-30"
            for text in [message.text.nl, message.text.en, message.text.fr] { #expect(text.contains(fact)) }
        }
    }

    @Test(arguments: [(31, 0), (30, 1), (1, 1), (0, 1)])
    func `NUM-08 GEN-06 a status that ends within a month says so`(daysLeft: Int, count: Int) {
        let status = OpportunityStatus.active(endDate: Self.end, inGracePeriod: false)
        let messages = PassMessage.messages(
            opportunity: status, pointsOwed: 0, today: Self.end.adding(days: -daysLeft))
        #expect(messages.map(\.level) == Array(repeating: .info, count: count))
    }

    @Test func `R-018 GEN-06 a pass tells in which own card systems its holder is blocked`() {
        let messages = PassMessage.messages(
            opportunity: .none, blockedIn: ["Meetjesland", "Gent"], pointsOwed: 0, today: Self.end)
        #expect(messages.map(\.level) == [.warn, .warn])
        #expect(messages[0].text.en.contains("Meetjesland") && messages[1].text.fr.contains("Gent"))
    }

    @Test(arguments: [(-1, 1), (0, 0), (1, 0)])
    func `GRP-03 R-111 a group's pass that has expired is told`(endsIn days: Int, count: Int) {
        let group = GroupPassFacts(endDate: Self.end.adding(days: days), hasOpportunity: true, remaining: 1)
        let messages = PassMessage.messages(opportunity: .none, pointsOwed: 0, group: group, today: Self.end)
        #expect(messages.map(\.level) == Array(repeating: .warn, count: count))
    }
}
