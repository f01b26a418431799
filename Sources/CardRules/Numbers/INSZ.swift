/// A Belgian national register number, or a BIS number: birth date, serial number and two check digits.
///
/// It identifies a person, so nothing that prints a value shows it: only ``digits`` tells the number.
public struct INSZ: Written {
    /// The eleven digits, in full. For sealing and for the keyed index only.
    public let digits: String

    private let century: Int

    /// What can be wrong with an INSZ, in the order in which it is looked at.
    public static let wrongShape = Malformed("must be an INSZ of 11 digits, such as 00.00.00-000.00")
    public static let wrongMonth = Malformed("must be an INSZ with a month of 00 to 12, or 20 or 40 more")
    public static let wrongSerial = Malformed("must be an INSZ with a serial number of 001 to 998")
    public static let wrongCheckDigits = Malformed("must be an INSZ with right check digits (the last two)")
    public static let wrongDay = Malformed("must be an INSZ with a day that exists")

    /// REG-11, R-034: the check digits of one of the two centuries, a month and a day that can be. Takes `-`, `.` and a
    /// space between the groups 2-2-2-3-2.
    public init(checking text: String) throws(Malformed) {
        guard let numbers = Self.numbers(text) else { throw Self.wrongShape }
        func number(_ range: Range<Int>) -> Int { numbers[range].reduce(0) { $0 * 10 + $1 } }
        let (year, month, day) = (number(0..<2), number(2..<4), number(4..<6))
        guard month < 60, month % 20 <= 12 else { throw Self.wrongMonth }
        guard (1...998).contains(number(6..<9)) else { throw Self.wrongSerial }
        // Never both, as 2 · 10⁹ leaves a remainder of 68.
        switch number(9..<11) {
        case 97 - number(0..<9) % 97: century = 1900
        case 97 - (2_000_000_000 + number(0..<9)) % 97: century = 2000
        default: throw Self.wrongCheckDigits
        }
        let longest = month % 20 == 0 ? 31 : CivilDate.length(ofMonth: month % 20, year: century + year)
        guard day <= longest else { throw Self.wrongDay }
        digits = numbers.map(String.init).joined()
    }

    private static func numbers(_ text: String) -> [Int]? {
        var numbers: [Int] = []
        var followsSeparator = true
        for byte in text.utf8 {
            if let digit = byte.digit {
                numbers.append(digit)
                followsSeparator = false
            } else {
                let isSeparator = [UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: " ")].contains(byte)
                guard isSeparator, !followsSeparator, [2, 4, 6, 9].contains(numbers.count) else { return nil }
                followsSeparator = true
            }
        }
        return numbers.count == 11 ? numbers : nil
    }

    private func field(_ start: Int) -> Int { CivilDate.number(digits.utf8.dropFirst(start).prefix(2))! }

    /// The number was given to somebody who is not in the national register.
    public var isBIS: Bool { field(2) >= 20 }

    /// `nil` where month or day is unknown.
    public var birthDate: CivilDate? { CivilDate(year: century + field(0), month: field(2) % 20, day: field(4)) }

    /// As the serial number says: odd is male. `nil` where it was unknown when a BIS number was given.
    public var gender: Gender? {
        if (20...32).contains(field(2)) { return nil }
        return digits.utf8.dropFirst(8).first!.digit! % 2 == 1 ? .male : .female
    }

    /// the number can be this person's. What it leaves unknown fits all; so does the gender X, which it cannot
    /// tell. The century always counts, as the check digits tell it.
    public func fits(birthDate: CivilDate, gender: Gender?) -> Bool {
        guard birthDate.year / 100 * 100 == century else { return false }
        if let own = self.birthDate, own != birthDate { return false }
        guard let own = self.gender, let gender, gender != .x else { return true }
        return own == gender
    }

    /// The first two and the last two digits: `85*******08`.
    public var masked: String { digits.prefix(2) + String(repeating: "*", count: 7) + digits.suffix(2) }
}

extension INSZ: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    public var description: String { "INSZ" }
    public var debugDescription: String { "INSZ" }
    public var customMirror: Mirror { Mirror(self, children: [:]) }
}
