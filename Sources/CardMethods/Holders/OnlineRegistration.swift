import CardRules
import JSONRPC
import Postgres

/// Somebody's registration without a counter, by himself or in an order. The card system must have been entered.
struct OnlineRegistration: Sendable {
    let cardSystem: CardSystemID
    let person: PersonParams
    /// Asks for the opportunity status, which is given later, on proof (OPP-07).
    let asksOpportunity: Bool
    /// What it was ordered at, in cents; `nil` for what the card costs today.
    var ordered: Int?

    /// What can be against one.
    static let refusals: [RefusalKind] = [
        .registrationOnlineNotAllowed, .registrationForeignNotAllowed, .registrationUnderage, .registrationInszRequired,
        .emailAlreadyUsed, .birthDateInFuture, .inszMismatch, .inszTaken, .consentMissing, .termsMissing,
        .optInImpossible, .cityNotOfPostalCode, .priceUnknown,
    ]

    /// Everything that is against it, as at a counter, and what holds beside that (REG-14, REG-15, REG-20).
    ///
    /// - Parameter least: The least age, in years; `nil` for somebody whom another registers.
    func reasons(least: Int?, in call: Call) throws -> [Reason] {
        let today = Brussels.date(call.now)
        let reading = try RegistrationReading(online: cardSystem, person, in: call)
        let online = OnlineRegistrationRules.check(
            person.request, asksOpportunity: asksOpportunity, try facts(in: call), least: least, today: today)
        return try online + (ordered == nil ? quote(in: call).price.reasonsAgainstSale(expected: nil) : [])
            + reading.reasons(person.request, today: today).filter { $0.kind != .registrationForeignNotAllowed }.map {
                var reason = $0
                if reason.kind == .termsMissing { reason.pointer = "/legalTermsDigital" }
                return reason
            }
    }

    private func facts(in call: Call) throws -> OnlineRegistrationFacts {
        let request = person.request
        let row = try call.transaction.query(
            """
            select s.allows_cardless_registration, s.cardless_registration_type, exists (
                select from municipality_postal_code p join municipality m on m.id = p.municipality_id
                where p.card_system_id = s.id and p.postal_code = \(request.address.belgianPostalCode)
                    and m.allows_cardless_registration) as by_municipality
            from card_system s where s.id = \(cardSystem)
            """)[0]
        return OnlineRegistrationFacts(
            isAllowed: try row["allows_cardless_registration"], type: try row["cardless_registration_type"],
            isAllowedByMunicipality: try row["by_municipality"], isEmailUsed: try isEmailUsed(in: call))
    }

    /// Whether a pass holder has the address, in whatever card system. Two who take the same one wait for each other.
    private func isEmailUsed(in call: Call) throws -> Bool {
        guard let key = person.request.email?.key else { return false }
        return try call.acrossCardSystems {
            let rows = try call.transaction.run([
                "select pg_advisory_xact_lock(hashtextextended(\(key), 14))",
                "select from pass_holder where email_key = \(key) limit 1",
            ])
            return rows[1].first != nil
        }
    }

    /// What the digital card costs, without an opportunity status, which is given later (REG-18).
    func quote(in call: Call) throws -> PassQuote {
        let request = person.request
        return try call.quote(
            PassQuoteRequest(
                cardSystem: cardSystem, reason: .firstCard, cardType: .digital, hasOpportunity: false,
                dateOfBirth: request.dateOfBirth, postalCode: request.address.belgianPostalCode),
            toSell: false)
    }

    /// Makes the person a pass holder with a digital card, without opportunity status.
    func register(in call: Call) throws -> (holder: PassHolderID, card: CardNumber) {
        let holder: PassHolderID = call.newID()
        let card = try CardIssue(
            nil, isOpportunity: false, of: cardSystem, to: holder, at: nil, .firstCard, in: call)
        let registration = Registration(
            holder: holder, membership: call.newID(), card: card, opportunityEndDate: nil, counter: nil,
            params: PassHolderRegister.Params(cardSystem: cardSystem, counter: nil, person: person),
            insz: try person.request.insz.map { try call.sealed($0, of: holder) })
        let sale = try quote(in: call).sale(of: card.card, to: holder, at: nil, ordered: ordered, in: call)
        try call.transaction.run(registration.statements(in: call) + sale)
        return (holder, card.number)
    }
}
