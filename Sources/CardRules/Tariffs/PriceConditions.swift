/// Where a status must be for a distribution key to fit.
public enum OpportunityCondition: String, Sendable, Hashable, CaseIterable {
    /// In the card system whose key it is.
    case here
    /// In at least one card system.
    case anyCardSystem
}

/// Conditions on a price; all of them must hold.
public struct PriceConditions: Sendable, Hashable {
    public var opportunity: OpportunityCondition?
    /// The regular price must lie strictly below, in cents.
    public var priceBelow: Int?
    public var ages: AgeBand
    /// Who buys must live in one of these; empty = wherever.
    public var municipalities: Set<MunicipalityID>

    public init(
        opportunity: OpportunityCondition? = nil, priceBelow: Int? = nil, ages: AgeBand = .all,
        municipalities: Set<MunicipalityID> = []
    ) {
        (self.opportunity, self.priceBelow) = (opportunity, priceBelow)
        (self.ages, self.municipalities) = (ages, municipalities)
    }

    /// What a condition is about.
    public enum Name: String, Sendable, Hashable, CaseIterable {
        case opportunityHere, opportunityAnywhere, priceBelow, age, municipality
    }

    /// every condition that is set, and whether it holds for a buyer and a regular price in cents.
    public func tried(_ buyer: Buyer, regularPrice: Int) -> [(name: Name, holds: Bool)] {
        var tried: [(name: Name, holds: Bool)] = []
        switch opportunity {
        case .here: tried.append((.opportunityHere, buyer.hasOpportunityHere))
        case .anyCardSystem: tried.append((.opportunityAnywhere, buyer.hasOpportunityAnywhere))
        case nil: break
        }
        if let priceBelow { tried.append((.priceBelow, regularPrice < priceBelow)) }
        // A group has no age, and so is of none.
        if ages != .all { tried.append((.age, buyer.age.map(ages.contains) ?? false)) }
        if !municipalities.isEmpty {
            tried.append((.municipality, buyer.municipality.map(municipalities.contains) ?? false))
        }
        return tried
    }
}

/// Who buys, as a card system sees him: a pass holder, or a group.
public struct Buyer: Sendable, Hashable {
    /// An entitlement that is active today, grace included, in the card system that asks.
    public var hasOpportunityHere: Bool
    /// The same in at least one card system.
    public var hasOpportunityAnywhere: Bool
    /// In whole years; `nil` for a group.
    public var age: Int?
    /// Of the card system that asks; `nil` for somebody from elsewhere.
    public var municipality: MunicipalityID?

    public init(
        hasOpportunityHere: Bool, hasOpportunityAnywhere: Bool, age: Int?, municipality: MunicipalityID?
    ) {
        (self.hasOpportunityHere, self.hasOpportunityAnywhere) = (hasOpportunityHere, hasOpportunityAnywhere)
        (self.age, self.municipality) = (age, municipality)
    }
}
