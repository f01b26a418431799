/// What decides, at an instant, what tickets of an event cost pass holders, whoever buys them.
public struct EventTariffFacts: Sendable, Hashable {
    public var event: EventFacts
    /// All prices that the event lists.
    public var prices: [EventPrice]
    /// Tickets of one pass holder at the opportunity tariff; `nil` for no limit.
    public var ticketLimit: PeriodLimit?
    /// Those that the event takes, by id; none if it is no UiTPAS event (EVC-02).
    public var cardSystems: [CardSystemTariffFacts]

    public init(
        event: EventFacts, prices: [EventPrice], ticketLimit: PeriodLimit?, cardSystems: [CardSystemTariffFacts]
    ) {
        (self.event, self.prices) = (event, prices)
        (self.ticketLimit, self.cardSystems) = (ticketLimit, cardSystems)
    }

    /// What everybody pays who has no reduction, in cents; `nil` if the event lists no such price.
    public var basePrice: Int? { prices.first { $0.category == .base }?.cents }

    /// Whether a regular price in cents is one of those that the event lists; those for pass holders are not regular.
    public func lists(regularPrice: Int) -> Bool {
        prices.contains { $0.category != .uitpas && $0.cents == regularPrice }
    }
}

/// What one card system that an event takes says about its tickets at an instant.
public struct CardSystemTariffFacts: Sendable, Hashable {
    public var id: CardSystemID
    public var name: String
    public var keys: EventKeys
    /// The event's organizer, as a counter that works in the card system.
    public var counter: OrganizingCounter
    /// TAR-08: a regular price above it, in cents, has no opportunity tariff; `nil` for no such maximum.
    public var opportunityPriceMaximum: Int?
    /// How long a reservation of tickets lasts.
    public var ticketHold: Instant.Span

    public init(
        id: CardSystemID, name: String, keys: EventKeys, counter: OrganizingCounter, opportunityPriceMaximum: Int?,
        ticketHold: Instant.Span
    ) {
        (self.id, self.name, self.keys, self.counter) = (id, name, keys, counter)
        (self.opportunityPriceMaximum, self.ticketHold) = (opportunityPriceMaximum, ticketHold)
    }
}

/// A counter as the organizer of an event.
public struct OrganizingCounter: Sendable, Hashable {
    public var id: CounterID
    /// `nil` for one that stands in none, or in another card system's.
    public var municipality: MunicipalityID?
    /// TS-15: tickets of one pass holder for all events of the counter; `nil` for no limit.
    public var ticketLimit: PeriodLimit?

    public init(id: CounterID, municipality: MunicipalityID?, ticketLimit: PeriodLimit?) {
        (self.id, self.municipality, self.ticketLimit) = (id, municipality, ticketLimit)
    }
}
