/// Which people may register online without a card.
public enum CardlessRegistrationType: String, Sendable, CaseIterable {
    case all, regular, opportunity, none
}

/// What is known when somebody registers without a counter.
public struct OnlineRegistrationFacts: Sendable {
    /// The card system takes registrations without a card at all.
    public var isAllowed: Bool
    /// Whose it takes.
    public var type: CardlessRegistrationType
    /// The municipality of residence takes them for the opportunity status; `false` too if it is none of the card
    /// system.
    public var isAllowedByMunicipality: Bool
    /// Some pass holder has the contact address.
    public var isEmailUsed: Bool

    public init(isAllowed: Bool, type: CardlessRegistrationType, isAllowedByMunicipality: Bool, isEmailUsed: Bool) {
        (self.isAllowed, self.type) = (isAllowed, type)
        (self.isAllowedByMunicipality, self.isEmailUsed) = (isAllowedByMunicipality, isEmailUsed)
    }
}

/// What holds beside the rules of every registration for one without a counter.
public enum OnlineRegistrationRules {
    /// From when on somebody registers himself.
    public static let leastAge = 16

    /// REG-14, REG-15, REG-20: everything that is against it.
    ///
    /// - Parameters:
    ///   - asksOpportunity: The person asks for the opportunity status.
    ///   - least: The least age of the person, in years; `nil` for somebody whom another registers.
    public static func check(
        _ request: RegistrationRequest, asksOpportunity: Bool, _ facts: OnlineRegistrationFacts, least: Int?,
        today: CivilDate
    ) -> [Reason] {
        var reasons = offer(asksOpportunity: asksOpportunity, facts)
        if request.address.country != .belgium {
            reasons.append(Reason(.registrationForeignNotAllowed, at: "/address/country"))
        }
        if let least, Age.years(born: request.dateOfBirth, on: today) < least {
            reasons.append(Reason(.registrationUnderage, at: "/dateOfBirth", .init("leastAge", .number(least))))
        }
        if facts.isEmailUsed { reasons.append(Reason(.emailAlreadyUsed, at: "/email")) }
        return reasons
    }

    /// REG-20: the card system says who may, for the opportunity status the municipality too.
    private static func offer(asksOpportunity: Bool, _ facts: OnlineRegistrationFacts) -> [Reason] {
        let types: [CardlessRegistrationType] = asksOpportunity ? [.all, .opportunity] : [.all, .regular]
        let isOffered =
            facts.isAllowed && types.contains(facts.type) && (!asksOpportunity || facts.isAllowedByMunicipality)
        if isOffered { return [] }
        return [Reason(.registrationOnlineNotAllowed, at: asksOpportunity ? "/asksOpportunity" : nil)]
    }
}
