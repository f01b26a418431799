/// What is known of somebody who moves from one card system's region to another's.
public struct MoveFacts: Sendable {
    /// Of the card system that the person moves to. Its `hasActiveCard` leaves out the card that the move blocks, its
    /// `leavesRegionOfStatus` the status that the move ends.
    public var there: MembershipFacts
    /// The membership that the person leaves; `nil` if there is none.
    public var left: MembershipFacts.Existing?

    public init(there: MembershipFacts, left: MembershipFacts.Existing?) { (self.there, self.left) = (there, left) }
}

/// What becomes of a move.
public struct MoveDecision: Sendable, Hashable {
    /// What is done with memberships of the new card system; `nil` if the person has there what is asked.
    public var change: MembershipChange?
    /// The old entitlement ends, and its card is blocked; the old membership stays, as an ordinary one.
    public var endsStatus: Bool
    /// The last entitled day in the new card system; `nil` without a status that is granted.
    public var opportunityEndDate: CivilDate?
    /// Everything that is against it.
    public var reasons: [Reason]

    public init(change: MembershipChange?, endsStatus: Bool, opportunityEndDate: CivilDate?, reasons: [Reason]) {
        (self.change, self.endsStatus) = (change, endsStatus)
        (self.opportunityEndDate, self.reasons) = (opportunityEndDate, reasons)
    }
}

/// The move assistant: address, new membership, and the end of the old entitlement together.
public enum MoveRules {
    /// the new address lies in the new card system. A membership that is there already stays, unless the
    /// status is asked that it has not; nobody loses one by moving in.
    ///
    /// - Parameter request: With the new address.
    public static func decide(_ request: MembershipRequest, _ facts: MoveFacts, today: CivilDate) -> MoveDecision {
        let membership = MembershipRules.decide(request, facts.there, today: today)
        let stays = facts.there.existing.map { $0.hasOpportunity || !request.asksOpportunity } ?? false
        var reasons = membership.reasons
        if stays {
            let settled: Set<RefusalKind> = [.membershipExists, .membershipCardNeeded]
            reasons.removeAll { settled.contains($0.kind) }
            if request.card != nil { reasons.append(Reason(.membershipExists, at: "/cardType")) }
        }
        if !request.asksOpportunity, let address = request.newAddress {
            reasons += IssueRules.residence(of: address, facts.there.issue)
        }
        if facts.left == nil { reasons.append(Reason(.membershipNotFound, at: "/fromCardSystemId")) }
        return MoveDecision(
            change: stays ? nil : membership.change, endsStatus: facts.left?.hasOpportunity ?? false,
            opportunityEndDate: stays ? nil : membership.opportunityEndDate, reasons: reasons)
    }
}
