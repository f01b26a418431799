import CardRules
import Testing

struct StockRulesTests {
    static let numbers = (0..<3).map { CardNumber(prefix: "0930", serial: $0, opportunity: false)! }
    static let chips = (0..<3).map { ChipNumber(text: "0400000000000\($0)")! }

    /// Each delivery by the places of its numbers and chips above, and what is against it: number 2 and chip 2 exist.
    @Test(
        arguments: [
            ([(0, 0), (1, 1)], []),
            ([(0, nil), (1, nil)], []),
            ([(2, nil)], ["0 card.numberTaken /number"]),
            ([(0, 0), (1, 2)], ["1 card.chipTaken /chipNumber"]),
            ([(0, 0), (0, 1)], ["1 card.numberTaken /number"]),
            ([(0, 0), (1, 0)], ["1 card.chipTaken /chipNumber"]),
            ([(2, 2)], ["0 card.numberTaken /number", "0 card.chipTaken /chipNumber"]),
            ([(2, 0), (1, 0)], ["0 card.numberTaken /number"]),
        ] as [([(Int, Int?)], [String])])
    func `NUM-11 no two cards share a number or a chip`(delivery: [(Int, Int?)], lines: [String]) {
        let cards = delivery.map { NewCard(number: Self.numbers[$0.0], chip: $0.1.map { Self.chips[$0] }) }
        let reasons = StockRules.check(
            cards, existingNumbers: [Self.numbers[2]], existingChips: [Self.chips[2]])
        let told = reasons.enumerated().flatMap { place, reasons in reasons.map { "\(place) \($0.line)" } }
        #expect(told == lines)
    }
}
