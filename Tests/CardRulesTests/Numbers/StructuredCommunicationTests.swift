import Testing

@testable import CardRules

@Suite struct StructuredCommunicationTests {
    @Test(arguments: [
        ("+++090/9337/55493+++", "090933755493"), ("***090/9337/55493***", "090933755493"),
        ("090933755493", "090933755493"), (" 090 9337 55493 ", "090933755493"),
        // A remainder of 0 is written 97, one of 1 to 9 with a zero.
        ("000000009797", "000000009797"), ("000000000101", "000000000101"), ("000000000097", "000000000097"),
        ("010806817183", "010806817183"),
    ])
    func `ORD-02 a structured communication with right check digits`(written: String, text: String) throws {
        let communication = try StructuredCommunication(checking: written)
        #expect(communication.text == text)
        #expect(try StructuredCommunication(checking: communication.formatted) == communication)
    }

    @Test(
        arguments: [
            ("090933755494", StructuredCommunication.wrongCheckDigits),
            ("000000009700", StructuredCommunication.wrongCheckDigits),
            ("090933755439", StructuredCommunication.wrongCheckDigits),
            ("09093375549", StructuredCommunication.wrongForm), ("0909337554930", StructuredCommunication.wrongForm),
            ("", StructuredCommunication.wrongForm),
            ("09093375549A", StructuredCommunication.wrongForm), ("٠٩٠٩٣٣٧٥٥٤٩٣", StructuredCommunication.wrongForm),
            ("+++090/9337/55493+++x", StructuredCommunication.wrongForm),
        ] as [(String, Malformed)])
    func `ORD-02 no other text is one`(written: String, why: Malformed) {
        #expect(throws: why) { try StructuredCommunication(checking: written) }
    }

    @Test func `ORD-02 each number has its own, and no other is within a typing error of it`() throws {
        for number in [0, 1, 96, 97, 909_337_554, 9_999_999_999] {
            let made = try #require(StructuredCommunication(number: number))
            #expect(try StructuredCommunication(checking: made.text) == made)
            for place in 0..<12 {
                for other in 1...9 {
                    var digits = made.text.utf8.map { Int($0) - 48 }
                    digits[place] = (digits[place] + other) % 10
                    #expect(StructuredCommunication(text: digits.map(String.init).joined()) == nil)
                }
            }
        }
        #expect(StructuredCommunication(number: -1) == nil)
        #expect(StructuredCommunication(number: StructuredCommunication.count) == nil)
    }
}
