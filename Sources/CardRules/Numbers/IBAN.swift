/// An account number of a bank in the SEPA area.
public struct IBAN: Written {
    /// Without spaces, in upper case.
    public let text: String

    /// What can be wrong with an IBAN, in the order in which it is looked at.
    public static let wrongCharacters = Malformed("must be an IBAN: two letters, two digits, then letters and digits")
    public static let wrongCountry = Malformed("must be an IBAN of a country in the SEPA area")
    public static let wrongLength = Malformed("must be an IBAN as long as its country's are")
    public static let wrongCheckDigits = Malformed("must be an IBAN with right check digits (the third and fourth)")
    public static let wrongNationalCheck = Malformed("must be a Belgian IBAN with right check digits (the last two)")

    /// The check digits of the number, and of a Belgian one those of the account too. Spaces and case do not matter.
    public init(checking text: String) throws(Malformed) {
        let small = UInt8(ascii: "a")...UInt8(ascii: "z")
        let characters = text.utf8.filter { $0 != UInt8(ascii: " ") }.map { small.contains($0) ? $0 - 32 : $0 }
        let isLetter = { (byte: UInt8) in small.contains(byte + 32) }
        guard characters.allSatisfy({ $0 < 0x80 }), characters.count > 4, characters[..<2].allSatisfy(isLetter),
            characters[2..<4].allSatisfy({ $0.digit != nil }),
            characters[4...].allSatisfy({ $0.digit != nil || isLetter($0) })
        else { throw Self.wrongCharacters }
        self.text = String(decoding: characters, as: UTF8.self)
        guard let length = Self.lengths[String(self.text.prefix(2))] else { throw Self.wrongCountry }
        guard characters.count == length else { throw Self.wrongLength }
        // 00, 01 and 99 leave the same remainder as 97, 98 and 02: only these are given out.
        guard (2...98).contains(CivilDate.number(characters[2..<4])!),
            CheckDigits.modulo97(characters[4...] + characters[..<4]) == 1
        else { throw Self.wrongCheckDigits }
        guard !self.text.hasPrefix("BE") || Self.hasBelgianCheck(characters) else { throw Self.wrongNationalCheck }
    }

    /// The last two of the twelve digits are the first ten modulo 97, where 97 stands for 0.
    private static func hasBelgianCheck(_ characters: [UInt8]) -> Bool {
        guard let check = CivilDate.number(characters[14...]), characters[4...].allSatisfy({ $0.digit != nil }) else {
            return false
        }
        let remainder = CheckDigits.modulo97(characters[4..<14])
        return check == (remainder == 0 ? 97 : remainder)
    }

    /// In groups of four: `BE66 9990 0012 3443`.
    public var formatted: String {
        text.enumerated().map { $0 > 0 && $0 % 4 == 0 ? " \($1)" : String($1) }.joined()
    }

    /// The length of an account number by country, for the countries of the SEPA area.
    static let lengths = [
        "AD": 24, "AL": 28, "AT": 20, "BE": 16, "BG": 22, "CH": 21, "CY": 28, "CZ": 24, "DE": 22, "DK": 18, "EE": 20,
        "ES": 24, "FI": 18, "FR": 27, "GB": 22, "GI": 23, "GR": 27, "HR": 21, "HU": 28, "IE": 22, "IS": 26, "IT": 27,
        "LI": 21, "LT": 20, "LU": 20, "LV": 21, "MC": 27, "MD": 24, "ME": 22, "MK": 19, "MT": 31, "NL": 18, "NO": 15,
        "PL": 28, "PT": 25, "RO": 24, "RS": 22, "SE": 24, "SI": 19, "SK": 24, "SM": 27, "VA": 22,
    ]
}
