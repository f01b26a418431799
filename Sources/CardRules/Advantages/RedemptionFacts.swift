/// What is known when somebody wants to take an advantage.
public struct RedemptionFacts: Sendable, Hashable {
    public var advantage: AdvantageTerms
    public var stock: Stock
    public var place: Place
    /// The card that is shown; `nil` for a holder who is logged in and has none.
    public var card: Card?
    /// Whose card it is, or who is logged in; `nil` for a card of nobody and for a group pass.
    public var holder: Holder?

    public init(advantage: AdvantageTerms, stock: Stock, place: Place, card: Card?, holder: Holder?) {
        (self.advantage, self.stock, self.place) = (advantage, stock, place)
        (self.card, self.holder) = (card, holder)
    }

    /// What was taken of the advantage, without what was cancelled.
    public struct Stock: Sendable, Hashable {
        public var unitsTaken: Int
        /// By all holders, in the current period of the limit over all of them.
        public var takenInPeriod: Int
        /// Codes that are still to be had.
        public var codesLeft: Int

        public init(unitsTaken: Int, takenInPeriod: Int = 0, codesLeft: Int = 0) {
            (self.unitsTaken, self.takenInPeriod, self.codesLeft) = (unitsTaken, takenInPeriod, codesLeft)
        }
    }

    /// Where it is taken.
    public enum Place: Sendable, Hashable {
        /// At a counter, which acts for these card systems.
        case counter(CounterID, cardSystems: Set<CardSystemID>)
        /// By the holder himself, who is logged in.
        case online
        /// It is not taken yet: wherever it can be.
        case anywhere
    }

    public struct Card: Sendable, Hashable {
        public var status: CardStatus
        public var isGroupPass: Bool

        public init(status: CardStatus, isGroupPass: Bool = false) {
            (self.status, self.isGroupPass) = (status, isGroupPass)
        }
    }

    /// What is known of the person.
    public struct Holder: Sendable, Hashable {
        public var isBlocked: Bool
        /// The card systems of which he is an active member, and since when.
        public var memberships: [CardSystemID: Instant]
        /// The municipalities, of whichever card systems, that his postal code belongs to.
        public var municipalities: Set<MunicipalityID>
        /// What he took of the advantage in the current period of his limit, without the cancelled ones.
        public var takenInPeriod: Int
        /// One more than the highest slot that is taken in the period, 0 if none is.
        public var nextSlot: Int
        /// On the account of saved points.
        public var balance: Int
        /// On the account of owed points.
        public var pointsOwed: Int

        public init(
            isBlocked: Bool = false, memberships: [CardSystemID: Instant], municipalities: Set<MunicipalityID> = [],
            takenInPeriod: Int = 0, nextSlot: Int = 0, balance: Int, pointsOwed: Int = 0
        ) {
            (self.isBlocked, self.memberships, self.municipalities) = (isBlocked, memberships, municipalities)
            (self.takenInPeriod, self.nextSlot) = (takenInPeriod, nextSlot)
            (self.balance, self.pointsOwed) = (balance, pointsOwed)
        }
    }
}

/// An advantage that can be taken, and what taking it leaves behind.
public struct RedemptionDecision: Sendable, Hashable {
    /// What it costs, 0 for a welcome.
    public var points: Int
    /// What is on the account of saved points then.
    public var newBalance: Int
    /// The first day of the period of the holder's limit; `nil` without a limit.
    public var periodStart: CivilDate?
    /// The place in that period that it takes, which only one can have; `nil` without a limit.
    public var slot: Int?
    /// The first day of the period of the limit over all holders; `nil` without a limit.
    public var totalPeriodStart: CivilDate?
    /// One of the codes is handed out.
    public var takesCode: Bool
    /// The administration is to be told that few codes are left.
    public var isCodeStockLow: Bool

    /// What to post, nothing for a welcome.
    public var flows: [PointsFlow] {
        points > 0 ? [PointsFlow(debit: .holder, credit: .spent, points: points)] : []
    }
}
