import CardRules
import JSONRPC
import Postgres

enum OrderCreate: PreparedMethod {
    static let declaration = Declaration(
        "order.create", .writes, by: [.everyone],
        "Orders passes for a main person and others, to be paid by bank transfer (ORD-01, ORD-02).",
        details:
            "Each is checked like a registration; what is against one points at him, such as /extra/0/insz. Nobody "
            + "is a pass holder before the payment is confirmed, or the total is 0. The main person is mailed "
            + "registration tokens then. Of one source 20 a minute and 20 refused ones an hour are let in.",
        refusals: [.cardSystemNotFound, .orderPaymentNotSetUp, .orderPersonTwice] + OnlineRegistration.refusals,
        answersSecret: true)

    struct Params: Parameters {
        let cardSystem: CardSystemID
        let language: AccountLanguage
        /// The main person first.
        let people: [OrderPerson]

        init(from reader: inout ParameterReader) {
            cardSystem = reader.required("cardSystemId", "Where they become members.")
            language = reader.optional("language", default: .nl, "What the main person reads; `nl` if absent.")
            let main: OrderPerson = reader.required("main", "Who orders, with an e-mail address.")
            let extra: [OrderPerson] = reader.optional("extra", default: [], "Others, nine at most.")
            if main.params.person.request.email == nil { reader.refuse("main", "must have an e-mail address") }
            if extra.count > OrderRules.mostExtra { reader.refuse("extra", "must be nine at most") }
            people = [main] + extra
        }
    }

    struct Result: ResultRecord {
        let order: OrderView
        let token: String
        let tokenExpiresAt: Instant

        static let fields: [ResultField<Result>] = [
            .init("order", "What is to be paid, and how.") { $0.order },
            .init("token", "Shown once: for `order.get` and `order.cancel`.") { $0.token },
            .init("tokenExpiresAt", "Until when it holds; real time.") { $0.tokenExpiresAt },
        ]
    }

    static func run(_ params: Params, _ prelude: Prelude) async throws -> Answer {
        let (throttle, peer) = (prelude.services.throttle, prelude.peer)
        try throttle.admit(.order, from: peer)
        do {
            return try await prelude.perform { call in try create(params, in: call) }
        } catch let refusal as Refusal {
            throttle.missed(.order, from: peer)
            throw refusal
        }
    }

    private static func create(_ params: Params, in call: Call) throws -> Result {
        try call.requireCardSystem(params.cardSystem)
        try call.enter(params.cardSystem)
        let people = params.people.map {
            OnlineRegistration(
                cardSystem: params.cardSystem, person: $0.params.person, asksOpportunity: $0.params.asksOpportunity)
        }
        let prices = try people.map { try $0.quote(in: call).price.price ?? 0 }
        let total = prices.reduce(0, +)
        let payment = try OrderPayment(of: params.cardSystem, in: call)
        try (payment.reasons + OrderPeople.reasons(against: people, in: call)).refuse()
        let token = Secret.make(prefix: OrderToken.prefix, bytes: 32)
        let expiresAt = call.realNow + .days(OrderToken.days)
        let id: RegistrationOrderID = call.newID()
        call.audit.object(id)
        let communication = try StructuredCommunication.free(in: call)
        let lapsesAt = Brussels.end(of: Brussels.date(call.now).adding(days: payment.orderDays))
        try call.transaction.execute(
            """
            insert into registration_order (id, card_system_id, state, total_cents, communication, iban, beneficiary,
                language, token_hash, token_expires_at, created_at, lapses_at)
            values (\(id), \(params.cardSystem), \(OrderRules.firstState(totalCents: total)), \(total),
                \(communication), \(payment.account?.iban), \(payment.account?.beneficiary), \(params.language),
                \(Secret.hash(token)), \(expiresAt), \(call.now), \(lapsesAt))
            """)
        _ = try call.transaction.run(OrderPeople.inserts(params.people, prices, of: id, in: call))
        if total == 0 { try OrderPeople.register(id, people, in: call) }
        return Result(order: try call.order(id), token: token, tokenExpiresAt: expiresAt)
    }
}

/// One person of an order: as it was sent, to be kept sealed, and as it was read.
struct OrderPerson: ParameterValue {
    let json: JSON
    let params: OnlinePersonParams

    static var schema: Schema { OnlinePersonParams.schema }
    static var placeholder: OrderPerson { OrderPerson(json: .null, params: .placeholder) }

    private init(json: JSON, params: OnlinePersonParams) { (self.json, self.params) = (json, params) }

    init(parameter: JSON) throws(Unfit) {
        self.init(json: parameter, params: try OnlinePersonParams(parameter: parameter))
    }
}
