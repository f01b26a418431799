import CardRules
import JSONRPC
import Postgres

enum OrderCancel: PreparedMethod {
    static let declaration = Declaration(
        "order.cancel", .writes, by: [.everyone],
        "Gives up an order that is not paid; what it knew of the people is erased (ORD-02).",
        details: "By whoever has its token, or by an administrator of its card system, who has none.",
        refusals: [.orderNotFound, .orderNotPending])

    typealias Result = OrderView

    struct Params: Parameters {
        let order: RegistrationOrderID
        let token: String?
        let reason: String

        init(from reader: inout ParameterReader) {
            order = reader.required("orderId", "The order.")
            token = reader.optional("token", "The order's own; administrators need none.")
            reason = reader.required("reason", "Why; stays with the order.")
        }
    }

    static func run(_ params: Params, _ prelude: Prelude) async throws -> Answer {
        try await prelude.withOrderToken { call in
            let order = try found(params, in: call)
            call.audit.object(params.order)
            let state = try call.lockedState(of: params.order)
            try OrderRules.reasonsAgainstEnd(of: state).refuse()
            try call.transaction.run(
                OrderEnd.statements(
                    "id = \(order.id) and state = 'pendingPayment'", because: params.reason, at: call.now))
            return try call.order(params.order)
        }
    }

    private static func found(_ params: Params, in call: Call) throws -> OrderView {
        let order: OrderView
        if let token = params.token {
            order = try call.order(params.order, token: token)
        } else {
            let administered = call.caller.administered
            let found = try call.asPlatform { try call.order(params.order) }
            guard call.caller.isOperator || administered.contains(found.cardSystem) else {
                throw Refusal(.orderNotFound, at: "/orderId")
            }
            order = found
        }
        try call.enter(order.cardSystem)
        return order
    }
}

/// How orders end that were not paid.
enum OrderEnd {
    /// Cancels orders and erases what they knew of people.
    ///
    /// - Parameter condition: Which ones; they must wait for their payment.
    static func statements(_ condition: SQL, because reason: String, at now: Instant) -> [SQL] {
        [
            """
            with ended as (
                update registration_order set state = 'cancelled', cancelled_at = \(now), cancel_reason = \(reason),
                    version = version + 1
                where \(fragment: condition) returning id
            )
            update registration_order_person set person_sealed = null where order_id in (select id from ended)
            """
        ]
    }

    /// ORD-02: the main person has linked his login, so the order is done.
    static func complete(of holder: PassHolderID, in call: Call) throws {
        _ = try call.asPlatform {
            try call.transaction.execute(
                """
                update registration_order o set state = 'completed', version = version + 1
                from registration_order_person p
                where p.holder_id = \(holder) and p.position = 0 and o.id = p.order_id
                    and o.state = 'pendingLoginLink'
                """)
        }
    }

    /// ORD-02: cancels the orders that were not paid in time. The transaction works as the platform.
    static func lapse(at now: Instant, _ transaction: Transaction) throws {
        _ = try transaction.run(
            statements("state = 'pendingPayment' and lapses_at <= \(now)", because: "lapsed", at: now))
    }
}

extension Call {
    /// Where an order is, held until the transaction ends.
    func lockedState(of order: RegistrationOrderID) throws -> OrderState {
        try transaction.query("select state from registration_order where id = \(order) for update")[0][0]
    }
}
