/// What is known of a card when something is done with it.
public struct CardFacts: Sendable, Hashable {
    public var status: CardStatus
    public var cardSystem: CardSystemID
    /// Where it was handed over to; `nil` before that.
    public var counter: CounterID?
    /// Its holder got another one in its place, or lost what it stood for.
    public var isReplaced: Bool

    public init(status: CardStatus, cardSystem: CardSystemID, counter: CounterID?, isReplaced: Bool = false) {
        (self.status, self.cardSystem, self.counter) = (status, cardSystem, counter)
        self.isReplaced = isReplaced
    }

    /// Everything that is against a step, nothing if it may be taken. What lies in a counter's drawer is moved and
    /// handed out by that counter (REG-02, R-012, R-013); the other steps are nobody's place. A card that was
    /// replaced stays blocked: nobody has two.
    ///
    /// - Parameters:
    ///   - counter: The acting counter; `nil` for an administrator, who acts for any.
    ///   - pointer: The parameter that names the card.
    public func reasons(against step: CardStep, at counter: CounterID?, pointer: String) -> [Reason] {
        var reasons: [Reason] = []
        if !step.from.contains(status) {
            var reason = reasonAgainstStatus(for: step)
            reason.pointer = pointer
            reasons.append(reason)
        }
        if isBoundToCounter(step), let counter, counter != self.counter {
            reasons.append(Reason(.cardNotAtCounter, at: pointer))
        }
        if step == .unblock, isReplaced { reasons.append(Reason(.cardReplaced, at: pointer)) }
        return reasons
    }

    private func isBoundToCounter(_ step: CardStep) -> Bool {
        switch step {
        case .receive, .passOn, .takeBack, .activate: true
        case .delete: status == .stock || status == .localStock
        case .order, .add, .make, .deliver, .handOver, .block, .unblock: false
        }
    }

    private func reasonAgainstStatus(for step: CardStep) -> Reason {
        switch step {
        case .order, .add, .make, .deliver, .handOver, .receive, .takeBack, .passOn, .delete:
            Reason(.cardWrongStatus, at: nil, status.detail)
        case .activate: Reason(.cardNotInStock, at: nil, status.detail)
        case .block: status.reasonAgainstUse!
        case .unblock: Reason(.cardNotBlocked, at: nil, status.detail)
        }
    }
}
