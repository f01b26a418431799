/// The accounts of the ledger that count points. Each person has those of holder and owed, the platform the others.
public enum PointsAccount: String, Sendable, CaseIterable {
    /// Where points come from.
    case issued = "points.issued"
    /// What a person has saved and not spent.
    case holder = "points.holder"
    /// What a person spent of points that were taken back later.
    case owed = "points.owed"
    /// Where points go that are exchanged.
    case spent = "points.spent"

    public var normalSide: LedgerSide {
        switch self {
        case .issued, .owed: .debit
        case .holder, .spent: .credit
        }
    }

    /// Nobody has or owes less than nothing.
    public var floorRule: FloorRule {
        switch self {
        case .holder, .owed: .noOverdraft
        case .issued, .spent: .none
        }
    }
}

/// Points that go from one account to another.
public struct PointsFlow: Sendable, Hashable {
    public var debit: PointsAccount
    public var credit: PointsAccount
    /// At least 1.
    public var points: Int

    public init(debit: PointsAccount, credit: PointsAccount, points: Int) {
        (self.debit, self.credit, self.points) = (debit, credit, points)
    }
}
