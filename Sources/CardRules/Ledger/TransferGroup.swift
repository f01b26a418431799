/// An amount that goes from one account to another: debit and credit in one, so that it always balances.
public struct Posting: Sendable, Hashable {
    public let debit: LedgerAccountID
    public let credit: LedgerAccountID
    /// In the smallest part of the unit, 1 to ``maximumAmount``.
    public let amount: Int
    public let unit: LedgerUnit

    /// Far more than anything costs, and so little that no sum overflows.
    public static let maximumAmount = 1_000_000_000_000

    public init(debit: LedgerAccountID, credit: LedgerAccountID, amount: Int, unit: LedgerUnit) throws(LedgerFailure) {
        guard (1...Self.maximumAmount).contains(amount) else { throw .fault(.amountOutOfRange) }
        guard debit != credit else { throw .fault(.sameAccount) }
        (self.debit, self.credit, self.amount, self.unit) = (debit, credit, amount, unit)
    }

    private init(debit: LedgerAccountID, credit: LedgerAccountID, ofValid posting: Posting, amount: Int) {
        (self.debit, self.credit, self.amount, self.unit) = (debit, credit, amount, posting.unit)
    }

    var reversed: Posting { Posting(debit: credit, credit: debit, ofValid: self, amount: amount) }

    /// The same with less of it.
    func reduced(to amount: Int) throws(LedgerFailure) -> Posting {
        guard (1...self.amount).contains(amount) else { throw .fault(.amountOutOfRange) }
        return Posting(debit: debit, credit: credit, ofValid: self, amount: amount)
    }
}

/// Postings that happen together, in one or more units: all of them or none.
public struct TransferGroup: Sendable, Hashable {
    public let id: TransferID
    /// At least one.
    public let postings: [Posting]
    /// The group that this one takes back.
    public let reverses: TransferID?

    public init(id: TransferID, postings: [Posting], reverses: TransferID? = nil) throws(LedgerFailure) {
        guard !postings.isEmpty else { throw .fault(.emptyGroup) }
        (self.id, self.postings, self.reverses) = (id, postings, reverses)
    }
}

/// Why the ledger did not do something. Nothing was changed.
public enum LedgerFailure: Error, Sendable, Hashable {
    /// The domain says no.
    case refused(Refusal)
    /// The caller asked for what cannot be: an error in the program, not of a user.
    case fault(LedgerFault)
}

/// What is wrong with a posting, a group or a hold.
public enum LedgerFault: String, Sendable {
    case amountOutOfRange
    case sameAccount
    case emptyGroup
    case unknownAccount
    case unitMismatch
    case holdStillRuns
}
