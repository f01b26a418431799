import CardRules
import Testing

struct ContactNumbersTests {
    @Test(arguments: ["1000", "9999", "9900"])
    func `REG-10 a Belgian postal code is taken`(text: String) throws {
        #expect(try BelgianPostalCode(checking: text).text == text)
    }

    @Test(arguments: ["", "0999", "0000", "999", "10000", "99OO", "+900", " 9900", "٩٩٠٠"])
    func `REG-10 anything but 1000 to 9999 is no Belgian postal code`(text: String) {
        #expect(fault(BelgianPostalCode.self, in: text) == BelgianPostalCode.wrong)
    }

    @Test(arguments: [
        "an@example.org", "An.De-Smet+uitpas@sub.example.co.uk", "o'neill@example.org", "a@b.be", "1@x1.be",
        "x@xn--caf-dma.be",
    ])
    func `R-033 an e-mail address is compared in lower case`(text: String) throws {
        let address = try EmailAddress(checking: text)
        #expect(address.text == text)
        #expect(address.key == text.lowercased())
        #expect(Set([address, EmailAddress(text: text.uppercased())]).count == 1)
    }

    @Test(arguments: [
        "", "an", "@example.org", "an@", "an@example", "an@@example.org", "an@x@example.org", "an de@example.org",
        ".an@example.org", "an.@example.org", "a..n@example.org", "an@.example.org", "an@example..org",
        "an@example.org.",
        "an@-example.org", "an@example-.org", "an@exa_mple.org", "an@example.o", "an@192.168.0.11", "an@example.org\n",
        "\"an\"@example.org", "än@example.org", "an@exämple.org", "An <an@example.org>",
    ])
    func `R-033 a text that is no e-mail address is refused`(text: String) {
        #expect(fault(EmailAddress.self, in: text) == EmailAddress.wrong)
    }

    @Test(arguments: [(64, 189, true), (65, 20, false), (64, 190, false)])
    func `An e-mail address has at most 254 characters, 64 of them before the at sign`(
        name: Int, domain: Int, fits: Bool
    ) {
        let labels = String(repeating: "abcdefghi.", count: domain / 10) + String(repeating: "b", count: domain % 10)
        let host = labels.hasSuffix(".") ? labels.dropLast() + "x" : Substring(labels)
        let text = String(repeating: "a", count: name) + "@" + host
        #expect(fault(EmailAddress.self, in: text) == (fits ? nil : EmailAddress.tooLong))
    }

    @Test(arguments: [
        // as written | stored | takes text messages
        "0471 23 45 67 | +32471234567 | yes",
        "0471/23.45.67 | +32471234567 | yes",
        "+32 471 23 45 67 | +32471234567 | yes",
        "0032471234567 | +32471234567 | yes",
        "+32 (0)471 23 45 67 | +32471234567 | yes",
        "09 377 12 34 | +3293771234 | no",
        "(09) 377-12-34 | +3293771234 | no",
        "+32 9 377 12 34 | +3293771234 | no",
        "04 377 12 34 | +3243771234 | no",
        "+31 20 123 4567 | +31201234567 | yes",
        "0031 6 12345678 | +31612345678 | yes",
        "+1 (212) 555-0100 | +12125550100 | yes",
        "+123456789012345 | +123456789012345 | yes",
    ])
    func `A telephone number is stored in international form, Belgian where no country is given`(row: String) throws {
        let cells = row.cells
        let number = try PhoneNumber(checking: cells[0])
        #expect(number.text == cells[1])
        #expect(number.takesTextMessages == (cells[2] == "yes"))
        #expect(PhoneNumber(text: number.text) == number)
    }

    @Test(arguments: [
        ("", PhoneNumber.wrong), ("0471", PhoneNumber.wrong), ("471234567", PhoneNumber.wrong),
        ("0471 23 45 6x", PhoneNumber.wrong), ("+1234567890123456", PhoneNumber.wrong),
        ("+0471234567", PhoneNumber.wrong),
        ("++32471234567", PhoneNumber.wrong), ("32471234567+", PhoneNumber.wrong), ("000471234567", PhoneNumber.wrong),
        ("+1234567", PhoneNumber.wrong), ("٠٤٧١٢٣٤٥٦٧", PhoneNumber.wrong),
        ("0471 23 45 678", PhoneNumber.wrongBelgian), ("0571 23 45 67", PhoneNumber.wrongBelgian),
        ("09 377 12 345", PhoneNumber.wrongBelgian), ("+32 09 377 12 34", PhoneNumber.wrongBelgian),
    ])
    func `A text that is no telephone number is refused`(text: String, why: Malformed) {
        #expect(fault(PhoneNumber.self, in: text) == why)
    }
}
