/// What is known when a card is held against a pillar, or scanned at a counter, for an event.
public struct CheckInFacts: Sendable, Hashable {
    public var cardStatus: CardStatus
    public var isGroupPass: Bool
    /// Whose card it is; `nil` for a card of nobody and for a group pass.
    public var holder: Holder?
    /// Of the event, for one holder; `nil` if it has none.
    public var limit: PeriodLimit?
    /// What the event gives, 0 to 20.
    public var eventPoints: Int
    /// What is against a check-in of anybody: the event's usability and its window.
    public var eventReasons: [Reason]

    public init(
        cardStatus: CardStatus, isGroupPass: Bool, holder: Holder?, limit: PeriodLimit?, eventPoints: Int,
        eventReasons: [Reason]
    ) {
        (self.cardStatus, self.isGroupPass, self.holder) = (cardStatus, isGroupPass, holder)
        (self.limit, self.eventPoints, self.eventReasons) = (limit, eventPoints, eventReasons)
    }

    /// What is known of the person.
    public struct Holder: Sendable, Hashable {
        public var isBlocked: Bool
        /// In any card system, as points are saved everywhere (CHK-11).
        public var hasActiveMembership: Bool
        /// Check-ins at the event in the limit's current period, without the cancelled ones.
        public var usedInPeriod: Int
        /// One more than the highest slot that is taken in the period, 0 if none is. It is more than `usedInPeriod`
        /// after an earlier check-in was cancelled.
        public var nextSlot: Int
        /// On the account of saved points.
        public var balance: Int
        /// On the account of owed points.
        public var pointsOwed: Int

        public init(
            isBlocked: Bool, hasActiveMembership: Bool, usedInPeriod: Int, nextSlot: Int, balance: Int, pointsOwed: Int
        ) {
            (self.isBlocked, self.hasActiveMembership) = (isBlocked, hasActiveMembership)
            (self.usedInPeriod, self.nextSlot) = (usedInPeriod, nextSlot)
            (self.balance, self.pointsOwed) = (balance, pointsOwed)
        }
    }
}

/// A check-in that is allowed, and what it leaves behind.
public struct CheckInDecision: Sendable, Hashable {
    /// What the event gives.
    public var points: Int
    /// The part of the points that pays what was owed.
    public var paidOwed: Int
    /// What is on the account of saved points then.
    public var newBalance: Int
    /// What is on the account of owed points then.
    public var newOwed: Int
    /// The first day of the limit's period; `nil` without a limit.
    public var periodStart: CivilDate?
    /// The place in the period that the check-in takes, which only one can have; `nil` without a limit.
    public var slot: Int?

    /// The balance that is shown: negative while more is owed than saved.
    public var shownBalance: Int { newBalance - newOwed }

    /// What to post, nothing for an event without points.
    public var flows: [PointsFlow] {
        [
            PointsFlow(debit: .issued, credit: .owed, points: paidOwed),
            PointsFlow(debit: .issued, credit: .holder, points: points - paidOwed),
        ].filter { $0.points > 0 }
    }
}
