/// What a distribution key says from an instant on, until the next term begins.
public struct DistributionKeyTerm: Sendable, Hashable {
    public var id: DistributionKeyTermID
    public var key: DistributionKeyID
    public var name: String
    public var validFrom: Instant
    /// Applied without being chosen for an event.
    public var isAutomatic: Bool
    public var discount: Discount
    public var conditions: PriceConditions
    /// Above it the key gives nothing, in cents.
    public var maximumRegularPrice: Int?
    public var shares: PayerShares

    public init(
        id: DistributionKeyTermID, key: DistributionKeyID, name: String, validFrom: Instant, isAutomatic: Bool,
        discount: Discount, conditions: PriceConditions, maximumRegularPrice: Int?, shares: PayerShares
    ) {
        (self.id, self.key, self.name, self.validFrom) = (id, key, name, validFrom)
        (self.isAutomatic, self.discount, self.conditions) = (isAutomatic, discount, conditions)
        (self.maximumRegularPrice, self.shares) = (maximumRegularPrice, shares)
    }

    /// Whether nothing speaks against the key for a buyer and a regular price in cents.
    public func fits(_ buyer: Buyer, regularPrice: Int) -> Bool {
        maximumRegularPrice.map { regularPrice <= $0 } ?? true
            && conditions.tried(buyer, regularPrice: regularPrice).allSatisfy(\.holds)
    }
}

/// The keys of a card system for one event, in the order in which they go.
public struct EventKeys: Sendable, Hashable {
    /// Chosen for the event.
    public var chosen: [DistributionKeyTerm]
    /// The key of the counter that organizes it.
    public var ofCounter: DistributionKeyTerm?
    public var automatic: [DistributionKeyTerm]

    public init(chosen: [DistributionKeyTerm], ofCounter: DistributionKeyTerm?, automatic: [DistributionKeyTerm]) {
        (self.chosen, self.ofCounter, self.automatic) = (chosen, ofCounter, automatic)
    }

    /// R-133, TAR-04: the key that gives the price: one chosen for the event beats the counter's, and that an automatic
    /// one. Among equals the lowest price for the holder, then the name. One whose conditions fail does not fit.
    public func best(for buyer: Buyer, regularPrice: Int) -> DistributionKeyTerm? {
        for rank in [chosen, ofCounter.map { [$0] } ?? [], automatic] {
            let fitting = rank.filter { $0.fits(buyer, regularPrice: regularPrice) }
            let best = fitting.min {
                let (left, right) = (
                    $0.discount.holderPrice(of: regularPrice), $1.discount.holderPrice(of: regularPrice)
                )
                return left == right ? $0.name < $1.name : left < right
            }
            if let best { return best }
        }
        return nil
    }
}
