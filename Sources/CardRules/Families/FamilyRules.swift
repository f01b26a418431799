/// What is known of a family when somebody is added to it.
public struct FamilyFacts: Sendable, Hashable {
    /// How many it may count, and how many of them of age; the main member is among both.
    public var membersMaximum: Int
    public var adultsMaximum: Int
    /// The birth dates of all who are in it, the main member's among them.
    public var birthDates: [CivilDate]

    public init(membersMaximum: Int, adultsMaximum: Int, birthDates: [CivilDate]) {
        (self.membersMaximum, self.adultsMaximum) = (membersMaximum, adultsMaximum)
        self.birthDates = birthDates
    }
}

/// Who may be in a family. It is personal to its main member and one-way (FAM-01).
public enum FamilyRules {
    /// FAM-02, R-190: what is against one more member.
    ///
    /// Who comes of age in the family stays in it; no other adult can be added then.
    ///
    /// - Parameters:
    ///   - birthDate: Of the new member.
    ///   - isMember: The person is in the family already; the main member always is.
    public static func reasons(
        adding birthDate: CivilDate, isMember: Bool, to family: FamilyFacts, on today: CivilDate
    ) -> [Reason] {
        let pointer = "/cardNumber"
        if isMember { return [Reason(.familyMemberExists, at: pointer)] }
        func isAdult(_ birthDate: CivilDate) -> Bool { Age.years(born: birthDate, on: today) >= Age.majority }
        var reasons: [Reason] = []
        if family.birthDates.count >= family.membersMaximum {
            reasons.append(
                Reason(.familyTooManyMembers, at: pointer, .init("maximum", .number(family.membersMaximum))))
        }
        if isAdult(birthDate), family.birthDates.filter(isAdult).count >= family.adultsMaximum {
            reasons.append(Reason(.familyTooManyAdults, at: pointer, .init("maximum", .number(family.adultsMaximum))))
        }
        return reasons
    }

    /// FAM-01, R-198: the main member is in his family for good.
    public static func reasons(removing member: PassHolderID, fromFamilyOf main: PassHolderID) -> [Reason] {
        member == main ? [Reason(.familyMainMemberFixed, at: "/memberId")] : []
    }
}
