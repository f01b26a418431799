/// What is known of a group's pass. It buys tickets, and does nothing else (GRP-04).
public struct GroupPassFacts: Sendable, Hashable {
    /// The last day; `nil` for a pass that never expires.
    public var endDate: CivilDate?
    /// It buys at the opportunity tariff; without, on coupons only.
    public var hasOpportunity: Bool
    /// Tickets that are left of the calendar year, 0 or more.
    public var remaining: Int

    public init(endDate: CivilDate?, hasOpportunity: Bool, remaining: Int) {
        (self.endDate, self.hasOpportunity, self.remaining) = (endDate, hasOpportunity, remaining)
    }

    /// without an end date it never expires; with one, the day after, for groups have no grace.
    public func status(on today: CivilDate) -> GroupPassStatus {
        guard let endDate, endDate < today else { return .active }
        return .expired
    }

    /// GRP-03: tickets at the opportunity tariff that the group may still buy; none once it has expired.
    public func availableTickets(on today: CivilDate) -> Int {
        hasOpportunity && status(on: today) == .active ? remaining : 0
    }
}

/// Whether a group's pass can be used.
public enum GroupPassStatus: String, Sendable, CaseIterable {
    case active, expired
}
