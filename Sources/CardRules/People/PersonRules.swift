/// What holds of a person's data whenever they are written: at registration, and when they are changed. Pointers are
/// those of the parameters.
enum PersonRules {
    /// nobody is born tomorrow.
    static func birth(_ dateOfBirth: CivilDate, today: CivilDate) -> [Reason] {
        dateOfBirth > today ? [Reason(.birthDateInFuture, at: "/dateOfBirth")] : []
    }

    /// REG-13, R-035: a parent's consent under sixteen.
    static func consent(born: CivilDate, hasConsent: Bool, today: CivilDate) -> [Reason] {
        guard Age.years(born: born, on: today) < Age.consent, !hasConsent else { return [] }
        return [Reason(.consentMissing, at: "/parentalConsent")]
    }

    /// the terms, on paper or digitally.
    static func terms(_ areAccepted: Bool) -> [Reason] {
        areAccepted ? [] : [Reason(.termsMissing, at: "/legalTermsPaper")]
    }

    /// mails need an address and sixteen years, text messages a number that takes them.
    static func optIns(
        _ optIns: Set<OptIn>, email: EmailAddress?, mobile: PhoneNumber?, born: CivilDate, today: CivilDate
    ) -> [Reason] {
        let takesMails = email != nil && Age.years(born: born, on: today) >= Age.consent
        let takesTexts = mobile?.takesTextMessages ?? false
        return OptIn.allCases.filter(optIns.contains).compactMap { optIn in
            let isPossible = optIn.isMail ? takesMails : optIn == .post || takesTexts
            return isPossible ? nil : Reason(.optInImpossible, at: "/optIns", .init("optIn", .text(optIn.rawValue)))
        }
    }

    /// REG-10: where the postal code is one municipality's, the city is not another one. The names of the villages that
    /// a municipality is made of are not known, so any other name may stand.
    static func city(_ address: Address, _ municipalities: [MunicipalityFacts]) -> [Reason] {
        guard let code = address.belgianPostalCode else { return [] }
        let owners = municipalities.filter { $0.postalCodes.contains(code) }
        let city = FoldedText.of(address.city)
        let isAnother =
            municipalities.contains { FoldedText.of($0.name) == city }
            && !owners.contains { FoldedText.of($0.name) == city }
        return !owners.isEmpty && isAnother ? [Reason(.cityNotOfPostalCode, at: "/address/city")] : []
    }
}

/// A municipality of a card system, as addresses are compared with it.
public struct MunicipalityFacts: Sendable, Hashable {
    public var name: String
    public var postalCodes: Set<BelgianPostalCode>

    public init(name: String, postalCodes: Set<BelgianPostalCode>) {
        (self.name, self.postalCodes) = (name, postalCodes)
    }
}
