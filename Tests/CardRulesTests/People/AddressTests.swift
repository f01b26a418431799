import CardRules
import Testing

struct AddressTests {
    @Test(arguments: [("BE", "9900", true), ("BE", "0900", false), ("BE", "1012 AB", false), ("NL", "1012 AB", true)])
    func `REG-10 the postal code must be a Belgian one in Belgium only`(
        country: String, postalCode: String, isGood: Bool
    ) throws {
        let country = try #require(Country(text: country))
        let address = try? Address(street: nil, postalCode: postalCode, city: "Ergens", country: country)
        #expect((address != nil) == isGood)
        #expect(address?.belgianPostalCode?.text == (isGood && country == .belgium ? postalCode : nil))
    }

    @Test(arguments: [("be", "BE"), ("NL", "NL"), ("XX", nil), ("", nil), ("BEL", nil), ("B", nil), ("32", nil)])
    func `REG-08 a country is a code of ISO 3166`(text: String, code: String?) {
        #expect(Country(text: text)?.code == code)
        #expect(fault(Country.self, in: text) == (code == nil ? Country.wrong : nil))
    }
}
