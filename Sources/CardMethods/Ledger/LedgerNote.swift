import CardRules

/// What is written down with postings and holds: for whom, why, about what, and when it happened.
struct LedgerNote: Sendable {
    /// The card system that it is done for.
    let cardSystem: CardSystemID
    /// The method by which it came.
    let reason: String
    /// What it is about, such as a sale.
    let reference: ID<Never>?
    /// Business time, as `recordedAt`; earlier for what is brought in later.
    let eventAt: Instant
    let recordedAt: Instant
}

extension LedgerFailure {
    /// What a method throws: the refusal itself, or the fault, which is an error of ours.
    var thrown: any Error {
        switch self {
        case .refused(let refusal): refusal
        case .fault: self
        }
    }
}
