/// A redemption that is cancelled, and what that leaves behind.
public struct RedemptionCancellation: Sendable, Hashable {
    /// What comes back.
    public var points: Int
    /// On the account of saved points then.
    public var newBalance: Int

    /// What to post, nothing for a welcome.
    public var flows: [PointsFlow] {
        points > 0 ? [PointsFlow(debit: .spent, credit: .holder, points: points)] : []
    }

    /// ADV-13, R-149: points, unit and place in the limits come back; a code stays used.
    public static func decide(
        points: Int, balance: Int, isCancelled: Bool
    ) -> Result<RedemptionCancellation, Refusal> {
        isCancelled
            ? .failure(Refusal(.redemptionAlreadyCancelled))
            : .success(RedemptionCancellation(points: points, newBalance: balance + points))
    }
}

extension AdvantageRules {
    /// PER-06: a redemption that was cancelled stands again, if it could be taken anew: in the periods of the instant
    /// at which it was taken, with the points and units that there are now. It keeps its code, and needs none.
    public static func restore(
        _ facts: RedemptionFacts, takenAt instant: Instant, isCancelled: Bool
    ) -> Result<RedemptionDecision, Refusal> {
        guard isCancelled else { return .failure(Refusal(.redemptionNotCancelled)) }
        var facts = facts
        facts.advantage.hasCodes = false
        return decide(facts, at: instant)
    }
}
