import CardRules

/// Ids and values that the tables of registrations, cards and check-ins share.
enum Sample {
    static let cardSystem = CardSystemID(high: 1, low: 1)
    static let otherCardSystem = CardSystemID(high: 1, low: 2)
    static let counter = CounterID(high: 2, low: 1)
    static let otherCounter = CounterID(high: 2, low: 2)
    static let today = CivilDate(year: 2026, month: 5, day: 14)!

    static let ordinaryCard = CardNumber(text: "0930000420206")!
    static let opportunityCard = CardNumber(text: "0930000237915")!
    /// Of a man born on 17 March 1985.
    static let insz = INSZ(text: "85031799708")!

    static func address(_ postalCode: String, _ country: String = "BE") -> Address {
        (try? Address(street: nil, postalCode: postalCode, city: "Eeklo", country: Country(text: country)!))!
    }

    /// A grown-up of the counter's municipality, with all that is asked.
    static let request = RegistrationRequest(
        dateOfBirth: CivilDate(year: 1985, month: 3, day: 17)!, gender: .male, insz: insz, address: address("9900"),
        hasAcceptedTerms: true, card: .nfcCard(ordinaryCard))

    /// A counter of Eeklo with all rights, the card in its stock.
    static let facts = RegistrationFacts(
        permissions: Set(Permission.allCases), cardSystem: cardSystem,
        cardSystemPostalCodes: Set(["9900", "9940"].map { BelgianPostalCode(text: $0)! }), counter: counter,
        counterPostalCodes: [BelgianPostalCode(text: "9900")!],
        card: CardFacts(status: .localStock, cardSystem: cardSystem, counter: counter), isINSZTaken: false)
}
