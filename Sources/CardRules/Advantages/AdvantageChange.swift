/// An advantage that an administrator changes.
public struct AdvantageChange: Sendable, Hashable {
    public var old: AdvantageTerms
    public var new: AdvantageTerms
    public var unitsTaken: Int
    /// It was taken, or a welcome was granted, even if that was cancelled.
    public var isUsed: Bool

    public init(old: AdvantageTerms, new: AdvantageTerms, unitsTaken: Int, isUsed: Bool) {
        (self.old, self.new, self.unitsTaken, self.isUsed) = (old, new, unitsTaken, isUsed)
    }

    /// ADV-04, R-147: after the first use its points and the first days of exchange and granting stay; the rest may
    /// change. There are never fewer units than were taken.
    public var reasons: [Reason] {
        var reasons: [Reason] = []
        if isUsed {
            if old.points != new.points { reasons.append(Reason(.advantageFrozen, at: "/points")) }
            if old.exchange.from != new.exchange.from {
                reasons.append(Reason(.advantageFrozen, at: "/exchangePeriod/from"))
            }
            if old.granting.from != new.granting.from {
                reasons.append(Reason(.advantageFrozen, at: "/grantingPeriod/from"))
            }
        }
        if let units = new.units, units < unitsTaken {
            reasons.append(Reason(.advantageUnitsBelowTaken, at: "/units", .init("taken", .number(unitsTaken))))
        }
        return reasons
    }
}

/// What an administrator is told of an advantage that is all right, but may not be meant so.
public enum AdvantageWarning: String, Sendable, Hashable, CaseIterable {
    /// Who became a member in the part of the granting period that is over is not welcomed (ADV-14).
    case grantingBeginsInPast
    /// It came after its municipality had joined, so the first members are not welcomed.
    case municipalityJoinedBefore
    /// The first days on which it could be taken are over.
    case exchangeBeginsInPast
    /// Fewer codes are left than the administration wants to be told of (S16).
    case fewCodesLeft

    /// ADV-14, S14, S16: compares with the day on which it was entered.
    public static func warnings(of terms: AdvantageTerms, codesLeft: Int) -> [AdvantageWarning] {
        let entered = Brussels.date(terms.enteredAt)
        let warnings: [(AdvantageWarning, Bool)] = [
            (.grantingBeginsInPast, (terms.granting.from ?? entered) < entered),
            (.municipalityJoinedBefore, terms.type == .welcome && (terms.joinedOn ?? entered) < entered),
            (.exchangeBeginsInPast, terms.type == .exchange && (terms.exchange.from ?? entered) < entered),
            (.fewCodesLeft, terms.isCodeStockLow(codesLeft)),
        ]
        return warnings.filter(\.1).map(\.0)
    }
}
