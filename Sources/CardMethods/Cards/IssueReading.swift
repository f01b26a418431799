import CardRules
import JSONRPC
import Postgres

/// Where a card is issued, and the card that is handed out.
struct IssueReading {
    let facts: IssueFacts
    /// The card whose number is given, locked if it is of the caller's card systems.
    let card: CardRecord?

    /// - Parameters:
    ///   - counter: The one that an administrator names; `nil` for the chosen one.
    ///   - card: The card that is asked for; `nil` if none is issued.
    init(cardSystem: CardSystemID, counter named: CounterID?, card asked: RegistrationCard?, in call: Call) throws {
        let counter = try Self.counter(named, in: cardSystem, call)
        card = try Self.card(asked, in: call)
        let codes = try call.transaction.query(
            """
            select p.postal_code, p.municipality_id = c.municipality_id as is_of_counter
            from municipality_postal_code p left join counter c on c.id = \(counter)
            where p.card_system_id = \(cardSystem)
            """
        ).map { row in (code: try row[0] as BelgianPostalCode, isOfCounter: try row[1] as Bool? ?? false) }
        facts = IssueFacts(
            permissions: call.permissions(in: cardSystem), cardSystem: cardSystem,
            cardSystemPostalCodes: Set(codes.map(\.code)), counter: counter,
            counterPostalCodes: Set(codes.filter(\.isOfCounter).map(\.code)), card: card?.facts)
    }

    /// The counter at which it is done: the chosen one, or the one that an administrator names.
    private static func counter(
        _ named: CounterID?, in cardSystem: CardSystemID, _ call: Call
    ) throws -> CounterID {
        let chosen = call.caller.counter?.id
        if let named, named != chosen { try call.require(call.scope.administers(cardSystem)) }
        guard let id = named ?? chosen else {
            let reason = "is missing: an administrator names the counter, or chooses one"
            throw InvalidParameters(problems: [Problem(pointer: "/counterId", reason: reason)])
        }
        let row = try call.transaction.first(
            """
            select exists (select from counter_card_system k
                where k.counter_id = c.id and k.card_system_id = \(cardSystem))
            from counter c where c.id = \(id)
            """)
        guard let row else { throw Refusal(.counterNotFound, at: "/counterId") }
        guard try row[0] else { throw Refusal(.counterNotInCardSystem, at: "/counterId") }
        return id
    }

    /// Found in whatever card system, as anybody may ask for its status; locked where it may be handed out.
    private static func card(_ card: RegistrationCard?, in call: Call) throws -> CardRecord? {
        guard case .nfcCard(let number)? = card else { return nil }
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
