import CardRules
import JSONRPC
import Postgres

/// Which opportunity statuses of a card system a list or a count is about.
struct OpportunityFilter: Sendable {
    enum Status: String, WordParameter {
        /// In its grace too (OPP-02).
        case active
        case inGracePeriod, expired, suspended
    }

    let cardSystem: CardSystemID
    let status: Status?
    let endsFrom: CivilDate?
    let endsUntil: CivilDate?
    let municipality: MunicipalityID?

    init(from reader: inout ParameterReader) {
        cardSystem = reader.required("cardSystemId", "The card system.")
        status = reader.optional("status", "How they stand today; `active` includes `inGracePeriod`.")
        endsFrom = reader.optional("endsFrom", "Whose last entitled day is this one or later.")
        endsUntil = reader.optional("endsUntil", "Whose last entitled day is this one or earlier.")
        municipality = reader.optional("municipalityId", "Of residents of this municipality of the card system.")
        if let endsFrom, let endsUntil, endsFrom > endsUntil {
            reader.refuse("endsUntil", "must not lie before endsFrom")
        }
    }

    /// Of all statuses that end on one of these days.
    init(cardSystem: CardSystemID, endsFrom: CivilDate, endsUntil: CivilDate, municipality: MunicipalityID?) {
        (self.cardSystem, self.municipality, status) = (cardSystem, municipality, nil)
        (self.endsFrom, self.endsUntil) = (endsFrom, endsUntil)
    }

    /// The condition on a membership `m` of a person `h`. Refuses what the caller may not see.
    func condition(in call: Call) throws -> SQL {
        try call.requireCardSystem(cardSystem)
        try call.require(call.serves(cardSystem))
        if let municipality {
            let known = try call.transaction.first(
                "select from municipality where id = \(municipality) and card_system_id = \(cardSystem)")
            if known == nil { throw Refusal(.municipalityNotFound, at: "/municipalityId") }
        }
        let grace = try call.opportunityGrace(in: cardSystem)
        let conditions: [SQL?] = [
            "m.card_system_id = \(cardSystem) and m.opportunity_end_date is not null",
            endsFrom.map { "m.opportunity_end_date >= \($0)" }, endsUntil.map { "m.opportunity_end_date <= \($0)" },
            status.map { Self.condition($0, today: Brussels.date(call.now), grace: grace) },
            municipality.map {
                """
                h.country = 'BE' and h.postal_code in (
                    select p.postal_code from municipality_postal_code p where p.municipality_id = \($0))
                """
            },
        ]
        return .joined(conditions.compactMap(\.self), separator: " and ")
    }

    /// What `OpportunityStatus` says of a day, for many at once.
    static func condition(_ status: Status, today: CivilDate, grace: Int) -> SQL {
        let lastExpired = today.adding(days: -grace - 1)
        return switch status {
        case .suspended: "m.opportunity_suspended_until >= \(today)"
        case .active:
            "m.opportunity_end_date > \(lastExpired) and (m.opportunity_suspended_until >= \(today)) is not true"
        case .inGracePeriod:
            """
            m.opportunity_end_date > \(lastExpired) and m.opportunity_end_date < \(today)
                and (m.opportunity_suspended_until >= \(today)) is not true
            """
        case .expired:
            "m.opportunity_end_date <= \(lastExpired) and (m.opportunity_suspended_until >= \(today)) is not true"
        }
    }
}

extension Call {
    /// How many days an opportunity status outlives its end date in a card system, which exists.
    func opportunityGrace(in cardSystem: CardSystemID) throws -> Int {
        try transaction.query("select opportunity_grace_days from card_system where id = \(cardSystem)")[0][0]
    }
}
