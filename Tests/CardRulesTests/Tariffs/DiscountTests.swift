import CardRules
import Testing

struct DiscountTests {
    @Test(arguments: [
        // kind value | regular price | what the holder pays, all in cents
        "percentPaid 20 | 310 | 62", "percentPaid 20 | 1000 | 200", "percentPaid 20 | 2000 | 400",
        "percentPaid 25 | 1 | 0", "percentPaid 25 | 2 | 1", "percentPaid 50 | 1 | 1", "percentPaid 0 | 999 | 0",
        "percentPaid 100 | 999 | 999", "percentOff 50 | 999 | 500", "percentOff 100 | 999 | 0",
        "percentOff 1 | 50 | 50",
        "amountOff 600 | 1000 | 400", "amountOff 600 | 500 | 0", "fixedPrice 100 | 1000 | 100",
        "fixedPrice 100 | 60 | 60",
        "fixedPrice 0 | 60 | 0", "percentPaid 33 | 100000000 | 33000000",
    ])
    func `TAR-04 R-135 a price is rounded half up, and is never below nothing or above the regular price`(row: String)
        throws
    {
        let words = row.cells[0].split(separator: " ")
        let value = try #require(Int(words[1]))
        let discount: Discount =
            switch words[0] {
            case "percentPaid": .percentPaid(value)
            case "percentOff": .percentOff(value)
            case "amountOff": .amountOff(value)
            default: .fixedPrice(value)
            }
        #expect(try discount.holderPrice(of: #require(Int(row.cells[1]))) == Int(row.cells[2]))
    }

    @Test(arguments: [
        // weights | cents | parts
        "40 40 | 800 | 400 400", "40 40 | 801 | 401 400", "10 70 | 248 | 31 217", "1 1 1 | 100 | 34 33 33",
        "1 1 1 | 101 | 34 34 33", "1 2 | 100 | 33 67", "7 | 13 | 13", "3 2 | 0 | 0 0", "1 9999 | 1 | 0 1",
    ])
    func `TAR-04 the rest is split by largest remainder and adds up to the cent`(row: String) throws {
        let weights = row.cells[0].split(separator: " ").compactMap { Int($0) }
        let shares = try PayerShares(zip(Payer.allCases, weights).map { .init($0, weight: $1) })
        let parts = try shares.split(#require(Int(row.cells[1])))
        #expect(parts.map(\.cents).map(String.init).joined(separator: " ") == row.cells[2])
        #expect(parts.map(\.payer) == Array(Payer.allCases.prefix(weights.count)))
    }

    @Test func `shares name each payer once, with a weight`() {
        #expect(throws: Malformed.self) { try PayerShares([]) }
        #expect(throws: Malformed.self) {
            try PayerShares([.init(.organizer, weight: 1), .init(.organizer, weight: 2)])
        }
        #expect(throws: Malformed.self) { try PayerShares([.init(.organizer, weight: 0)]) }
        #expect(throws: Malformed.self) { try PayerShares([.init(.organizer, weight: 10_001)]) }
    }

    @Test func `for any price and weights the parts add up`() throws {
        var generator = SystemRandomNumberGenerator()
        for _ in 0..<2000 {
            let weights = (0..<Int.random(in: 1...4)).map { _ in Int.random(in: 1...10_000, using: &generator) }
            let shares = try PayerShares(zip(Payer.allCases, weights).map { .init($0, weight: $1) })
            let cents = Int.random(in: 0...100_000_000, using: &generator)
            let parts = shares.split(cents).map(\.cents)
            #expect(parts.reduce(0, +) == cents)
            #expect(
                zip(parts, weights).allSatisfy { abs($0 * weights.reduce(0, +) - cents * $1) < weights.reduce(0, +) })
        }
    }
}
