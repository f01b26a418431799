/// Who pays what a pass holder does not.
public enum Payer: String, Sendable, Hashable, CaseIterable {
    /// The counter that organizes the event.
    case organizer
    /// The municipality that the holder lives in.
    case municipality
    /// The region.
    case cardSystem
    /// A third party.
    case partner
}

/// How payers share the rest of a price: in proportion to their weights, in the order in which they stand.
public struct PayerShares: Sendable, Hashable {
    public struct Share: Sendable, Hashable {
        public let payer: Payer
        /// At least 1.
        public let weight: Int

        public init(_ payer: Payer, weight: Int) { (self.payer, self.weight) = (payer, weight) }
    }

    public let shares: [Share]

    /// Refuses none at all, a payer who stands twice, and a weight outside of 1 to 10000.
    public init(_ shares: [Share]) throws(Malformed) {
        if shares.isEmpty { throw Malformed("must name at least one payer") }
        if Set(shares.map(\.payer)).count < shares.count { throw Malformed("must name each payer once") }
        if !shares.allSatisfy({ (1...10_000).contains($0.weight) }) { throw Malformed("must weigh from 1 to 10000") }
        self.shares = shares
    }

    /// One who pays all.
    public init(_ payer: Payer) { shares = [Share(payer, weight: 1)] }

    /// Splits cents by largest remainder, ties to the first: the parts add up exactly.
    public func split(_ cents: Int) -> [(payer: Payer, cents: Int)] {
        let total = shares.reduce(0) { $0 + $1.weight }
        var parts = shares.map { (payer: $0.payer, cents: cents * $0.weight / total) }
        let missing = cents - parts.reduce(0) { $0 + $1.cents }
        let byRemainder = shares.indices.sorted {
            let (left, right) = (cents * shares[$0].weight % total, cents * shares[$1].weight % total)
            return left == right ? $0 < $1 : left > right
        }
        for index in byRemainder.prefix(missing) { parts[index].cents += 1 }
        return parts
    }
}
