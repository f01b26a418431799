import CardRules
import Testing

struct StockLevelTests {
    @Test(
        arguments: [
            (0, 0, 0, false, 0), (4, 0, 5, true, 6), (5, 0, 5, false, 0), (1, 9, 5, true, 0), (1, 3, 5, true, 6),
            (0, 0, 5, true, 10),
        ])
    func `a drawer below its minimum is low, and is filled up to twice that, with what is on its way`(
        localStock: Int, sent: Int, minimum: Int, isLow: Bool, proposal: Int
    ) {
        let level = StockLevel(localStock: localStock, sent: sent, minimum: minimum)
        #expect(level.isLow == isLow && level.proposal == proposal)
    }
}
