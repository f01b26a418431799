/// The number of a card's chip, which is read by NFC: 14 hexadecimal digits.
public struct ChipNumber: Written {
    /// In upper case.
    public let text: String

    public static let wrong = Malformed("must be a chip number of 14 hexadecimal digits")

    /// Takes either case.
    public init(checking text: String) throws(Malformed) {
        guard text.utf8.count == 14, text.utf8.allSatisfy(Self.isHexadecimal) else { throw Self.wrong }
        self.text = text.uppercased()
    }

    private static func isHexadecimal(_ byte: UInt8) -> Bool {
        byte.digit != nil || (UInt8(ascii: "A")...UInt8(ascii: "F")).contains(byte & 0xDF)
    }
}
