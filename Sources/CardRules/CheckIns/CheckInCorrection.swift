/// What is known when a check-in is cancelled, given other points, or restored.
public struct CheckInCorrectionFacts: Sendable, Hashable {
    /// What the check-in gave, or gives again.
    public var points: Int
    /// The part of it that pays what was owed.
    public var paidOwed: Int
    public var isCancelled: Bool
    /// On the holder's account of saved points now.
    public var balance: Int
    /// On the holder's account of owed points now.
    public var pointsOwed: Int
    /// The caller is an administrator of the card system.
    public var mayForce: Bool

    public init(points: Int, paidOwed: Int, isCancelled: Bool, balance: Int, pointsOwed: Int, mayForce: Bool) {
        (self.points, self.paidOwed, self.isCancelled) = (points, paidOwed, isCancelled)
        (self.balance, self.pointsOwed, self.mayForce) = (balance, pointsOwed, mayForce)
    }
}

/// A correction that is allowed, and what it leaves behind.
public struct CheckInCorrection: Sendable, Hashable {
    /// What to post, in points; nothing for a check-in without points.
    public var flows: [PointsFlow]
    /// What was spent already and cannot be taken back: from now on it is owed, as a flow of its own.
    public var missing: [PointsFlow]
    public var newBalance: Int
    public var newOwed: Int

    /// The balance that is shown: negative while more is owed than saved.
    public var shownBalance: Int { newBalance - newOwed }

    /// CHK-09, R-097: takes the points back. Points that are spent already are refused, unless an administrator forces
    /// it with a reason: then what is missing is owed, and the next check-ins pay it.
    ///
    /// - Parameter reason: Why it is forced; `nil` if it is not.
    public static func cancel(
        _ facts: CheckInCorrectionFacts, forcedBecause reason: String?
    ) -> Result<CheckInCorrection, Refusal> {
        facts.isCancelled
            ? .failure(Refusal([Reason(.checkInAlreadyCancelled)] + taking(facts.points, facts, reason).reasons)!)
            : taking(facts.points, facts, reason).result
    }

    /// S11: gives a check-in other points. The difference is taken back as by a cancellation, or given as by a
    /// check-in.
    public static func correct(
        _ facts: CheckInCorrectionFacts, to points: Int, forcedBecause reason: String?
    ) -> Result<CheckInCorrection, Refusal> {
        var reasons: [Reason] = []
        if facts.isCancelled { reasons.append(Reason(.checkInAlreadyCancelled)) }
        if points == facts.points { reasons.append(Reason(.checkInPointsUnchanged, at: "/points")) }
        guard points < facts.points else {
            if let refusal = Refusal(reasons) { return .failure(refusal) }
            return .success(giving(points - facts.points, facts))
        }
        let (against, result) = taking(facts.points - points, facts, reason)
        if let refusal = Refusal(reasons + against) { return .failure(refusal) }
        return result
    }

    /// S11: takes a cancellation back: the check-in gives its points again, if its place is free.
    ///
    /// - Parameters:
    ///   - limit: Of the event now; `nil` if it has none.
    ///   - used: Check-ins that stand in the limit's period in which this one was made.
    public static func restore(
        _ facts: CheckInCorrectionFacts, limit: PeriodLimit?, used: Int
    ) -> Result<CheckInCorrection, Refusal> {
        var reasons: [Reason] = []
        if !facts.isCancelled { reasons.append(Reason(.checkInNotCancelled)) }
        if let limit, facts.isCancelled, used >= limit.volume {
            reasons.append(
                Reason(
                    .limitReached, at: nil, .init("limit", .text("event")), .init("volume", .number(limit.volume)),
                    .init("used", .number(used)), .init("period", .text(limit.period.rawValue))))
        }
        if let refusal = Refusal(reasons) { return .failure(refusal) }
        return .success(giving(facts.points, facts))
    }

    /// What is owed is paid first.
    private static func giving(_ points: Int, _ facts: CheckInCorrectionFacts) -> CheckInCorrection {
        let paid = min(points, facts.pointsOwed)
        return CheckInCorrection(
            flows: [
                PointsFlow(debit: .issued, credit: .owed, points: paid),
                PointsFlow(debit: .issued, credit: .holder, points: points - paid),
            ].filter { $0.points > 0 },
            missing: [], newBalance: facts.balance + points - paid, newOwed: facts.pointsOwed - paid)
    }

    /// Takes first what was saved, then what had paid a debt, which is owed again.
    private static func taking(
        _ points: Int, _ facts: CheckInCorrectionFacts, _ reason: String?
    ) -> (reasons: [Reason], result: Result<CheckInCorrection, Refusal>) {
        let saved = min(points, facts.points - facts.paidOwed)
        let again = points - saved
        let missing = max(0, saved - facts.balance)
        var reasons: [Reason] = []
        if reason != nil, !facts.mayForce { reasons.append(Reason(.permissionNotHeld, at: "/force")) }
        if missing > 0, reason == nil || !facts.mayForce {
            reasons.append(Reason(.pointsAlreadySpent, at: nil, .init("missing", .number(missing))))
        }
        let correction = CheckInCorrection(
            flows: [
                PointsFlow(debit: .holder, credit: .issued, points: saved - missing),
                PointsFlow(debit: .owed, credit: .issued, points: again),
            ].filter { $0.points > 0 },
            missing: missing > 0 ? [PointsFlow(debit: .owed, credit: .issued, points: missing)] : [],
            newBalance: facts.balance - saved + missing, newOwed: facts.pointsOwed + again + missing)
        return (reasons, Refusal(reasons).map { .failure($0) } ?? .success(correction))
    }
}
