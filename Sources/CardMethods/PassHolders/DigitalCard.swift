import CardRules
import Postgres

/// The numbers of digital cards: a prefix of their own, nine digits by chance, and the check digit.
enum DigitalCard {
    private static let prefix = "99"
    private static let serials = 0..<1_000_000_000

    /// REG-03: a number that no card has. Another call may take the same one at the same moment; the constraint tells.
    static func freeNumber(opportunity: Bool, in call: Call) throws -> CardNumber {
        try freeNumbers(opportunity: [opportunity], in: call)[0]
    }

    /// Several at once, each another one.
    ///
    /// - Parameter opportunity: Of each, whether it is for an opportunity status.
    static func freeNumbers(opportunity: [Bool], in call: Call) throws -> [CardNumber] {
        var numbers = opportunity.map(number)
        while !numbers.isEmpty {
            let existing = try call.acrossCardSystems {
                try call.transaction.query("select number from card where number = any (\(numbers))")
            }
            var taken = Set(try existing.map { try $0[0] as CardNumber })
            var isFree = true
            for (place, number) in numbers.enumerated() where !taken.insert(number).inserted {
                numbers[place] = Self.number(opportunity: opportunity[place])
                isFree = false
            }
            if isFree { break }
        }
        return numbers
    }

    private static func number(opportunity: Bool) -> CardNumber {
        guard let number = CardNumber(prefix: prefix, serial: .random(in: serials), opportunity: opportunity) else {
            preconditionFailure("A prefix of two and a serial of nine digits fill eleven.")
        }
        return number
    }
}
