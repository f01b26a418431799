import CardRules
import JSONRPC
import Postgres

/// What the rules must know before somebody is registered, and the card that is handed out.
struct RegistrationReading {
    let facts: RegistrationFacts
    /// The card whose number is given, locked if it is of the caller's card systems.
    let card: CardRecord?
    private let claim: INSZClaim

    init(_ params: PassHolderRegister.Params, in call: Call) throws {
        let counter = try Self.counter(params, in: call)
        let request = params.person.request
        card = try Self.card(request.card, in: call)
        claim = try INSZClaim(request.insz, in: call)
        let codes = try call.transaction.query(
            """
            select p.postal_code, p.municipality_id = c.municipality_id as is_of_counter
            from municipality_postal_code p left join counter c on c.id = \(counter)
            where p.card_system_id = \(params.cardSystem)
            """
        ).map { row in (code: try row[0] as BelgianPostalCode, isOfCounter: try row[1] as Bool? ?? false) }
        facts = RegistrationFacts(
            permissions: call.permissions(in: params.cardSystem), cardSystem: params.cardSystem,
            cardSystemPostalCodes: Set(codes.map(\.code)), counter: counter,
            counterPostalCodes: Set(codes.filter(\.isOfCounter).map(\.code)), card: card?.facts,
            isINSZTaken: claim.holder != nil, municipalities: try call.municipalityFacts(of: [params.cardSystem]))
    }

    /// Of a registration without a counter: what any counter may do, and no card.
    init(online cardSystem: CardSystemID, _ person: PersonParams, in call: Call) throws {
        card = nil
        claim = try INSZClaim(person.request.insz, in: call)
        facts = RegistrationFacts(
            permissions: [.passHolderRegister], cardSystem: cardSystem, cardSystemPostalCodes: [], counter: nil,
            counterPostalCodes: [], card: nil, isINSZTaken: claim.holder != nil,
            municipalities: try call.municipalityFacts(of: [cardSystem]))
    }

    /// Everything that is against it; who has the INSZ is told by his cards in own card systems, and by nothing else.
    func reasons(_ request: RegistrationRequest, today: CivilDate) -> [Reason] {
        claim.explained(RegistrationRules.check(request, facts, today: today))
    }

    /// The counter at which it is done: the chosen one, or the one that an administrator names.
    private static func counter(_ params: PassHolderRegister.Params, in call: Call) throws -> CounterID {
        let chosen = call.caller.counter?.id
        if let named = params.counter, named != chosen { try call.require(call.scope.administers(params.cardSystem)) }
        guard let id = params.counter ?? chosen else {
            let reason = "is missing: an administrator names the counter, or chooses one"
            throw InvalidParameters(problems: [Problem(pointer: "/counterId", reason: reason)])
        }
        let row = try call.transaction.first(
            """
            select exists (select from counter_card_system k
                where k.counter_id = c.id and k.card_system_id = \(params.cardSystem))
            from counter c where c.id = \(id)
            """)
        guard let row else { throw Refusal(.counterNotFound, at: "/counterId") }
        guard try row[0] else { throw Refusal(.counterNotInCardSystem, at: "/counterId") }
        return id
    }

    /// Found in whatever card system, as anybody may ask for its status; locked where it may be handed out.
    private static func card(_ card: RegistrationCard, in call: Call) throws -> CardRecord? {
        guard case .nfcCard(let number) = card else { return nil }
        if let card = try call.lockedCard(number) { return card }
        let row = try call.acrossCardSystems {
            try call.transaction.first("select \(fragment: CardRecord.columns) from card c where c.number = \(number)")
        }
        return try row.map(CardRecord.init)
    }
}

extension Call {
    /// What the caller may do in a card system: an administrator all that counters may (PER-06).
    func permissions(in cardSystem: CardSystemID) -> Set<Permission> {
        if scope.administers(cardSystem) { return Set(Permission.allCases) }
        return caller.counter?.permissions[cardSystem] ?? []
    }
}
