/// A card as the manufacturer delivers it.
public struct NewCard: Sendable, Hashable {
    public let number: CardNumber
    public let chip: ChipNumber?

    public init(number: CardNumber, chip: ChipNumber?) { (self.number, self.chip) = (number, chip) }
}

/// What cards may be brought into stock.
public enum StockRules {
    /// NUM-11: everything that is against each card of a delivery, nothing if it may come in. No two cards share a
    /// number or a chip, whether the other one exists already or comes earlier in the delivery. One that may not come
    /// in takes nothing from those after it.
    ///
    /// - Returns: The reasons of each card, in their order; pointers are those of the card.
    public static func check(
        _ cards: [NewCard], existingNumbers: Set<CardNumber>, existingChips: Set<ChipNumber>
    ) -> [[Reason]] {
        var (numbers, chips) = (existingNumbers, existingChips)
        return cards.map { card in
            var reasons: [Reason] = []
            if numbers.contains(card.number) { reasons.append(Reason(.cardNumberTaken, at: "/number")) }
            if let chip = card.chip, chips.contains(chip) { reasons.append(Reason(.cardChipTaken, at: "/chipNumber")) }
            if reasons.isEmpty {
                numbers.insert(card.number)
                if let chip = card.chip { chips.insert(chip) }
            }
            return reasons
        }
    }
}
