/// What a counter types, scans or reads in its one field: the number of a card, of its chip, or of a person.
public enum Identifier: Written {
    case cardNumber(CardNumber)
    case chipNumber(ChipNumber)
    case insz(INSZ)

    public static let wrong = Malformed("must be a card number (13 digits), chip number (14) or INSZ (11)")

    /// NUM-03, R-005, R-006: whatever is neither letter nor digit is dropped, then the length tells what it is. The
    /// barcode of an INSZ holds its digits, with whatever the card's maker put between and around them. A scanner may
    /// say before it which kind of barcode it read (`]C0`): that is none of the number.
    public init(checking text: String) throws(Malformed) {
        let kept = String(String.UnicodeScalarView(Self.scanned(text).filter(Self.isLetterOrDigit)))
        switch kept.utf8.count {
        case 11: self = .insz(try INSZ(checking: kept))
        case 13: self = .cardNumber(try CardNumber(checking: kept))
        case 14: self = .chipNumber(try ChipNumber(checking: kept))
        default: throw Self.wrong
        }
    }

    /// Without a scanner's symbology identifier: `]`, a letter and a digit or letter (ISO/IEC 15424).
    private static func scanned(_ text: String) -> Substring.UnicodeScalarView {
        let scalars = Substring(text).unicodeScalars.drop { $0.properties.isWhitespace }
        return scalars.first == "]" ? scalars.dropFirst(3) : scalars
    }

    private static func isLetterOrDigit(_ scalar: Unicode.Scalar) -> Bool {
        if scalar.isASCII {
            let byte = UInt8(truncatingIfNeeded: scalar.value)
            return byte.digit != nil || (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20)
        }
        return scalar.properties.isAlphabetic || scalar.properties.numericType != nil
    }
}
