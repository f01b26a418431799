/// Who may check in. Whether somebody has an opportunity status is no matter (CHK-11).
public enum CheckInRules {
    /// CHK-01 to CHK-05, R-091 to R-096: a check-in of a card now, or everything that is against it.
    ///
    /// What a person owes is paid first.
    public static func decide(_ facts: CheckInFacts, at instant: Instant) -> Result<CheckInDecision, Refusal> {
        var reasons = card(facts) + facts.eventReasons
        if let holder = facts.holder, let limit = facts.limit {
            reasons += self.limit(limit, used: holder.usedInPeriod, at: instant)
        }
        if let refusal = Refusal(reasons) { return .failure(refusal) }
        guard let holder = facts.holder else { return .failure(Refusal(.membershipNoneActive)) }
        let paid = min(holder.pointsOwed, facts.eventPoints)
        return .success(
            CheckInDecision(
                points: facts.eventPoints, paidOwed: paid, newBalance: holder.balance + facts.eventPoints - paid,
                newOwed: holder.pointsOwed - paid, periodStart: facts.limit?.period(containing: instant).start,
                slot: facts.limit.map { _ in holder.nextSlot }))
    }

    /// CHK-04, CHK-05, MEM-11, R-093, R-096.
    private static func card(_ facts: CheckInFacts) -> [Reason] {
        var reasons: [Reason] = []
        if let reason = facts.cardStatus.reasonAgainstUse { reasons.append(reason) }
        if facts.isGroupPass { reasons.append(Reason(.cardGroupPass)) }
        if let holder = facts.holder {
            if holder.isBlocked { reasons.append(Reason(.passHolderBlocked)) }
            if !holder.hasActiveMembership { reasons.append(Reason(.membershipNoneActive)) }
        }
        return reasons
    }

    /// CHK-03, R-091: how often a holder may check in at the event in a period.
    private static func limit(_ limit: PeriodLimit, used: Int, at instant: Instant) -> [Reason] {
        let use = LimitUse(.event, limit, used: used)
        return use.isReached ? [use.reached(at: instant)] : []
    }
}
