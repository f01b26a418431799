/// What is known of an opportunity status that somebody wants to change.
public struct OpportunityFacts: Sendable {
    public var status: OpportunityStatus
    /// Of the membership that holds it.
    public var membership: MembershipStatus
    /// What the counter may do in the card system.
    public var permissions: Set<Permission>
    public var livesInCardSystem: Bool
    /// In the municipality of the acting counter; false without counter.
    public var livesAtCounter: Bool

    public init(
        status: OpportunityStatus, membership: MembershipStatus, permissions: Set<Permission>, livesInCardSystem: Bool,
        livesAtCounter: Bool
    ) {
        (self.status, self.membership, self.permissions) = (status, membership, permissions)
        (self.livesInCardSystem, self.livesAtCounter) = (livesInCardSystem, livesAtCounter)
    }
}

/// What may be done with an opportunity status that was granted. Each gives everything that is against it.
public enum OpportunityRules {
    /// PH-04, REG-07, R-069, R-084: an extension needs no new card and is possible after the end too; it never brings
    /// the end nearer, and is for residents.
    ///
    /// - Parameter pointer: The parameter that names the person.
    public static func extend(
        to endDate: CivilDate, _ facts: OpportunityFacts, today: CivilDate, pointer: String
    ) -> [Reason] {
        guard let current = facts.status.endDate else { return [Reason(.opportunityNone, at: pointer)] }
        var reasons: [Reason] = []
        if facts.membership == .blocked { reasons.append(Reason(.passHolderBlocked, at: pointer)) }
        if !facts.livesInCardSystem { reasons.append(Reason(.postalCodeNotInCardSystem, at: pointer)) }
        if !facts.livesAtCounter, !facts.permissions.contains(.passHolderRegisterOpportunityWholeCardSystem) {
            reasons.append(Reason(.registrationOtherMunicipality, at: pointer))
        }
        if endDate < today { reasons.append(Reason(.opportunityDatePassed, at: "/endDate")) }
        if endDate < current { reasons.append(Reason(.opportunityEndsLater, at: "/endDate", current.detail)) }
        return reasons
    }

    /// PH-04, R-085: all statuses that end on a day, or on one before it, get a new end date: not a past one, and one
    /// that brings nobody's end nearer.
    public static func renew(until last: CivilDate, to endDate: CivilDate, today: CivilDate) -> [Reason] {
        (endDate < today ? [Reason(.opportunityDatePassed, at: "/endDate")] : [])
            + (endDate < last ? [Reason(.opportunityEndsLater, at: "/endDate", last.detail)] : [])
    }

    /// An end date is brought nearer, to today at the earliest: the grace after it stays.
    public static func shorten(
        to endDate: CivilDate, _ status: OpportunityStatus, today: CivilDate, pointer: String
    ) -> [Reason] {
        guard let current = status.endDate else { return [Reason(.opportunityNone, at: pointer)] }
        var reasons: [Reason] = []
        if endDate < today { reasons.append(Reason(.opportunityDatePassed, at: "/endDate")) }
        if endDate >= current { reasons.append(Reason(.opportunityEndsEarlier, at: "/endDate", current.detail)) }
        return reasons
    }

    /// OPP-04: a suspension ends by itself after its last day, today at the earliest. A second one replaces the first.
    public static func suspend(
        until day: CivilDate, _ status: OpportunityStatus, today: CivilDate, pointer: String
    ) -> [Reason] {
        guard status.endDate != nil else { return [Reason(.opportunityNone, at: pointer)] }
        return day < today ? [Reason(.opportunityDatePassed, at: "/until")] : []
    }

    /// OPP-04: only what is suspended is resumed.
    public static func resume(_ status: OpportunityStatus, pointer: String) -> [Reason] {
        if case .suspended = status { return [] }
        return [Reason(status == .none ? .opportunityNone : .opportunityNotSuspended, at: pointer)]
    }
}

extension OpportunityStatus {
    /// There is one that has not ended, suspended or not: its holder has a card for it.
    public var isHeld: Bool {
        switch self {
        case .active, .suspended: true
        case .none, .expired: false
        }
    }

    /// The last entitled day; `nil` without status.
    public var endDate: CivilDate? {
        switch self {
        case .none: nil
        case .active(let endDate, _), .expired(let endDate), .suspended(_, let endDate): endDate
        }
    }
}

extension CivilDate {
    fileprivate var detail: Reason.Detail { .init("endDate", .text(text)) }
}
