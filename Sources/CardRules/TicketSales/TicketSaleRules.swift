/// Where a ticket sale is in its life.
public enum TicketSaleStatus: String, Sendable, Hashable, CaseIterable {
    /// The place is kept for a while.
    case reserved
    case confirmed
    /// The while is over.
    case lapsed
    case cancelled
}

/// What is known of a sale that is to be changed.
public struct TicketSaleFacts: Sendable, Hashable {
    /// As it is stored: a reservation whose time is over may not have been swept yet.
    public var stored: TicketSaleStatus
    public var reservedUntil: Instant?
    public var soldAt: Instant
    /// How long the card system's settlement takes together what was sold.
    public var settlementPeriod: PeriodLimit.Period

    public init(
        stored: TicketSaleStatus, reservedUntil: Instant?, soldAt: Instant, settlementPeriod: PeriodLimit.Period
    ) {
        (self.stored, self.reservedUntil, self.soldAt) = (stored, reservedUntil, soldAt)
        self.settlementPeriod = settlementPeriod
    }

    public func status(at instant: Instant) -> TicketSaleStatus {
        if stored == .reserved, let reservedUntil, reservedUntil <= instant { return .lapsed }
        return stored
    }

    /// Whether the settlement of what was sold then is over.
    public func isPeriodClosed(at instant: Instant) -> Bool {
        guard let free = PeriodLimit(volume: 1, per: settlementPeriod)?.freesAgain(at: soldAt) else { return false }
        return free <= instant
    }
}

/// What may become of a ticket sale: reserved → confirmed or lapsed; confirmed → cancelled, and back.
public enum TicketSaleRules {
    /// The most tickets that one call sells.
    public static let maximumTickets = 200

    /// TS-08: a reservation is confirmed while it lasts.
    public static func reasonsAgainstConfirming(
        _ sale: TicketSaleFacts, at instant: Instant, pointer: String
    ) -> [Reason] {
        switch sale.status(at: instant) {
        case .reserved: []
        case .confirmed: [Reason(.ticketSaleNotReserved, at: pointer)]
        case .lapsed: [Reason(.ticketSaleLapsed, at: pointer)]
        case .cancelled: [Reason(.ticketSaleNotFound, at: pointer)]
        }
    }

    /// TS-09, R-108: what is cancelled or lapsed is not found. A counter cancels until the settlement period closes and
    /// needs no reason; an administrator always gives one.
    public static func reasonsAgainstCancelling(
        _ sale: TicketSaleFacts, byAdministrator isAdministrator: Bool, because reason: String?, at instant: Instant,
        pointer: String
    ) -> [Reason] {
        switch sale.status(at: instant) {
        case .cancelled, .lapsed: return [Reason(.ticketSaleNotFound, at: pointer)]
        case .reserved, .confirmed: break
        }
        if isAdministrator { return reason == nil ? [Reason(.ticketSaleReasonNeeded, at: "/reason")] : [] }
        return sale.isPeriodClosed(at: instant) ? [Reason(.ticketSalePeriodClosed, at: pointer)] : []
    }

    /// The undo of the undo: only what was cancelled is sold again.
    public static func reasonsAgainstRestoring(
        _ sale: TicketSaleFacts, at instant: Instant, pointer: String
    ) -> [Reason] {
        sale.status(at: instant) == .cancelled ? [] : [Reason(.ticketSaleNotCancelled, at: pointer)]
    }

    /// TS-04, R-102: how many tickets of one tariff somebody takes for one event at once. One is always possible, for
    /// whether there is any is another question.
    public static func reasonsAgainst(tickets: Int, to buyer: TicketBuyer, pointer: String)
        -> [Reason]
    {
        guard case .person = buyer, tickets > 1 else { return [] }
        return [Reason(.ticketSaleTooManyTickets, at: pointer)]
    }

    /// TAR-10, R-106: everything about card and person that is against selling them anything.
    public static func reasonsAgainstBuying(
        card: CardStatus, isPersonBlocked: Bool, hasActiveMembership: Bool, pointer: String
    ) -> [Reason] {
        var reasons: [Reason] = []
        if var reason = card.reasonAgainstUse {
            reason.pointer = pointer
            reasons.append(reason)
        }
        if isPersonBlocked { reasons.append(Reason(.passHolderBlocked, at: pointer)) }
        if !hasActiveMembership { reasons.append(Reason(.membershipNoneActive, at: pointer)) }
        return reasons
    }
}
