import CardRules
import JSONRPC
import Postgres

enum OrderConfirmPayment: Method {
    static let declaration = Declaration(
        "order.confirmPayment", .writes, by: [.cardSystemAdministrator, .operator],
        "Confirms a payment that was seen on the account; the people of the order are pass holders then (ORD-02).",
        details:
            "All of them or none, with digital cards, checked once more; prices stay as ordered. The main "
            + "person is mailed registration tokens; the order is completed once he has linked his login.",
        refusals: [
            .orderNotFound, .orderNotPending, .paymentTooSmall, .paymentTooLarge, .paymentInFuture,
        ] + OnlineRegistration.refusals.filter { $0 != .priceUnknown })

    struct Params: Parameters {
        let order: RegistrationOrderID?
        let communication: StructuredCommunication?
        let amountCents: Int
        let paidOn: CivilDate
        let reference: String

        init(from reader: inout ParameterReader) {
            order = reader.optional("orderId", "The order; or give its communication.")
            communication = reader.optional("communication", "What the transfer said.")
            let amount: Bounded<Cents> = reader.required("amountCents", "What was paid, in cents.")
            amountCents = amount.value
            paidOn = reader.required("paidOn", "The day that the bank tells.")
            reference = reader.required("reference", "What the bank calls the transfer.")
            if reader.problems.isEmpty, (order == nil) == (communication == nil) {
                reader.refuse("orderId", "give either orderId or communication")
            }
        }
    }

    enum Cents: IntegerRange { static let range = 1...100_000_000 }

    static func run(_ params: Params, in call: Call) throws -> OrderView {
        let condition: SQL = params.order.map { "o.id = \($0)" } ?? "o.communication = \(params.communication)"
        let row = try call.transaction.first(
            """
            select o.id, o.card_system_id, o.state, o.total_cents from registration_order o
            where \(fragment: condition) and \(fragment: call.serves(column: "o.card_system_id")) for update
            """)
        guard let row else {
            throw Refusal(.orderNotFound, at: params.order == nil ? "/communication" : "/orderId")
        }
        let (id, cardSystem): (RegistrationOrderID, CardSystemID) = (try row["id"], try row["card_system_id"])
        call.audit.cardSystem = cardSystem
        call.audit.object(id)
        let against = OrderRules.reasonsAgainstPayment(
            of: params.amountCents, on: params.paidOn, state: try row["state"], totalCents: try row["total_cents"],
            today: Brussels.date(call.now))
        try against.refuse()
        let people = try OrderPeople.registrations(of: id, in: cardSystem, call)
        try OrderPeople.reasons(against: people, in: call).map(Self.placed).refuse()
        try call.transaction.execute(
            """
            update registration_order set state = \(OrderState.pendingLoginLink), paid_cents = \(params.amountCents),
                paid_on = \(params.paidOn), payment_reference = \(params.reference),
                confirmed_by = \(call.caller.accountID), confirmed_at = \(call.now), version = version + 1
            where id = \(id)
            """)
        try OrderPeople.register(id, people, in: call)
        return try call.order(id)
    }

    /// Who it is about and why, as a detail: what was ordered is no parameter here.
    private static func placed(_ reason: Reason) -> Reason {
        var reason = reason
        if let pointer = reason.pointer { reason.details.append(.init("ordered", .text(pointer))) }
        reason.pointer = nil
        return reason
    }
}
