/// A Belgian postal code, 1000 to 9999.
public struct BelgianPostalCode: Written {
    public let text: String

    public static let wrong = Malformed("must be a Belgian postal code of four digits, 1000 to 9999")

    /// REG-10.
    public init(checking text: String) throws(Malformed) {
        guard let digits = CheckDigits.digits(text, count: 4), digits[0] > 0 else { throw Self.wrong }
        self.text = text
    }
}
