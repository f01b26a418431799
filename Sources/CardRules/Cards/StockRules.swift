/// A card as the manufacturer delivers it.
public struct NewCard: Sendable, Hashable {
    public let number: CardNumber
    public let chip: ChipNumber?

    public init(number: CardNumber, chip: ChipNumber?) { (self.number, self.chip) = (number, chip) }
}

/// What cards may be brought into stock.
public enum StockRules {
    /// NUM-11: everything that is against a delivery, nothing if it may come in. No two cards share a number or a chip,
    /// whether the other one exists already or comes earlier in the delivery.
    ///
    /// - Parameter pointer: The parameter that names a card, by its place in the delivery.
    public static func check(
        _ cards: [NewCard], existingNumbers: Set<CardNumber>, existingChips: Set<ChipNumber>,
        pointer: (Int) -> String
    ) -> [Reason] {
        var (numbers, chips) = (existingNumbers, existingChips)
        var reasons: [Reason] = []
        for (index, card) in cards.enumerated() {
            if !numbers.insert(card.number).inserted {
                reasons.append(Reason(.cardNumberTaken, at: pointer(index) + "/number"))
            }
            if let chip = card.chip, !chips.insert(chip).inserted {
                reasons.append(Reason(.cardChipTaken, at: pointer(index) + "/chipNumber"))
            }
        }
        return reasons
    }
}
