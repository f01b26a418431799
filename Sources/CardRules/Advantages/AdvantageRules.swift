/// Who may take an advantage (S20). Whether somebody has an opportunity status is no matter.
public enum AdvantageRules {
    /// ADV-05 to ADV-10, ADV-12, ADV-14 to ADV-16, R-140 to R-146: an advantage taken now, or everything that is
    /// against it.
    public static func decide(
        _ facts: RedemptionFacts, at instant: Instant
    ) -> Result<RedemptionDecision, Refusal> {
        if let refusal = Refusal(reasons(facts, at: instant)) { return .failure(refusal) }
        guard let holder = facts.holder else { return .failure(Refusal(.membershipNoneActive)) }
        let terms = facts.advantage
        return .success(
            RedemptionDecision(
                points: terms.points, newBalance: holder.balance - terms.points,
                periodStart: terms.holderLimit?.period(containing: instant).start,
                slot: terms.holderLimit.map { _ in holder.nextSlot },
                totalPeriodStart: terms.totalLimit?.period(containing: instant).start, takesCode: terms.hasCodes,
                isCodeStockLow: terms.isCodeStockLow(facts.stock.codesLeft - 1)))
    }

    /// Everything that is against taking an advantage now.
    ///
    /// - Parameter extraPoints: What if he had so many points more?
    public static func reasons(
        _ facts: RedemptionFacts, at instant: Instant, extraPoints: Int = 0
    ) -> [Reason] {
        // Of what is gone for good nothing else is told.
        if facts.advantage.status == .deleted { return [Reason(.advantageNotFound, at: "/advantageId")] }
        return reasonsAgainst(card: facts.card, holder: facts.holder) + advantage(facts.advantage, at: instant)
            + place(facts) + stock(facts, at: instant)
            + (facts.holder.map { holder($0, facts.advantage, at: instant, extraPoints: extraPoints) } ?? [])
    }

    /// ADV-10, R-140: card, person and membership must be active; a group pass takes nothing.
    public static func reasonsAgainst(
        card: RedemptionFacts.Card?, holder: RedemptionFacts.Holder?
    ) -> [Reason] {
        var reasons: [Reason] = []
        if let reason = card?.status.reasonAgainstUse { reasons.append(reason) }
        let isGroupPass = card?.isGroupPass ?? false
        if isGroupPass { reasons.append(Reason(.cardGroupPass)) }
        if holder?.isBlocked == true { reasons.append(Reason(.passHolderBlocked)) }
        if let holder, holder.memberships.isEmpty { reasons.append(Reason(.membershipNoneActive)) }
        return reasons
    }

    /// what is not for a person is not shown to him: what is for members of other card systems, for other
    /// residents, or for those who came later; and a welcome that he took.
    public static func isShown(despite reasons: [Reason]) -> Bool {
        let hiding: Set<RefusalKind> = [
            .advantageNotFound, .advantageNotActive, .advantageNotAtCounter, .advantageNotOnline,
            .advantageOtherCardSystem, .advantageResidentsOnly, .advantageNotGranted, .advantageAlreadyTaken,
        ]
        return reasons.allSatisfy { !hiding.contains($0.kind) }
    }

    /// ADV-05: it can be taken in its exchange period only.
    private static func advantage(_ terms: AdvantageTerms, at instant: Instant) -> [Reason] {
        var reasons: [Reason] = []
        if terms.status == .inactive { reasons.append(Reason(.advantageNotActive)) }
        if !terms.exchange.contains(Brussels.date(instant)) {
            var reason = Reason(.advantageOutsideExchangePeriod)
            if let from = terms.exchange.from { reason.details.append(.init("from", .text(from.text))) }
            if let until = terms.exchange.until { reason.details.append(.init("until", .text(until.text))) }
            reasons.append(reason)
        }
        return reasons
    }

    /// ADV-16, R-144: at its counters, which may be all of its card systems; online if it says so.
    private static func place(_ facts: RedemptionFacts) -> [Reason] {
        let terms = facts.advantage
        switch facts.place {
        case .anywhere: return []
        case .online: return terms.isOnline ? [] : [Reason(.advantageNotOnline)]
        case .counter(let counter, let cardSystems):
            let isHere =
                terms.counters.isEmpty ? cardSystems.contains(where: terms.applies) : terms.counters.contains(counter)
            return isHere ? [] : [Reason(.advantageNotAtCounter)]
        }
    }

    /// ADV-06, ADV-12: units and codes are used up; the limit over all holders is reached.
    private static func stock(_ facts: RedemptionFacts, at instant: Instant) -> [Reason] {
        let (terms, stock) = (facts.advantage, facts.stock)
        var reasons: [Reason] = []
        if let units = terms.units, stock.unitsTaken >= units { reasons.append(Reason(.advantageSoldOut)) }
        if terms.hasCodes, stock.codesLeft < 1 { reasons.append(Reason(.advantageCodesUsedUp)) }
        if let limit = terms.totalLimit, stock.takenInPeriod >= limit.volume {
            reasons.append(LimitUse(.advantage, limit, used: stock.takenInPeriod).reached(at: instant))
        }
        return reasons
    }

    /// ADV-07 to ADV-09, ADV-14, ADV-15, R-142, R-143, R-146: what the person himself must fulfil.
    private static func holder(
        _ holder: RedemptionFacts.Holder, _ terms: AdvantageTerms, at instant: Instant, extraPoints: Int
    ) -> [Reason] {
        var reasons: [Reason] = []
        if !holder.memberships.isEmpty {
            if !holder.memberships.keys.contains(where: terms.applies) {
                reasons.append(Reason(.advantageOtherCardSystem))
            } else if terms.type == .welcome, !isWelcomed(holder, terms) {
                reasons.append(Reason(.advantageNotGranted))
            }
        }
        if !terms.municipalities.isEmpty, terms.municipalities.isDisjoint(with: holder.municipalities) {
            reasons.append(Reason(.advantageResidentsOnly))
        }
        if let limit = terms.holderLimit, holder.takenInPeriod >= limit.volume {
            reasons.append(
                terms.type == .welcome
                    ? Reason(.advantageAlreadyTaken)
                    : LimitUse(.advantageHolder, limit, used: holder.takenInPeriod).reached(at: instant))
        }
        let points = holder.balance - holder.pointsOwed + extraPoints
        if points < terms.points {
            reasons.append(Reason(.pointsInsufficient, at: nil, .init("missing", .number(terms.points - points))))
        }
        return reasons
    }

    private static func isWelcomed(_ holder: RedemptionFacts.Holder, _ terms: AdvantageTerms) -> Bool {
        holder.memberships.contains { terms.isGranted(toMemberOf: $0.key, since: $0.value) }
    }

}
