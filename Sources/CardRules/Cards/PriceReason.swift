/// Why a card is issued: what its price depends on, and what its history says (R-053, R-061, R-065, MEM-09).
public enum PriceReason: String, Sendable, CaseIterable {
    /// At registration.
    case firstCard
    /// A card of its own for another card system, or for a membership that has none.
    case extraCard
    /// Another card system, with the card that the person has.
    case cardUpgrade
    case obtainOpportunityStatus
    case loseOpportunityStatus
    case lossOrTheft
    case defect
    /// The person moved to another region.
    case removal
}
