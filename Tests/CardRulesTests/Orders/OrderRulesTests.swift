import Testing

@testable import CardRules

@Suite struct OrderRulesTests {
    @Test func `ORD-02 an order that costs nothing waits for no payment`() {
        #expect(OrderRules.firstState(totalCents: 0) == .pendingLoginLink)
        #expect(OrderRules.firstState(totalCents: 1) == .pendingPayment)
    }

    @Test(
        arguments: [
            (500, "2030-06-03", .pendingPayment, []), (499, "2030-06-03", .pendingPayment, [.paymentTooSmall]),
            (501, "2030-06-03", .pendingPayment, [.paymentTooLarge]),
            (500, "2030-06-04", .pendingPayment, [.paymentInFuture]),
            (500, "2030-06-03", .completed, [.orderNotPending]),
            (500, "2030-06-03", .pendingLoginLink, [.orderNotPending]),
            (1, "2030-06-04", .cancelled, [.orderNotPending, .paymentTooSmall, .paymentInFuture]),
        ] as [(Int, String, OrderState, [RefusalKind])])
    func `ORD-02 a payment of the whole price, once`(
        cents: Int, paidOn: String, state: OrderState, kinds: [RefusalKind]
    ) {
        let reasons = OrderRules.reasonsAgainstPayment(
            of: cents, on: CivilDate(text: paidOn)!, state: state, totalCents: 500,
            today: CivilDate(text: "2030-06-03")!)
        #expect(reasons.map(\.kind) == kinds)
    }

    @Test(arguments: OrderState.allCases)
    func `ORD-02 only an order that waits for its payment is cancelled`(state: OrderState) {
        #expect(OrderRules.reasonsAgainstEnd(of: state).isEmpty == (state == .pendingPayment))
    }
}
