/// Why somebody asks for another card in place of the one that there is (MEM-09, R-062).
public enum ReplacementReason: String, Sendable, CaseIterable {
    case defect, loss, theft
}

/// What becomes of a request for another card.
public struct ReplacementDecision: Sendable, Hashable {
    /// What the card is issued for; `nil` if a reason must be given.
    public var priceReason: PriceReason?
    /// The status comes, goes, or stays with its end date.
    public var status: StatusChange
    /// Everything that is against it.
    public var reasons: [Reason]

    public init(priceReason: PriceReason?, status: StatusChange, reasons: [Reason]) {
        (self.priceReason, self.status, self.reasons) = (priceReason, status, reasons)
    }
}

/// What happens to a membership's opportunity status.
public enum StatusChange: Sendable, Hashable {
    case stays
    /// With its last entitled day.
    case granted(CivilDate)
    case ends
}

/// Another card in place of one.
public enum ReplacementRules {
    /// Where the kind of card changes, the status comes or goes, whatever reason was given, as
    /// `MembershipRules` allow it; else the reason counts. A digital card is of the membership's kind, unless a status
    /// is asked.
    ///
    /// - Parameter hasCard: Whether the membership has a card; one without gets its first.
    public static func decide(
        _ card: RegistrationCard, _ request: MembershipRequest, _ given: ReplacementReason?, hasCard: Bool,
        _ facts: MembershipFacts, today: CivilDate
    ) -> ReplacementDecision {
        let old = facts.existing?.hasOpportunity ?? false
        let new = request.asksOpportunity || card == .digital && old
        guard old == new else {
            let membership = MembershipRules.decide(request, facts, today: today)
            return ReplacementDecision(
                priceReason: membership.priceReason,
                status: membership.opportunityEndDate.map(StatusChange.granted) ?? .ends, reasons: membership.reasons)
        }
        var reasons =
            MembershipRules.standing(facts) + MembershipRules.address(request, facts)
            + IssueRules.card(card, isStatusAsked: old, facts.issue, pointer: request.cardPointer)
        if request.opportunity != nil { reasons.append(Reason(.membershipExists, at: "/opportunity")) }
        return ReplacementDecision(
            priceReason: hasCard ? given.map(priceReason) : .extraCard, status: .stays, reasons: reasons)
    }

    /// what is told apart at the counter costs the same where it is lost.
    private static func priceReason(_ given: ReplacementReason) -> PriceReason {
        switch given {
        case .defect: .defect
        case .loss, .theft: .lossOrTheft
        }
    }

    /// MEM-08: what becomes of the old card: a defect one is done with, every other stays blocked.
    public static func steps(toEnd old: CardStatus, for reason: PriceReason) -> [CardStep] {
        let block: [CardStep] = old == .active ? [.block] : []
        return reason == .defect && old != .deleted ? block + [.delete] : block
    }
}
