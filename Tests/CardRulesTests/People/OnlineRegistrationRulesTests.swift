import Testing

@testable import CardRules

@Suite struct OnlineRegistrationRulesTests {
    private static let today = CivilDate(text: "2030-06-03")!

    private static func kinds(
        born: String = "1985-03-17", country: String = "BE", asks: Bool = false, isAllowed: Bool = true,
        _ type: CardlessRegistrationType = .all, municipality: Bool = true, isEmailUsed: Bool = false, least: Int? = 16
    ) throws -> [RefusalKind] {
        let address = try Address(
            street: nil, postalCode: country == "BE" ? "9900" : "75001", city: "X",
            country: try Country(checking: country))
        let request = RegistrationRequest(
            dateOfBirth: CivilDate(text: born)!, address: address, hasAcceptedTerms: true, card: .digital)
        let facts = OnlineRegistrationFacts(
            isAllowed: isAllowed, type: type, isAllowedByMunicipality: municipality, isEmailUsed: isEmailUsed)
        return OnlineRegistrationRules.check(request, asksOpportunity: asks, facts, least: least, today: today)
            .map(\.kind)
    }

    @Test(arguments: [
        (CardlessRegistrationType.all, true, true), (.regular, true, false), (.opportunity, false, true),
        (.none, false, false),
    ])
    func `REG-20 the card system says who registers online without a card`(
        type: CardlessRegistrationType, regular: Bool, opportunity: Bool
    ) throws {
        #expect(try Self.kinds(type).isEmpty == regular)
        #expect(try Self.kinds(asks: true, type).isEmpty == opportunity)
        #expect(try Self.kinds(isAllowed: false, type) == [.registrationOnlineNotAllowed])
        #expect(try Self.kinds(asks: true, type, municipality: false) == [.registrationOnlineNotAllowed])
        #expect(try Self.kinds(type, municipality: false).isEmpty == regular)
    }

    @Test(
        arguments: [
            ("2014-06-03", 16, []), ("2014-06-04", 16, [.registrationUnderage]), ("2014-06-04", nil, []),
        ] as [(String, Int?, [RefusalKind])])
    func `REG-15 self-registration from sixteen, by true calendar age`(
        born: String, least: Int?, kinds: [RefusalKind]
    ) throws {
        #expect(try Self.kinds(born: born, least: least) == kinds)
    }

    @Test func `REG-14 REG-15 an address that nobody has, in Belgium`() throws {
        #expect(try Self.kinds(isEmailUsed: true) == [.emailAlreadyUsed])
        #expect(try Self.kinds(country: "FR") == [.registrationForeignNotAllowed])
        #expect(
            try Self.kinds(country: "FR", isAllowed: false, isEmailUsed: true) == [
                .registrationOnlineNotAllowed, .registrationForeignNotAllowed, .emailAlreadyUsed,
            ])
    }
}
