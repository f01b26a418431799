/// What is known where a card is issued: at a registration, for a membership, in place of another.
public struct IssueFacts: Sendable {
    /// What the counter may do in the card system.
    public var permissions: Set<Permission>
    public var cardSystem: CardSystemID
    /// Of all its municipalities.
    public var cardSystemPostalCodes: Set<BelgianPostalCode>
    /// `nil` where none has a hand in it: online.
    public var counter: CounterID?
    /// Of the counter's municipality; empty if it has none.
    public var counterPostalCodes: Set<BelgianPostalCode>
    /// The card whose number is given; `nil` if there is none.
    public var card: CardFacts?

    public init(
        permissions: Set<Permission>, cardSystem: CardSystemID, cardSystemPostalCodes: Set<BelgianPostalCode>,
        counter: CounterID?, counterPostalCodes: Set<BelgianPostalCode>, card: CardFacts?
    ) {
        (self.permissions, self.cardSystem, self.counter) = (permissions, cardSystem, counter)
        (self.cardSystemPostalCodes, self.counterPostalCodes) = (cardSystemPostalCodes, counterPostalCodes)
        self.card = card
    }

    /// Whether an address lies in the card system's region.
    func isHome(_ address: Address) -> Bool {
        address.belgianPostalCode.map(cardSystemPostalCodes.contains) ?? false
    }
}

/// What holds wherever a card is issued.
public enum IssueRules {
    /// REG-06, REG-07, MEM-07: the rights add up that giving somebody the opportunity status needs.
    ///
    /// - Parameter pointer: The parameter that asks for the status.
    public static func opportunityRights(for address: Address, _ facts: IssueFacts, pointer: String) -> [Reason] {
        var reasons: [Reason] = []
        if !facts.permissions.contains(.passHolderRegisterOpportunity) {
            reasons.append(Reason(.registrationOpportunityNotAllowed, at: pointer))
        }
        let isOwnResident = address.belgianPostalCode.map(facts.counterPostalCodes.contains) ?? false
        if !isOwnResident, !facts.permissions.contains(.passHolderRegisterOpportunityWholeCardSystem) {
            reasons.append(Reason(.registrationOtherMunicipality, at: "/address/postalCode"))
        }
        return reasons
    }

    /// REG-02, R-012, R-013, R-060: the card lies in the counter's drawer and is of the card system; R-026: an ordinary
    /// card does not go with status data.
    ///
    /// - Parameter isStatusAsked: Whether a status is asked for beside the card.
    public static func card(
        _ card: RegistrationCard, isStatusAsked: Bool, _ facts: IssueFacts, pointer: String
    ) -> [Reason] {
        guard case .nfcCard(let number) = card else { return [] }
        guard let known = facts.card else { return [Reason(.cardNotFound, at: pointer)] }
        var reasons = known.reasons(against: .activate, at: facts.counter, pointer: pointer)
        if known.cardSystem != facts.cardSystem { reasons.append(Reason(.cardOtherCardSystem, at: pointer)) }
        if isStatusAsked, !number.isOpportunity { reasons.append(Reason(.cardStatusMismatch, at: pointer)) }
        return reasons
    }

    /// REG-09, R-027: a status that is given ends today at the earliest.
    public static func endDate(_ opportunity: OpportunityRequest?, today: CivilDate) -> [Reason] {
        guard let endDate = opportunity?.endDate, endDate < today else { return [] }
        return [Reason(.opportunityDatePassed, at: "/opportunity/endDate")]
    }

    /// R-192, MEM-04, R-069: the opportunity status is for residents of the card system.
    public static func residence(of address: Address, _ facts: IssueFacts) -> [Reason] {
        facts.isHome(address) ? [] : [Reason(.postalCodeNotInCardSystem, at: "/address/postalCode")]
    }
}
