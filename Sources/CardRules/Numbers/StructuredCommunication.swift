/// What a Belgian bank transfer says so that its receiver knows what it is for: ten digits and two that check them.
public struct StructuredCommunication: Written {
    /// The twelve digits.
    public let text: String

    public static let wrongForm = Malformed("must be a structured communication, such as +++090/9337/55493+++")
    public static let wrongCheckDigits = Malformed(
        "must be a structured communication with right check digits (the last two)")

    /// ORD-02: twelve digits, with or without the signs around and between them.
    public init(checking text: String) throws(Malformed) {
        let plain = text.utf8.filter { !" /.-+*".utf8.contains($0) }
        let digits = String(decoding: plain, as: UTF8.self)
        guard CheckDigits.digits(digits, count: 12) != nil else { throw Self.wrongForm }
        guard Self.checkDigits(of: plain[..<10]) == CivilDate.number(plain[10...]) else {
            throw Self.wrongCheckDigits
        }
        self.text = digits
    }

    /// The communication of a number below 10,000,000,000; `nil` for any other.
    public init?(number: Int) {
        guard (0..<Self.count).contains(number) else { return nil }
        let digits = Self.padded(number, to: 10)
        text = digits + Self.padded(Self.checkDigits(of: Array(digits.utf8)), to: 2)
    }

    /// How many there are.
    public static let count = 10_000_000_000

    /// As it is written on a transfer: `+++090/9337/55493+++`.
    public var formatted: String {
        let digits = Array(text)
        return "+++\(String(digits[..<3]))/\(String(digits[3..<7]))/\(String(digits[7...]))+++"
    }

    /// The ten digits modulo 97, where 97 stands for 0.
    private static func checkDigits(of digits: some Sequence<UInt8>) -> Int {
        let remainder = CheckDigits.modulo97(digits)
        return remainder == 0 ? 97 : remainder
    }

    private static func padded(_ number: Int, to length: Int) -> String {
        let digits = String(number)
        return String(repeating: "0", count: max(0, length - digits.count)) + digits
    }
}
