/// Which people of a card system may register online without a card.
public enum CardlessRegistrationType: String, Sendable, CaseIterable {
    case all, regular, opportunity, none

    /// REG-20: a municipality decides for its residents' opportunity statuses, the card system for everything.
    ///
    /// - Parameter municipalityAllows: Whether the municipality where the person lives allows it.
    public func allows(opportunity: Bool, cardSystemAllows: Bool, municipalityAllows: Bool) -> Bool {
        guard cardSystemAllows else { return false }
        return switch self {
        case .none: false
        case .regular: !opportunity
        case .opportunity: opportunity && municipalityAllows
        case .all: !opportunity || municipalityAllows
        }
    }
}
