import CardRules
import Testing

struct FaultTextTests {
    @Test(
        arguments: [
            ("is missing", "ontbreekt", "manque"),
            ("must be a card number of 13 digits", "moet een kaartnummer van 13 cijfers zijn", nil),
            ("must lie between 1 and 90", "moet tussen 1 en 90 liggen", "doit se situer entre 1 et 90"),
            ("has 3 columns, where the header has 4", "heeft 3 kolommen, de kop heeft er 4", nil),
            ("must be a string, not an integer", "moet een tekst zijn, niet een geheel getal", nil),
            (
                "must be one of male, female; did you mean male?",
                "moet een van deze zijn: male, female; bedoelde u male?",
                "doit être une de ces valeurs : male, female ; vouliez-vous dire male ?"
            ),
            ("must be one of male, female", "moet een van deze zijn: male, female", nil),
            ("give exactly one of a, b and c", "geef precies een van a, b en c", nil),
            ("is more or less right", "is more or less right", "is more or less right"),
            ("", "", ""),
        ] as [(String, String, String?)])
    func `GEN-01 what is wrong with a row is told in three languages`(_ en: String, _ nl: String, _ fr: String?) {
        let told = FaultText.translated(en)
        #expect(told.en == en && told.nl == nl)
        if let fr { #expect(told.fr == fr) }
    }

    @Test(arguments: [
        CSVFault.notInEncoding(.utf8, column: 1), .notInEncoding(.latin1, column: 1), .quoteUnclosed,
        .textAfterQuote(column: 2), .fieldTooLong(column: 1, bytes: 9), .rowTooLong(bytes: 9),
        .tooManyColumns(atMost: 9), .ragged(columns: 1, expected: 2), .encodingUnknown,
    ])
    func `every fault of a file has a Dutch and a French text`(_ fault: CSVFault) {
        let told = FaultText.translated(fault.reason)
        #expect(told.nl != told.en && told.fr != told.en)
    }
}
