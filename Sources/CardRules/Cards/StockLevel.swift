/// What a counter has of one kind of card, and whether it runs low.
public struct StockLevel: Sendable, Hashable {
    /// In its drawer.
    public var localStock: Int
    /// On their way to it.
    public var sent: Int
    /// Fewer than this in the drawer is low; 0 is never low.
    public var minimum: Int

    public init(localStock: Int, sent: Int, minimum: Int) {
        (self.localStock, self.sent, self.minimum) = (localStock, sent, minimum)
    }

    public var isLow: Bool { localStock < minimum }

    /// How many to send or order: a low drawer is filled up to twice its minimum, with what is on its way counted.
    public var proposal: Int { isLow ? max(0, 2 * minimum - localStock - sent) : 0 }
}
