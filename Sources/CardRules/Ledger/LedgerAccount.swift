/// What a ledger's amounts count, in its smallest part.
public struct LedgerUnit: Sendable, Hashable {
    public let code: String
    /// Digits after the decimal point of one unit: 0 for points, 2 for cents.
    public let scale: Int

    public init(code: String, scale: Int) { (self.code, self.scale) = (code, scale) }

    public static let point = LedgerUnit(code: "point", scale: 0)
}

/// The two sides of an account.
public enum LedgerSide: String, Sendable, CaseIterable {
    case debit, credit
}

/// Whether an account may go below zero on its normal side.
public enum FloorRule: String, Sendable, CaseIterable {
    case none
    /// Never, held amounts counted too.
    case noOverdraft
}

/// An account of the ledger with its counters, each in the smallest part of the unit and never below 0.
public struct LedgerAccountState: Sendable, Hashable {
    public let unit: LedgerUnit
    /// The side on which its balance counts as positive.
    public let normalSide: LedgerSide
    public let floorRule: FloorRule
    public var postedDebit: Int
    public var postedCredit: Int
    public var heldDebit: Int
    public var heldCredit: Int

    public init(
        unit: LedgerUnit, normalSide: LedgerSide, floorRule: FloorRule, postedDebit: Int = 0, postedCredit: Int = 0,
        heldDebit: Int = 0, heldCredit: Int = 0
    ) {
        (self.unit, self.normalSide, self.floorRule) = (unit, normalSide, floorRule)
        (self.postedDebit, self.postedCredit) = (postedDebit, postedCredit)
        (self.heldDebit, self.heldCredit) = (heldDebit, heldCredit)
    }

    /// What was posted, on the normal side.
    public var balance: Int {
        normalSide == .credit ? postedCredit - postedDebit : postedDebit - postedCredit
    }

    /// The balance without what holds keep for something else.
    public var available: Int { balance - (normalSide == .credit ? heldDebit : heldCredit) }

    /// How much is below zero where that may not be.
    var missing: Int { floorRule == .noOverdraft ? max(0, -available) : 0 }
}
