import CardRules
import JSONRPC
import Postgres

/// The people of an order: kept sealed until they are pass holders, or never will be.
enum OrderPeople {
    /// Where the person at a position stands in the parameters; the main one has position 0.
    static func pointer(_ position: Int) -> String { position == 0 ? "/main" : "/extra/\(position - 1)" }

    /// ORD-01: what is against each as a registration, and against two being the same.
    static func reasons(against people: [OnlineRegistration], in call: Call) throws -> [Reason] {
        var (numbers, addresses): (Set<INSZ>, Set<String>) = ([], [])
        var all: [Reason] = []
        for (position, registration) in people.enumerated() {
            let request = registration.person.request
            var reasons = try registration.reasons(
                least: position == 0 ? OnlineRegistrationRules.leastAge : nil, in: call)
            if let insz = request.insz, !numbers.insert(insz).inserted {
                reasons.append(Reason(.orderPersonTwice, at: "/insz"))
            }
            if let email = request.email, !addresses.insert(email.key).inserted {
                reasons.append(Reason(.emailAlreadyUsed, at: "/email"))
            }
            all += reasons.map { reason in
                var reason = reason
                reason.pointer = pointer(position) + (reason.pointer ?? "")
                return reason
            }
        }
        return all
    }

    static func inserts(
        _ people: [OrderPerson], _ prices: [Int], of order: RegistrationOrderID, in call: Call
    ) throws -> [SQL] {
        try zip(people, prices).enumerated().map { position, item in
            let sealed = try call.services.keys.sealed(
                item.0.json.canonical.bytes, place: place(position, of: order))
            return """
                insert into registration_order_person (order_id, card_system_id, position, price_cents,
                    asks_opportunity, person_sealed)
                values (\(order), \(call.audit.cardSystem), \(position), \(item.1), \(item.0.params.asksOpportunity),
                    \(sealed))
                """
        }
    }

    /// The people as they were ordered, in their order; none once they were erased.
    static func registrations(
        of order: RegistrationOrderID, in cardSystem: CardSystemID, _ call: Call
    ) throws -> [OnlineRegistration] {
        try rows(of: order, in: call).compactMap { row in
            guard let params = try opened(row, of: order, in: call)?.params else { return nil }
            return OnlineRegistration(
                cardSystem: cardSystem, person: params.person, asksOpportunity: params.asksOpportunity,
                ordered: try row["price_cents"])
        }
    }

    /// The people as administrators see them.
    static func views(of order: RegistrationOrderID, in call: Call) throws -> [OrderPersonView] {
        try rows(of: order, in: call).map { row in
            try OrderPersonView(row: row, try opened(row, of: order, in: call)?.params.person)
        }
    }

    private static func rows(of order: RegistrationOrderID, in call: Call) throws -> Rows {
        try call.transaction.query(
            """
            select position, price_cents, person_sealed, asks_opportunity, holder_id from registration_order_person
            where order_id = \(order) order by position
            """)
    }

    private static func opened(_ row: Row, of order: RegistrationOrderID, in call: Call) throws -> OrderPerson? {
        guard let sealed: [UInt8] = try row["person_sealed"] else { return nil }
        let bytes = try call.services.keys.opened(sealed, place: place(try row["position"], of: order))
        return try OrderPerson(parameter: JSON(parsing: bytes))
    }

    /// Makes them pass holders, and mails the main one a token for each. What is against it was looked at before.
    static func register(_ order: RegistrationOrderID, _ people: [OnlineRegistration], in call: Call) throws {
        let expiresAt = call.realNow + .days(OrderMail.tokenDays)
        var lines: [OrderMail.Line] = []
        for (position, registration) in people.enumerated() {
            let made = try registration.register(in: call)
            try call.transaction.execute(
                """
                update registration_order_person set person_sealed = null, holder_id = \(made.holder)
                where order_id = \(order) and position = \(position)
                """)
            lines.append(
                .init(
                    firstName: registration.person.firstName, card: made.card,
                    token: try RegistrationToken.issue(for: made.holder, until: expiresAt, in: call)))
        }
        guard let email = people[0].person.request.email else {
            preconditionFailure("An order's main person has an e-mail address.")
        }
        let language: AccountLanguage = try call.transaction.query(
            "select language from registration_order where id = \(order)")[0][0]
        try call.transaction.run([OrderMail(to: email, language: language, lines: lines).queue(at: call.realNow)])
    }

    private static func place(_ position: Int, of order: RegistrationOrderID) -> String {
        "registration_order_person.person_sealed \(order.text) \(position)"
    }
}
