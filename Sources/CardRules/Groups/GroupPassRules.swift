/// What may be done with a group's pass. Pointers are those of the methods' parameters.
public enum GroupPassRules {
    /// GRP-03: a new end date lies today or later, and after the one there was.
    ///
    /// - Parameters:
    ///   - new: `nil` for a pass that never expires.
    ///   - old: The end date until now; `nil` for a new pass and for one that never expired.
    public static func reasons(endDate new: CivilDate?, after old: CivilDate?, on today: CivilDate) -> [Reason] {
        guard let new, new < today || old.map({ new <= $0 }) == true else { return [] }
        return [Reason(.endDateTooEarly, at: "/endDate")]
    }

    /// GRP-03: what is left of a year never falls below none.
    public static func reasons(change: Int, toRemaining remaining: Int) -> [Reason] {
        guard remaining + change < 0 else { return [] }
        return [Reason(.groupPassAllowanceTooSmall, at: "/change", .init("remaining", .number(remaining)))]
    }

    /// the card that a group gets lies in the drawer, and was made for groups with or without
    /// opportunity, as this one is.
    ///
    /// - Parameters:
    ///   - card: `nil` if no card has the number.
    ///   - counter: The acting counter; `nil` for an administrator.
    public static func reasons(
        handingOut card: CardFacts?, _ number: CardNumber, in cardSystem: CardSystemID, hasOpportunity: Bool,
        at counter: CounterID?
    ) -> [Reason] {
        guard let card else { return [Reason(.cardNotFound, at: "/cardNumber")] }
        var reasons = card.reasons(against: .activate, at: counter, pointer: "/cardNumber")
        if card.cardSystem != cardSystem { reasons.append(Reason(.cardOtherCardSystem, at: "/cardNumber")) }
        if number.isOpportunity != hasOpportunity { reasons.append(Reason(.cardStatusMismatch, at: "/cardNumber")) }
        return reasons
    }
}
