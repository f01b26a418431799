import CardRules
import Testing

struct CardNumberTests {
    @Test(arguments: [
        ("0930000420206", false), ("0930000237915", true), ("0999999999108", false), ("0999999999009", false),
    ])
    func `R-004 the twelfth digit tells whether it is an opportunity card`(text: String, isOpportunity: Bool) throws {
        let number = try CardNumber(checking: text)
        #expect(number.isOpportunity == isOpportunity)
        #expect(number.text == text)
    }

    @Test(arguments: [
        "", "093000042020", "09300004202066", "093000042020x", "09300 00420206", " 930000420206", "０930000420206",
        "-930000420206",
    ])
    func `R-001 a number that is not 13 digits is refused`(text: String) {
        #expect(fault(CardNumber.self, in: text) == CardNumber.wrongLength)
    }

    @Test(arguments: [
        "0930000237912", "0999999999109", "0560002524314", "0930002523422", "0985002524385", "0940002524123",
        "0942000000123",
    ])
    func `NUM-01 R-002 a number that fails the check digit is refused`(text: String) {
        #expect(fault(CardNumber.self, in: text) == CardNumber.wrongCheckDigit)
    }

    @Test(arguments: ["0930000237931", "0999999999025"])
    func `R-003 a number whose twelfth digit is neither 0 nor 1 is refused`(text: String) {
        #expect(fault(CardNumber.self, in: text) == CardNumber.wrongStatusDigit)
    }

    @Test func `NUM-01 each single wrong digit is noticed`() {
        let valid = Array("0930000420206")
        for place in valid.indices {
            for digit in "0123456789" where digit != valid[place] {
                var changed = valid
                changed[place] = digit
                #expect(CardNumber(text: String(changed)) == nil, "\(String(changed))")
            }
        }
    }

    @Test(
        arguments: [
            ("093", 4202, false, "0930000420206"), ("09300", 2379, true, "0930000237915"),
            ("0999999", 9991, true, "0999999999116"), ("1", 0, true, "1000000000017"),
            ("09999999999", 0, false, nil), ("0999999999", 9, true, "0999999999918"), ("0999999999", 10, true, nil),
            ("", 1, true, nil), ("09x", 1, true, nil), ("093", -1, true, nil),
        ] as [(String, Int, Bool, String?)])
    func `A new number is made of prefix, serial, status and check digit`(
        prefix: String, serial: Int, opportunity: Bool, expected: String?
    ) {
        let number = CardNumber(prefix: prefix, serial: serial, opportunity: opportunity)
        #expect(number?.text == expected)
        if let number { #expect(CardNumber(text: number.text) == number) }
    }

    @Test func `A masked number shows the last four digits`() throws {
        #expect(try CardNumber(checking: "0930000420206").masked == "*********0206")
    }
}
