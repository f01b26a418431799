import CardRules
import Testing

struct IBANTests {
    @Test(arguments: [
        "BE49999000000171", "BE38999000000272", "BE60999000009770", "BE54000000009797", "be66 9990 0012 3443",
        "BE98999000002393", "BE02999000006740", "BE97999000007649", "BE68 5390 0754 7034", "BE71 0961 2345 6769",
        "BE62 5100 0754 7061", "NL91ABNA0417164300", "nl91 abna 0417 1643 00", "DE89370400440532013000",
        "FR1420041010050500013M02606", "NO9386011117947",
    ])
    func `A right account number is taken and stored without spaces`(text: String) throws {
        let iban = try IBAN(checking: text)
        #expect(iban.text == text.uppercased().filter { $0 != " " })
        #expect(IBAN(text: iban.formatted) == iban)
    }

    @Test(arguments: [
        ("BE49999000000172", IBAN.wrongCheckDigits), ("BE66999000132443", IBAN.wrongCheckDigits),
        ("BE00999000123443", IBAN.wrongCheckDigits), ("BE01999000002393", IBAN.wrongCheckDigits),
        ("BE99999000006740", IBAN.wrongCheckDigits), ("BE00999000007649", IBAN.wrongCheckDigits),
        ("NL91ABNA0417164301", IBAN.wrongCheckDigits),
        ("BE6699900012344", IBAN.wrongLength), ("BE669990001234430", IBAN.wrongLength),
        ("NL91ABNA041716430", IBAN.wrongLength),
        ("BE26999000000100", IBAN.wrongNationalCheck),
        ("ZZ66999000123443", IBAN.wrongCountry), ("US66999000123443", IBAN.wrongCountry),
        ("", IBAN.wrongCharacters), ("BE66", IBAN.wrongCharacters), ("1266999000123443", IBAN.wrongCharacters),
        ("BEX6999000123443", IBAN.wrongCharacters), ("BE66-9990-0012-3443", IBAN.wrongCharacters),
        ("BE6699900012344ß", IBAN.wrongCharacters), ("BE66999000123@43", IBAN.wrongCharacters),
    ])
    func `A wrong account number is refused with the check that failed`(text: String, why: Malformed) {
        #expect(fault(IBAN.self, in: text) == why)
    }

    @Test func `A Belgian account number with a letter is refused, right as all its check digits are`() throws {
        let account = "9990001A34"
        let national = IBAN.remainder(account)
        let body = account + (national < 10 ? "0" : "") + String(national)
        let check = try #require((10...98).first { IBAN.remainder(body + "BE\($0)") == 1 })
        #expect(fault(IBAN.self, in: "BE\(check)\(body)") == IBAN.wrongNationalCheck)
    }

    @Test func `It is printed in groups of four`() throws {
        #expect(try IBAN(checking: "BE66999000123443").formatted == "BE66 9990 0012 3443")
        #expect(try IBAN(checking: "NO9386011117947").formatted == "NO93 8601 1117 947")
    }
}

extension IBAN {
    /// The remainder by 97, by long division over digits, letters written as 10 to 35.
    fileprivate static func remainder(_ text: String) -> Int {
        let digits = text.unicodeScalars.map { $0.value < 58 ? String($0) : String($0.value - 55) }.joined()
        return digits.reduce(0) { ($0 * 10 + $1.wholeNumberValue!) % 97 }
    }
}
