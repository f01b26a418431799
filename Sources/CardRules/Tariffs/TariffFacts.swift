/// What is known when somebody asks what a ticket costs him.
public struct TariffFacts: Sendable, Hashable {
    /// "Free" is an event without a base price above 0.
    public var isFree: Bool
    /// The limit that the event has for one pass holder.
    public var eventLimit: LimitUse?
    /// Those that the event takes.
    public var cardSystems: [CardSystem]
    public var buyer: TicketBuyer

    public init(isFree: Bool, eventLimit: LimitUse?, cardSystems: [CardSystem], buyer: TicketBuyer) {
        (self.isFree, self.eventLimit, self.cardSystems, self.buyer) = (isFree, eventLimit, cardSystems, buyer)
    }

    /// A card system that the event takes.
    public struct CardSystem: Sendable, Hashable {
        public var id: CardSystemID
        public var name: String
        public var keys: EventKeys
        /// Above it there is no opportunity tariff, in cents (TAR-08).
        public var maximumPrice: Int?
        /// The counter that organizes the event there, and its limit for one pass holder (TS-15).
        public var counter: CounterID?
        public var counterLimit: LimitUse?

        public init(
            id: CardSystemID, name: String, keys: EventKeys, maximumPrice: Int? = nil, counter: CounterID? = nil,
            counterLimit: LimitUse? = nil
        ) {
            (self.id, self.name, self.keys, self.maximumPrice) = (id, name, keys, maximumPrice)
            (self.counter, self.counterLimit) = (counter, counterLimit)
        }
    }
}

/// Who buys a ticket.
public enum TicketBuyer: Sendable, Hashable {
    case person(Person)
    case group(Group)

    public struct Person: Sendable, Hashable {
        /// In whole years.
        public var age: Int
        public var memberships: [Membership]

        public init(age: Int, memberships: [Membership]) { (self.age, self.memberships) = (age, memberships) }
    }

    /// A membership of the person, as it is today.
    public struct Membership: Sendable, Hashable {
        public var cardSystem: CardSystemID
        public var isActive: Bool
        public var opportunity: OpportunityStatus
        /// Of the card system, that he lives in; `nil` if he lives elsewhere.
        public var municipality: MunicipalityID?

        public init(
            cardSystem: CardSystemID, isActive: Bool, opportunity: OpportunityStatus, municipality: MunicipalityID?
        ) {
            (self.cardSystem, self.isActive) = (cardSystem, isActive)
            (self.opportunity, self.municipality) = (opportunity, municipality)
        }

        var isEntitled: Bool {
            if case .active = opportunity { isActive } else { false }
        }
    }

    public struct Group: Sendable, Hashable {
        public var cardSystem: CardSystemID
        public var facts: GroupPassFacts
        public var ticketsPerYear: Int
        /// Of the card system, where the group is at home; `nil` if it is elsewhere.
        public var municipality: MunicipalityID?

        public init(
            cardSystem: CardSystemID, facts: GroupPassFacts, ticketsPerYear: Int, municipality: MunicipalityID?
        ) {
            (self.cardSystem, self.facts) = (cardSystem, facts)
            (self.ticketsPerYear, self.municipality) = (ticketsPerYear, municipality)
        }

        /// the allowance of the year; what a coupon buys is not taken from it.
        public var allowance: LimitUse {
            let volume = max(ticketsPerYear, facts.remaining)
            return LimitUse(.groupAllowance, volume: volume, per: .year, used: volume - facts.remaining)
        }
    }

    /// How a card system sees who buys.
    public func buyer(in cardSystem: CardSystemID, on today: CivilDate) -> Buyer {
        switch self {
        case .person(let person):
            let here = person.memberships.first { $0.cardSystem == cardSystem }
            return Buyer(
                hasOpportunityHere: here?.isEntitled ?? false,
                hasOpportunityAnywhere: person.memberships.contains(where: \.isEntitled), age: person.age,
                municipality: here?.municipality)
        case .group(let group):
            let isEntitled = group.facts.hasOpportunity && group.facts.status(on: today) == .active
            return Buyer(
                hasOpportunityHere: isEntitled && group.cardSystem == cardSystem, hasOpportunityAnywhere: isEntitled,
                age: nil, municipality: group.cardSystem == cardSystem ? group.municipality : nil)
        }
    }
}
