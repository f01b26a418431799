import CardRules
import Testing

struct IdentifierTests {
    @Test(arguments: [
        ("0930000420206", Identifier.cardNumber(CardNumber(text: "0930000420206")!)),
        ("09300 00420 206", Identifier.cardNumber(CardNumber(text: "0930000420206")!)),
        (" 0930-000-420-206\r\n", Identifier.cardNumber(CardNumber(text: "0930000420206")!)),
        ("04:a1:b2:c3:d4:e5:f6", Identifier.chipNumber(ChipNumber(text: "04A1B2C3D4E5F6")!)),
        ("12345678901234", Identifier.chipNumber(ChipNumber(text: "12345678901234")!)),
        ("85.03.17-997.08", Identifier.insz(INSZ(text: "85031799708")!)),
        ("85031799708", Identifier.insz(INSZ(text: "85031799708")!)),
        ("*85/03/17/997/08*", Identifier.insz(INSZ(text: "85031799708")!)),
        ("]C085031799708\r", Identifier.insz(INSZ(text: "85031799708")!)),
        (" ]A0*85.03.17-997.08*", Identifier.insz(INSZ(text: "85031799708")!)),
        ("]C00930000420206", Identifier.cardNumber(CardNumber(text: "0930000420206")!)),
    ])
    func `NUM-03 R-005 R-006 one field takes card number, chip number, INSZ and its barcode`(
        text: String, expected: Identifier
    ) throws {
        #expect(try Identifier(checking: text) == expected)
    }

    @Test(arguments: [
        ("", Identifier.wrong), ("---", Identifier.wrong), ("093000042020", Identifier.wrong),
        ("093000042020612", Identifier.wrong), ("0930000420207", CardNumber.wrongCheckDigit),
        ("093000042020A", CardNumber.wrongLength), ("04A1B2C3D4E5FG", ChipNumber.wrong),
        ("85.03.17-997.09", INSZ.wrongCheckDigits), ("8503179970é", Identifier.wrong),
        ("]85031799708", Identifier.wrong), ("C085031799708", CardNumber.wrongLength),
        ("85031799708é", CardNumber.wrongLength),
    ])
    func `NUM-01 R-001 R-006 what fits none of them is refused with the check that failed`(text: String, why: Malformed)
    {
        #expect(fault(Identifier.self, in: text) == why)
    }
}
