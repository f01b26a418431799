/// What an advantage is given for.
public enum AdvantageType: String, Sendable, Hashable, CaseIterable {
    /// For becoming a member; taken later, once, for nothing (ADV-14).
    case welcome
    /// In exchange for points.
    case exchange
}

public enum AdvantageStatus: String, Sendable, Hashable, CaseIterable {
    case active
    /// Cannot be taken, until it is active again.
    case inactive
    /// For good: it is there for what was taken of it only.
    case deleted
}

/// What an exchange advantage is (ADV-01).
public enum AdvantageCategory: String, Sendable, Hashable, CaseIterable {
    case foodAndDrink, activity, gadget, goodCause
}

/// What an advantage says of who may take it, when, where, how often and for how much.
public struct AdvantageTerms: Sendable, Hashable {
    public var type: AdvantageType
    public var status: AdvantageStatus
    /// When it came to be: nobody is welcomed who was a member before.
    public var enteredAt: Instant
    /// Since when the municipality that offers it takes part; `nil` if it is none, or is not said.
    public var joinedOn: CivilDate?
    /// Who becomes a member on these days is welcomed.
    public var granting: DayPeriod
    /// It can be taken on these days (ADV-05).
    public var exchange: DayPeriod
    /// What it costs; 0 for a welcome.
    public var points: Int
    /// How many there are; `nil` = unlimited, 0 = none.
    public var units: Int?
    /// What one holder may take in a period; of a welcome 1 ever.
    public var holderLimit: PeriodLimit?
    /// What all holders together may take in a period.
    public var totalLimit: PeriodLimit?
    /// Whose residents may take it; empty = everybody (ADV-15).
    public var municipalities: Set<MunicipalityID>
    /// Whose members may take it; `nil` = any member (ADV-09).
    public var cardSystems: Set<CardSystemID>?
    /// Where it is taken; empty = at all counters of those card systems.
    public var counters: Set<CounterID>
    /// It can be taken online too (ADV-16).
    public var isOnline: Bool
    /// A code goes with it (ADV-12).
    public var hasCodes: Bool
    /// The administration is told when fewer codes are left.
    public var codeWarningBelow: Int

    public init(
        type: AdvantageType, status: AdvantageStatus = .active, enteredAt: Instant, joinedOn: CivilDate? = nil,
        granting: DayPeriod = .always, exchange: DayPeriod = .always, points: Int, units: Int? = nil,
        holderLimit: PeriodLimit? = nil, totalLimit: PeriodLimit? = nil, municipalities: Set<MunicipalityID> = [],
        cardSystems: Set<CardSystemID>? = nil, counters: Set<CounterID> = [], isOnline: Bool = false,
        hasCodes: Bool = false, codeWarningBelow: Int = 0
    ) {
        (self.type, self.status, self.enteredAt, self.joinedOn) = (type, status, enteredAt, joinedOn)
        (self.granting, self.exchange, self.points, self.units) = (granting, exchange, points, units)
        (self.holderLimit, self.totalLimit, self.municipalities) = (holderLimit, totalLimit, municipalities)
        (self.cardSystems, self.counters, self.isOnline) = (cardSystems, counters, isOnline)
        (self.hasCodes, self.codeWarningBelow) = (hasCodes, codeWarningBelow)
    }

    /// Whether members of a card system may take it (ADV-09).
    public func applies(to cardSystem: CardSystemID) -> Bool { cardSystems?.contains(cardSystem) ?? true }

    /// ADV-14, R-143: whether who became a member of a card system at an instant was welcomed: from the entry of the
    /// advantage on, in the granting period, not before the municipality joined.
    public func isGranted(toMemberOf cardSystem: CardSystemID, since: Instant) -> Bool {
        let day = Brussels.date(since)
        return applies(to: cardSystem) && enteredAt <= since && granting.contains(day) && (joinedOn ?? day) <= day
    }

    /// S16: whether the administration is told that few codes are left.
    public func isCodeStockLow(_ codesLeft: Int) -> Bool { hasCodes && codesLeft < codeWarningBelow }
}
