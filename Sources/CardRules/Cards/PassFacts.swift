/// What is known of a pass that is looked up.
public struct PassFacts: Sendable, Hashable {
    public var cardStatus: CardStatus
    /// `nil` for a card of nobody and for a group pass.
    public var holder: Holder?
    /// The group whose pass it is, if that is of a card system that the counter works in.
    public var ownGroup: GroupPassID?

    /// What is known of the person.
    public struct Holder: Sendable, Hashable {
        public var id: PassHolderID
        public var isBlocked: Bool
        /// There is a membership in a card system that the counter works in.
        public var isOwn: Bool
        /// Those in card systems that the counter works in.
        public var cards: [OwnCard]

        public init(id: PassHolderID, isBlocked: Bool, isOwn: Bool, cards: [OwnCard] = []) {
            (self.id, self.isBlocked, self.isOwn, self.cards) = (id, isBlocked, isOwn, cards)
        }
    }

    public init(cardStatus: CardStatus, holder: Holder?, ownGroup: GroupPassID? = nil) {
        (self.cardStatus, self.holder, self.ownGroup) = (cardStatus, holder, ownGroup)
    }

    /// NUM-04, NUM-05: everything that is against showing the pass. It tells the card's status, and of own card systems
    /// whose card it is, a person's or a group's, and which others there are, which leads the counter
    /// on.
    ///
    /// - Parameter pointer: The parameter that names the pass.
    public func reasons(pointer: String) -> [Reason] {
        var reasons: [Reason] = []
        if var reason = cardStatus.reasonAgainstUse {
            reason.pointer = pointer
            reason.details = [.init("status", .text(cardStatus.rawValue))]
            if let holder, holder.isOwn {
                reason.details.append(.init("passHolderId", .text(holder.id.text)))
                if holder.cards.count > 1 { reason.details.append(OwnCard.detail(holder.cards)) }
            }
            if let ownGroup { reason.details.append(.init("groupPassId", .text(ownGroup.text))) }
            reasons.append(reason)
        }
        if holder?.isBlocked == true { reasons.append(Reason(.passHolderBlocked, at: pointer)) }
        return reasons
    }
}
