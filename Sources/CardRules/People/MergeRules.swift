/// One of the two records of a person that are to become one.
public struct MergeFacts: Sendable, Hashable {
    public var id: PassHolderID
    public var hasINSZ: Bool
    /// Points that are kept free for something, 0 or more.
    public var pointsHeld: Int
    /// The card systems of the memberships, and whether the caller administers them all.
    public var administersAll: Bool

    public init(id: PassHolderID, hasINSZ: Bool, pointsHeld: Int, administersAll: Bool) {
        (self.id, self.hasINSZ, self.pointsHeld) = (id, hasINSZ, pointsHeld)
        self.administersAll = administersAll
    }
}

/// A membership of one of the two, where both have one in the same card system.
public struct MergeMembership: Sendable, Hashable {
    public var status: MembershipStatus
    /// The last day of the opportunity status; `nil` without one.
    public var opportunityEndDate: CivilDate?
    public var suspendedUntil: CivilDate?
    public var since: Instant

    public init(
        status: MembershipStatus, opportunityEndDate: CivilDate?, suspendedUntil: CivilDate?, since: Instant
    ) {
        (self.status, self.opportunityEndDate) = (status, opportunityEndDate)
        (self.suspendedUntil, self.since) = (suspendedUntil, since)
    }
}

/// Whether two records of one person can become one, and what becomes of them.
public enum MergeRules {
    /// Everything that is against it, nothing if they may be merged. Two INSZ are two people.
    public static func check(kept: MergeFacts, merged: MergeFacts) -> [Reason] {
        if kept.id == merged.id { return [Reason(.mergeSamePerson, at: "/merged")] }
        var reasons: [Reason] = []
        for (record, pointer) in [(kept, "/kept"), (merged, "/merged")] where !record.administersAll {
            reasons.append(Reason(.permissionNotHeld, at: pointer))
        }
        if kept.hasINSZ && merged.hasINSZ { reasons.append(Reason(.mergeInszDiffer, at: "/merged")) }
        if merged.pointsHeld > 0 {
            reasons.append(Reason(.pointsHeld, at: "/merged", .init("points", .number(merged.pointsHeld))))
        }
        return reasons
    }

    /// Two memberships in one card system become one: the longer status stays, and so does whatever was taken from the
    /// person, a block or a suspension, which no merge lifts. It began when the first did.
    public static func joined(_ kept: MergeMembership, _ merged: MergeMembership) -> MergeMembership {
        let endDate = later(kept.opportunityEndDate, merged.opportunityEndDate)
        return MergeMembership(
            status: kept.status == .blocked ? .blocked : merged.status, opportunityEndDate: endDate,
            suspendedUntil: endDate == nil ? nil : later(kept.suspendedUntil, merged.suspendedUntil),
            since: min(kept.since, merged.since))
    }

    private static func later(_ left: CivilDate?, _ right: CivilDate?) -> CivilDate? {
        guard let left, let right else { return left ?? right }
        return max(left, right)
    }

    /// Everything that is against undoing a merge.
    ///
    /// - Parameters:
    ///   - changed: The tables with rows that were moved and are no longer as the merge left them.
    ///   - arePointsThere: The points that were moved can be given back.
    public static func checkUndoing(
        isUndone: Bool, administersAll: Bool, changed: [String], arePointsThere: Bool
    ) -> [Reason] {
        var reasons: [Reason] = []
        if !administersAll { reasons.append(Reason(.permissionNotHeld, at: "/mergeId")) }
        if isUndone { return reasons + [Reason(.mergeAlreadyUndone, at: "/mergeId")] }
        if !changed.isEmpty {
            let tables = changed.map { [Reason.Detail("of", .text($0))] }
            reasons.append(Reason(.mergeChangedSince, at: "/mergeId", .init("changes", .list(tables))))
        }
        if !arePointsThere { reasons.append(Reason(.pointsAlreadySpent, at: "/mergeId")) }
        return reasons
    }
}

/// What removing a person comes to.
public enum RemovalRules {
    /// PH-08: a person who is a member of own card systems only is removed everywhere; else the memberships there end.
    public enum Extent: String, Sendable, CaseIterable {
        case everywhere, here
    }

    public static func extent(memberships: Set<CardSystemID>, own: Set<CardSystemID>) -> Extent {
        memberships.isSubset(of: own) ? .everywhere : .here
    }

    /// Everything that is against it. What is held is for something that is still to happen; what is owed, or left,
    /// is nobody's any more.
    public static func check(_ extent: Extent, pointsHeld: Int) -> [Reason] {
        extent == .everywhere && pointsHeld > 0
            ? [Reason(.pointsHeld, at: "/passHolderId", .init("points", .number(pointsHeld)))] : []
    }
}
