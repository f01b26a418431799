/// What is known when somebody joins an association or stays in it.
public struct AssociationFacts: Sendable, Hashable {
    public var term: AssociationTerm
    /// How many months before its end a membership can be renewed.
    public var renewableMonthsBefore: Int
    /// Of the person.
    public var birthDate: CivilDate
    /// The membership there is; `nil` if there is none, or it was ended.
    public var membership: Membership?

    /// A membership that was not ended, run out or not.
    public struct Membership: Sendable, Hashable {
        /// The day that its terms are counted from.
        public var anchor: CivilDate
        /// How many terms there were, at least 1.
        public var terms: Int
        /// The last day.
        public var endDate: CivilDate

        public init(anchor: CivilDate, terms: Int, endDate: CivilDate) {
            (self.anchor, self.terms, self.endDate) = (anchor, terms, endDate)
        }
    }

    public init(
        term: AssociationTerm, renewableMonthsBefore: Int, birthDate: CivilDate, membership: Membership?
    ) {
        (self.term, self.renewableMonthsBefore) = (term, renewableMonthsBefore)
        (self.birthDate, self.membership) = (birthDate, membership)
    }
}

/// How somebody stands to an association on a day.
public enum AssociationStatus: String, Sendable, CaseIterable {
    case active, expired
    /// Not a member.
    case none
}

/// Who may join an association, stay in it, and until when. Pointers are those of the method's parameters.
public enum AssociationRules {
    /// The end date is inclusive.
    public static func status(_ membership: AssociationFacts.Membership?, on today: CivilDate) -> AssociationStatus {
        guard let membership else { return .none }
        return membership.endDate < today ? .expired : .active
    }

    /// an active membership of which less than a month is left.
    public static func endsSoon(_ membership: AssociationFacts.Membership?, on today: CivilDate) -> Bool {
        guard let membership, status(membership, on: today) == .active else { return false }
        return today > membership.endDate.adding(months: -1)
    }

    /// the first day on which an active membership can be renewed; `nil` if its end never changes.
    public static func renewableFrom(_ facts: AssociationFacts) -> CivilDate? {
        if case .basedOnDateOfBirth = facts.term { return nil }
        return facts.membership?.endDate.adding(months: -facts.renewableMonthsBefore)
    }

    /// What somebody would be offered: the end date of joining or renewing now. `nil` if that is not possible, or the
    /// counter chooses and there is no default that fits.
    public static func offer(_ facts: AssociationFacts, on today: CivilDate) -> CivilDate? {
        guard case .custom(let endDate) = facts.term else {
            return try? decide(facts, endDate: nil, on: today).get().endDate
        }
        return endDate.flatMap { try? decide(facts, endDate: $0, on: today).get().endDate }
    }

    /// Whether somebody may join or renew now (ASC-02, R-162, R-163).
    public static func isOpen(_ facts: AssociationFacts, on today: CivilDate) -> Bool {
        renewal(facts, on: today).isEmpty && age(facts, on: today).isEmpty
    }

    /// ASC-02, ASC-03, R-161 to R-163: joining or renewing today, or everything that is against it. A membership that
    /// has run out begins anew.
    ///
    /// - Parameter endDate: What the counter chose; `nil` unless the association is custom.
    public static func decide(
        _ facts: AssociationFacts, endDate: CivilDate?, on today: CivilDate
    ) -> Result<AssociationFacts.Membership, Refusal> {
        let reasons = renewal(facts, on: today) + age(facts, on: today) + chosen(endDate, facts, on: today)
        if let refusal = Refusal(reasons) { return .failure(refusal) }
        let running = status(facts.membership, on: today) == .active ? facts.membership : nil
        var membership = AssociationFacts.Membership(
            anchor: running?.anchor ?? today, terms: (running?.terms ?? 0) + 1, endDate: endDate ?? today)
        switch facts.term {
        case .custom: break
        case .basedOnDateOfBirth(let length):
            membership.endDate = AssociationTerm.endDate(from: facts.birthDate, length, terms: 1)
        case .basedOnRegistrationDate(let length):
            membership.endDate = AssociationTerm.endDate(from: membership.anchor, length, terms: membership.terms)
        }
        return .success(membership)
    }

    /// ASC-03, R-162: a membership that runs is renewed near its end only, and one with a fixed end never.
    private static func renewal(_ facts: AssociationFacts, on today: CivilDate) -> [Reason] {
        guard status(facts.membership, on: today) == .active else { return [] }
        guard let from = renewableFrom(facts) else {
            return [Reason(.associationRenewNotPossible, at: "/associationId")]
        }
        if from <= today { return [] }
        return [
            Reason(.associationRenewNotPossible, at: "/associationId", .init("renewableFrom", .text(from.text)))
        ]
    }

    /// who is past the fixed end cannot join.
    private static func age(_ facts: AssociationFacts, on today: CivilDate) -> [Reason] {
        guard case .basedOnDateOfBirth(let length) = facts.term else { return [] }
        let end = AssociationTerm.endDate(from: facts.birthDate, length, terms: 1)
        return end < today ? [Reason(.associationTooOld, at: "/passHolderId")] : []
    }

    /// ASC-02: the end date that the counter chose lies today or later, and after the one there was.
    private static func chosen(_ endDate: CivilDate?, _ facts: AssociationFacts, on today: CivilDate) -> [Reason] {
        guard case .custom = facts.term, let endDate else { return [] }
        let isLater = endDate >= today && facts.membership.map { endDate > $0.endDate } != false
        return isLater ? [] : [Reason(.endDateTooEarly, at: "/endDate")]
    }
}
