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

/// A step in a card's life: the only ways from one status to another. Each that is taken is written down.
public enum CardStep: String, Sendable, CaseIterable {
    /// The card is ordered from its maker.
    case order
    /// The card comes to the administration without having been ordered here.
    case add
    /// A digital card is made, for its holder.
    case make
    /// The card that was ordered arrives at the administration.
    case deliver
    /// The administration hands it over to a counter.
    case handOver
    /// The counter confirms that it came.
    case receive
    /// It goes back to the administration.
    case takeBack
    /// A counter hands it over to another one, which confirms that it came.
    case passOn
    /// The counter hands it out.
    case activate
    case block
    case unblock
    /// It is done with: it was blocked, or is damaged and was never handed out.
    case delete

    /// The statuses from one of which it is taken; none where a card's life begins.
    public var from: Set<CardStatus> {
        switch self {
        case .order, .add, .make: []
        case .deliver: [.provisioned]
        case .handOver: [.stock]
        case .receive: [.sent]
        case .takeBack: [.sent, .localStock]
        case .passOn, .activate: [.localStock]
        case .block: [.active]
        case .unblock: [.blocked]
        case .delete: [.blocked, .stock, .localStock]
        }
    }

    /// The status that the card has then.
    public var to: CardStatus {
        switch self {
        case .order: .provisioned
        case .add, .deliver, .takeBack: .stock
        case .handOver, .passOn: .sent
        case .receive: .localStock
        case .make, .activate, .unblock: .active
        case .block: .blocked
        case .delete: .deleted
        }
    }
}
