/// What is known of a card when something is done with it.
public struct CardFacts: Sendable, Hashable {
    public var status: CardStatus
    public var cardSystem: CardSystemID
    /// Where it was handed over to; `nil` before that.
    public var counter: CounterID?

    public init(status: CardStatus, cardSystem: CardSystemID, counter: CounterID?) {
        (self.status, self.cardSystem, self.counter) = (status, cardSystem, counter)
    }

    /// Everything that is against a step, nothing if it may be taken. A card is received and handed out by the counter
    /// that it was handed over to (REG-02, R-012, R-013); the other steps are nobody's place.
    ///
    /// - Parameters:
    ///   - counter: The acting counter; `nil` for an administrator, who acts for any.
    ///   - pointer: The parameter that names the card.
    public func reasons(against step: CardStep, at counter: CounterID?, pointer: String) -> [Reason] {
        var reasons: [Reason] = []
        if status != step.transition.from {
            var reason = reasonAgainstStatus(for: step)
            reason.pointer = pointer
            reasons.append(reason)
        }
        if step == .receive || step == .activate, let counter, counter != self.counter {
            reasons.append(Reason(.cardNotAtCounter, at: pointer))
        }
        return reasons
    }

    private func reasonAgainstStatus(for step: CardStep) -> Reason {
        switch step {
        case .deliver, .handOver, .receive: Reason(.cardWrongStatus, at: nil, status.detail)
        case .activate: Reason(.cardNotInStock, at: nil, status.detail)
        case .block: status.reasonAgainstUse!
        case .unblock, .delete: Reason(.cardNotBlocked, at: nil, status.detail)
        }
    }
}
