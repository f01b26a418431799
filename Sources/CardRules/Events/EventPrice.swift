/// One price that an event's document lists.
public struct EventPrice: Sendable, Hashable {
    /// What kind of price it is.
    public enum Category: String, Sendable, Hashable, CaseIterable {
        /// What everybody pays who has no reduction.
        case base
        case tariff
        case uitpas
    }

    public let category: Category
    public let name: LocalizedText
    /// At least 0, at most 10^8.
    public let cents: Int

    public init(category: Category, name: LocalizedText, cents: Int) {
        (self.category, self.name, self.cents) = (category, name, cents)
    }
}
