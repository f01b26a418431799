import CardRules
import Testing

struct AdvantageTasteTests {
    private static let drink = AdvantageTraits(categories: [.foodAndDrink])
    private static let swimming = AdvantageTraits(categories: [.activity], isSport: true)
    private static let playground = AdvantageTraits(categories: [.activity], isForKids: true, isFeatured: true)
    private static let shown = AdvantageTraits(categories: [.gadget], isFeatured: true)

    @Test(
        arguments: [
            // what is known of him; what he may like
            (AdvantageTaste(), [shown]), (AdvantageTaste(hasChild: true), [playground, shown]),
            (AdvantageTaste(categories: [.foodAndDrink]), [drink]),
            (AdvantageTaste(categories: [.foodAndDrink, .goodCause], hasChild: true), [drink, playground]),
            (AdvantageTaste(categories: [.activity]), [swimming]),
            (AdvantageTaste(tookSport: true), [swimming]),
            (AdvantageTaste(categories: [.gadget], tookSport: true), [swimming, shown]),
        ] as [(AdvantageTaste, [AdvantageTraits])])
    func `ADV-20 somebody may like what is like what he took, and what is for his children`(
        _ taste: AdvantageTaste, _ liked: [AdvantageTraits]
    ) {
        let all = [Self.drink, Self.swimming, Self.playground, Self.shown]
        #expect(all.filter(taste.likes) == all.filter(liked.contains))
    }
}
