/// What is asked of a membership: to join a card system, to get the opportunity status there, or to lose it (MEM-06).
public struct MembershipRequest: Sendable {
    /// The card that is issued; `nil` goes on with the card that the person has.
    public var card: RegistrationCard?
    /// The opportunity status that is asked; `nil` leaves it to the card.
    public var opportunity: OpportunityRequest?
    /// Where the person lives from now on; `nil` if that stays.
    public var newAddress: Address?
    /// The parameter that names the card.
    public var cardPointer: String

    public init(
        card: RegistrationCard?, opportunity: OpportunityRequest? = nil, newAddress: Address? = nil,
        cardPointer: String = "/cardNumber"
    ) {
        (self.card, self.opportunity, self.newAddress, self.cardPointer) = (card, opportunity, newAddress, cardPointer)
    }

    /// For somebody with an opportunity status: the request says so, or the card does.
    public var asksOpportunity: Bool { opportunity != nil || card?.isOpportunity == true }
}

/// What is known of the person whose membership it is about.
public struct MembershipFacts: Sendable {
    /// The membership that there is in the card system.
    public struct Existing: Sendable, Hashable {
        public var isBlocked: Bool
        /// With an opportunity status, an expired one too: that is extended, not granted anew (PH-04).
        public var hasOpportunity: Bool

        public init(isBlocked: Bool, hasOpportunity: Bool) {
            (self.isBlocked, self.hasOpportunity) = (isBlocked, hasOpportunity)
        }
    }

    public var issue: IssueFacts
    /// No membership is active.
    public var isHolderBlocked: Bool
    public var address: Address
    public var existing: Existing?
    /// There is an active card, of whatever card system.
    public var hasActiveCard: Bool
    /// Another card system's valid opportunity status depends on the person living where the new address is not.
    public var leavesRegionOfStatus: Bool
    /// Of the card system.
    public var municipalities: [MunicipalityFacts]

    public init(
        issue: IssueFacts, isHolderBlocked: Bool, address: Address, existing: Existing?, hasActiveCard: Bool,
        leavesRegionOfStatus: Bool, municipalities: [MunicipalityFacts] = []
    ) {
        (self.issue, self.isHolderBlocked, self.address) = (issue, isHolderBlocked, address)
        (self.existing, self.hasActiveCard) = (existing, hasActiveCard)
        (self.leavesRegionOfStatus, self.municipalities) = (leavesRegionOfStatus, municipalities)
    }
}

/// What a request does to the memberships there are.
public enum MembershipChange: String, Sendable, CaseIterable {
    case notPossible, newMembership, replaceMembership
}

/// What becomes of a request: what a preview tells, and what carrying it out does.
public struct MembershipDecision: Sendable, Hashable {
    public var change: MembershipChange
    /// The last entitled day then; `nil` without status.
    public var opportunityEndDate: CivilDate?
    /// The status is asked, and the person lives outside of the card system (MEM-04).
    public var isAddressChangeRequired: Bool
    /// What a new card is issued for.
    public var priceReason: PriceReason
    /// Everything that is against it; nothing if it can be done as it is asked.
    public var reasons: [Reason]
}

/// Which memberships there may be. One function decides what a preview tells and what is done, so they agree.
public enum MembershipRules {
    /// MEM-01 to MEM-08, R-065, R-066, R-190 to R-192.
    public static func decide(
        _ request: MembershipRequest, _ facts: MembershipFacts, today: CivilDate
    ) -> MembershipDecision {
        let asks = request.asksOpportunity
        let change = change(asks: asks, facts.existing)
        return MembershipDecision(
            change: change,
            opportunityEndDate: asks
                ? request.opportunity?.endDate ?? OpportunityStatus.defaultEndDate(on: today) : nil,
            isAddressChangeRequired: asks && !facts.issue.isHome(facts.address),
            priceReason: priceReason(change, asks: asks, card: request.card),
            reasons: rights(request, facts) + standing(facts)
                + (change == .notPossible ? [Reason(.membershipExists, at: "/cardSystemId")] : [])
                + cardReasons(request, facts) + residence(request, facts) + address(request, facts)
                + IssueRules.endDate(request.opportunity, today: today))
    }

    /// MEM-01 to MEM-03: joining leaves other memberships alone; the status comes and goes by replacing; the same again
    /// is not possible.
    private static func change(asks: Bool, _ existing: MembershipFacts.Existing?) -> MembershipChange {
        guard let existing else { return .newMembership }
        return existing.hasOpportunity == asks ? .notPossible : .replaceMembership
    }

    private static func priceReason(_ change: MembershipChange, asks: Bool, card: RegistrationCard?) -> PriceReason {
        switch change {
        case .newMembership, .notPossible: card == nil ? .cardUpgrade : .extraCard
        case .replaceMembership: asks ? .obtainOpportunityStatus : .loseOpportunityStatus
        }
    }

    /// REG-05 to REG-08, MEM-07.
    private static func rights(_ request: MembershipRequest, _ facts: MembershipFacts) -> [Reason] {
        var reasons: [Reason] = []
        let register = Permission.passHolderRegister
        if !facts.issue.permissions.contains(register) {
            reasons.append(Reason(.permissionNotHeld, at: nil, .init("permission", .text(register.rawValue))))
        }
        guard request.asksOpportunity else { return reasons }
        let pointer = request.opportunity == nil ? request.cardPointer : "/opportunity"
        let address = request.newAddress ?? facts.address
        return reasons + IssueRules.opportunityRights(for: address, facts.issue, pointer: pointer)
    }

    /// NUM-05, R-018: a blocked membership is not changed, and who is blocked everywhere joins nothing.
    static func standing(_ facts: MembershipFacts) -> [Reason] {
        facts.isHolderBlocked || facts.existing?.isBlocked == true ? [Reason(.passHolderBlocked)] : []
    }

    /// MEM-08: the card that the person has serves for joining without status only.
    private static func cardReasons(_ request: MembershipRequest, _ facts: MembershipFacts) -> [Reason] {
        if let card = request.card {
            return IssueRules.card(
                card, isStatusAsked: request.opportunity != nil, facts.issue, pointer: request.cardPointer)
        }
        let isEnough = !request.asksOpportunity && facts.existing?.hasOpportunity != true && facts.hasActiveCard
        return isEnough ? [] : [Reason(.membershipCardNeeded, at: "/cardType")]
    }

    /// MEM-04, R-192: a status needs a home in the card system.
    private static func residence(_ request: MembershipRequest, _ facts: MembershipFacts) -> [Reason] {
        request.asksOpportunity
            ? IssueRules.residence(of: request.newAddress ?? facts.address, facts.issue) : []
    }

    /// REG-08: abroad needs its right. REG-10: the city is the postal code's. PH-03: a new address does not end a
    /// status by the way.
    static func address(_ request: MembershipRequest, _ facts: MembershipFacts) -> [Reason] {
        guard let address = request.newAddress else { return [] }
        var reasons = PersonRules.city(address, facts.municipalities)
        if address.country != .belgium, !facts.issue.permissions.contains(.passHolderRegisterForeign) {
            reasons.append(Reason(.registrationForeignNotAllowed, at: "/address/country"))
        }
        if facts.leavesRegionOfStatus { reasons.append(Reason(.addressOutsideRegion, at: "/address/postalCode")) }
        return reasons
    }
}
