/// Where a card is in its life: provisioned → stock → sent → localStock → active ⇄ blocked → deleted.
public enum CardStatus: String, Sendable, CaseIterable {
    /// Ordered, not delivered yet.
    case provisioned
    /// With the card system's administration.
    case stock
    /// On its way to a counter.
    case sent
    /// At a counter, to be handed out.
    case localStock
    case active
    case blocked
    case deleted

    /// CHK-05, NUM-04, MEM-10: why a card of this status can do nothing now; `nil` if it can.
    public var reasonAgainstUse: Reason? {
        switch self {
        case .active: nil
        case .blocked: Reason(.cardBlocked)
        case .provisioned, .stock, .sent, .localStock, .deleted: Reason(.cardNotActive, at: nil, detail)
        }
    }

    var detail: Reason.Detail { .init("status", .text(rawValue)) }
}

/// What a card is made of.
public enum CardType: String, Sendable, CaseIterable {
    /// Of plastic, with a chip.
    case nfcCard
    case digital
}

/// A step in a card's life: the only ways from one status to another.
public enum CardStep: String, Sendable, CaseIterable {
    /// The card arrives at the administration.
    case deliver
    /// The administration hands it over to a counter.
    case handOver
    /// The counter confirms that it came.
    case receive
    /// The counter hands it out.
    case activate
    case block
    case unblock
    case delete

    /// The status that a card must have, and the one that it has then.
    public var transition: (from: CardStatus, to: CardStatus) {
        switch self {
        case .deliver: (.provisioned, .stock)
        case .handOver: (.stock, .sent)
        case .receive: (.sent, .localStock)
        case .activate: (.localStock, .active)
        case .block: (.active, .blocked)
        case .unblock: (.blocked, .active)
        case .delete: (.blocked, .deleted)
        }
    }
}
