/// The number on a card: 13 digits, of which the last is Luhn's check digit and the last but one tells what card it is.
///
/// The digit describes the card as it was made, not what its holder is entitled to.
public struct CardNumber: Written {
    /// The 13 digits.
    public let text: String

    /// What can be wrong with a card number, in the order in which it is looked at.
    public static let wrongLength = Malformed("must be a card number of 13 digits")
    public static let wrongCheckDigit = Malformed("must be a card number with a right check digit (the last one)")
    public static let wrongStatusDigit = Malformed("must be a card number whose twelfth digit is 0 or 1")

    /// NUM-01, R-001, R-002, R-003: 13 digits, then the check digit, then the twelfth.
    public init(checking text: String) throws(Malformed) {
        guard let digits = CheckDigits.digits(text, count: 13) else { throw Self.wrongLength }
        guard CheckDigits.luhnSum(digits) % 10 == 0 else { throw Self.wrongCheckDigit }
        guard digits[11] <= 1 else { throw Self.wrongStatusDigit }
        self.text = text
    }

    /// Makes the number of a new card: prefix and serial fill eleven digits, the serial with zeros before it.
    ///
    /// - Returns: `nil` if the prefix is no digits, or both together are too long.
    public init?(prefix: String, serial: Int, opportunity: Bool) {
        let number = String(serial)
        let gap = 11 - prefix.utf8.count - number.utf8.count
        guard gap >= 0, serial >= 0, !prefix.isEmpty, prefix.utf8.allSatisfy({ $0.digit != nil }) else { return nil }
        let body = prefix + String(repeating: "0", count: gap) + number + (opportunity ? "1" : "0")
        let sum = CheckDigits.luhnSum(body.utf8.compactMap(\.digit) + [0])
        text = body + String((10 - sum % 10) % 10)
    }

    /// the card was made for somebody with an opportunity status.
    public var isOpportunity: Bool { text.utf8.dropLast().last == UInt8(ascii: "1") }

    /// The last four digits: `*********0206`.
    public var masked: String { String(repeating: "*", count: 9) + text.suffix(4) }
}
