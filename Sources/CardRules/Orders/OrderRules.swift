/// Where an order for new pass holders is.
public enum OrderState: String, Sendable, CaseIterable {
    /// Nobody is registered before the price is paid.
    case pendingPayment
    /// The people are pass holders; the main one has no login yet.
    case pendingLoginLink
    case completed
    /// Given up, or not paid in time.
    case cancelled
}

/// What may be done with an order.
public enum OrderRules {
    /// How many people beside the main one an order is for at most.
    public static let mostExtra = 9

    /// ORD-02: the state that an order begins in.
    public static func firstState(totalCents: Int) -> OrderState {
        totalCents > 0 ? .pendingPayment : .pendingLoginLink
    }

    /// ORD-02: everything that is against taking a payment for it.
    ///
    /// - Parameter paidOn: The day that the bank tells.
    public static func reasonsAgainstPayment(
        of cents: Int, on paidOn: CivilDate, state: OrderState, totalCents: Int, today: CivilDate
    ) -> [Reason] {
        var reasons = reasonsAgainstEnd(of: state)
        let due = Reason.Detail("totalCents", .number(totalCents))
        if cents < totalCents { reasons.append(Reason(.paymentTooSmall, at: "/amountCents", due)) }
        if cents > totalCents { reasons.append(Reason(.paymentTooLarge, at: "/amountCents", due)) }
        if paidOn > today { reasons.append(Reason(.paymentInFuture, at: "/paidOn")) }
        return reasons
    }

    /// ORD-02: only an order that waits for its payment is paid or cancelled.
    public static func reasonsAgainstEnd(of state: OrderState) -> [Reason] {
        state == .pendingPayment ? [] : [Reason(.orderNotPending, at: nil, .init("state", .text(state.rawValue)))]
    }
}
