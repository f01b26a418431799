import CardRules
import Postgres

/// The numbers of digital cards: a prefix of their own, nine digits by chance, and the check digit.
enum DigitalCard {
    private static let prefix = "99"
    private static let serials = 0..<1_000_000_000

    /// REG-03: a number that no card has. Another call may take the same one at the same moment; the constraint tells.
    static func freeNumber(opportunity: Bool, in call: Call) throws -> CardNumber {
        while true {
            guard let number = CardNumber(prefix: prefix, serial: .random(in: serials), opportunity: opportunity) else {
                preconditionFailure("A prefix of two and a serial of nine digits fill eleven.")
            }
            let existing = try call.acrossCardSystems {
                try call.transaction.first("select from card where number = \(number)")
            }
            if existing == nil { return number }
        }
    }
}
