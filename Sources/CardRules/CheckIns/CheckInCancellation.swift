/// What is known when a check-in is cancelled.
public struct CheckInCancellationFacts: Sendable, Hashable {
    /// What the check-in gave.
    public var points: Int
    /// The part of it that paid what was owed.
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

/// A cancellation that is allowed, and what it leaves behind.
public struct CheckInCancellation: Sendable, Hashable {
    /// What goes off the account of saved points.
    public var takenBack: Int
    /// What is owed from now on: what the check-in had paid, and what is missing of the rest.
    public var addedToOwed: Int
    public var newBalance: Int
    public var newOwed: Int

    /// The balance that is shown: negative while more is owed than saved.
    public var shownBalance: Int { newBalance - newOwed }

    /// What to post, nothing for a check-in without points.
    public var flows: [PointsFlow] {
        [
            PointsFlow(debit: .holder, credit: .issued, points: takenBack),
            PointsFlow(debit: .owed, credit: .issued, points: addedToOwed),
        ].filter { $0.points > 0 }
    }

    /// CHK-09, R-097: takes the points back. Points that are spent already are refused, unless an administrator forces
    /// it with a reason: then what is missing is owed, and the next check-ins pay it.
    ///
    /// - Parameter reason: Why it is forced; `nil` if it is not.
    public static func decide(
        _ facts: CheckInCancellationFacts, forcedBecause reason: String?
    ) -> Result<CheckInCancellation, Refusal> {
        let due = facts.points - facts.paidOwed
        let missing = max(0, due - facts.balance)
        var reasons: [Reason] = []
        if facts.isCancelled { reasons.append(Reason(.checkInAlreadyCancelled)) }
        if reason != nil, !facts.mayForce { reasons.append(Reason(.permissionNotHeld, at: "/force")) }
        if missing > 0, reason == nil || !facts.mayForce {
            reasons.append(Reason(.pointsAlreadySpent, at: nil, .init("missing", .number(missing))))
        }
        if let refusal = Refusal(reasons) { return .failure(refusal) }
        let owed = facts.paidOwed + missing
        return .success(
            CheckInCancellation(
                takenBack: due - missing, addedToOwed: owed, newBalance: facts.balance - due + missing,
                newOwed: facts.pointsOwed + owed))
    }
}
