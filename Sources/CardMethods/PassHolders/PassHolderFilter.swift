import CardRules
import JSONRPC
import Postgres

/// Which pass holders a list is about (S10, PH-09 to PH-11).
struct PassHolderFilter: Sendable {
    let membership: MembershipFilter
    let cardNumber: CardNumber?
    let chipNumber: ChipNumber?
    let name: PartPattern?
    let firstName: PartPattern?
    let email: WildcardPattern?
    let street: WildcardPattern?
    let city: WildcardPattern?
    let postalCode: String?
    let country: Country?
    let municipality: MunicipalityID?
    let counter: CounterID?
    let registeredFrom: CivilDate?
    let registeredUntil: CivilDate?
    let bornFrom: CivilDate?
    let bornUntil: CivilDate?
    let insz: INSZ?
    let hasINSZ: Bool?
    let optIn: OptIn?
    let status: MembershipStatus?
    let belonging: BelongingFilter

    init(from reader: inout ParameterReader) {
        membership = MembershipFilter(from: &reader)
        name = reader.optional(
            "name", "Part of the family name: three letters or more of it, or how it begins; `*` stands for anything.")
        firstName = reader.optional("firstName", "Part of the first name, in the same way.")
        bornFrom = reader.optional("bornFrom", "Born on this day or later.")
        bornUntil = reader.optional("bornUntil", "Born on this day or earlier.")
        postalCode = reader.optional("postalCode", "Living at this postal code.")
        municipality = reader.optional("municipalityId", "Living in this municipality of an own card system.")
        cardNumber = reader.optional("cardNumber", "Whose card this is, of an own card system.")
        chipNumber = reader.optional("chipNumber", "Whose card has this chip, of an own card system.")
        email = reader.optional("email", "With this e-mail address; `*` stands for anything.")
        street = reader.optional("street", "Living in this street, number and box with it; `*` stands for anything.")
        city = reader.optional("city", "Living in this city; `*` stands for anything.")
        country = reader.optional("country", "Living in this country.")
        counter = reader.optional("registrationCounterId", "Registered by this counter.")
        registeredFrom = reader.optional("registeredFrom", "Registered on this day or later.")
        registeredUntil = reader.optional("registeredUntil", "Registered on this day or earlier.")
        insz = reader.optional("insz", "With this INSZ; written down and limited like a look-up (GEN-05).")
        hasINSZ = reader.optional("hasInsz", "Whether the INSZ is known.")
        optIn = reader.optional("optIn", "Who asks to be sent this.")
        status = reader.optional("status", "`blocked`: with no active membership, in whatever card system.")
        belonging = BelongingFilter(from: &reader)
        Self.refuse("born", bornFrom, bornUntil, &reader)
        Self.refuse("registered", registeredFrom, registeredUntil, &reader)
    }

    static func refuse(_ name: String, _ from: CivilDate?, _ until: CivilDate?, _ reader: inout ParameterReader) {
        if let from, let until, from > until { reader.refuse(name + "Until", "must not lie before \(name)From") }
    }

    /// Whether a text is looked for in part.
    var hasParts: Bool {
        name != nil || firstName != nil || [email, street, city].contains { $0 != nil }
    }

    /// On `pass_holder h`, to be asked as the platform: each leads to what the caller may see, and no further.
    func conditions(_ call: Call) -> [SQL] {
        ["h.merged_into is null", "h.removed_at is null", membership.condition(call)] + cards(call) + person(call)
            + residence + belonging.conditions(call)
    }

    private func cards(_ call: Call) -> [SQL] {
        let own = call.serves(column: "c.card_system_id")
        return [
            cardNumber.map { "c.number = \($0)" }, chipNumber.map { "c.chip_number = \($0)" },
        ].compactMap { $0 as SQL? }.map { card in
            "h.id = (select c.holder_id from card c where \(fragment: card) and \(fragment: own))"
        }
    }

    private func person(_ call: Call) -> [SQL] {
        [
            name.map { "folded(h.name) like folded(\($0.like))" },
            firstName.map { "folded(h.first_name) like folded(\($0.like))" },
            email.map { "h.email_key like folded(\($0.like))" },
            bornFrom.map { "h.date_of_birth >= \($0)" }, bornUntil.map { "h.date_of_birth <= \($0)" },
            counter.map { "h.registration_counter_id = \($0)" },
            registeredFrom.map { "h.registered_at >= \(Brussels.instant($0))" },
            registeredUntil.map { "h.registered_at < \(Brussels.end(of: $0))" },
            insz.map { "h.insz_index = any (\(call.services.keys.indexes(of: $0)))" },
            hasINSZ.map { $0 ? "h.insz_index is not null" : "h.insz_index is null" },
            optIn.map { "\($0) = any (h.opt_ins)" }, status.map { "h.status = \($0)" },
        ].compactMap { $0 as SQL? }
    }

    private var residence: [SQL] {
        [
            street.map { "folded(h.street) like folded(\($0.like))" },
            city.map { "folded(h.city) like folded(\($0.like))" },
            postalCode.map { "h.postal_code = \($0)" }, country.map { "h.country = \($0)" },
            municipality.map {
                """
                h.country = 'BE' and h.postal_code in (
                    select p.postal_code from municipality_postal_code p where p.municipality_id = \($0))
                """
            },
        ].compactMap { $0 as SQL? }
    }
}

/// What is asked of a person's membership, in one and the same card system of the caller's.
struct MembershipFilter: Sendable {
    /// The opportunity status of today, told apart more finely than a pass tells it.
    enum Opportunity: String, WordParameter {
        case none, active, grace, expired, suspended
    }

    let cardSystem: CardSystemID?
    let status: MembershipStatus?
    let opportunity: Opportunity?
    let endsFrom: CivilDate?
    let endsUntil: CivilDate?
    let seller: CounterID?

    init(from reader: inout ParameterReader) {
        cardSystem = reader.optional("cardSystemId", "Members of this card system.")
        status = reader.optional("membershipStatus", "Whose membership is active, or blocked.")
        opportunity = reader.optional(
            "opportunityStatus", "Whose opportunity status is this today; `grace`: its end date has passed, it holds.")
        endsFrom = reader.optional("opportunityEndsFrom", "Whose opportunity status ends on this day or later.")
        endsUntil = reader.optional("opportunityEndsUntil", "Whose opportunity status ends on this day or earlier.")
        seller = reader.optional("sellingCounterId", "Whose card there was sold by this counter, at whatever price.")
        PassHolderFilter.refuse("opportunityEnds", endsFrom, endsUntil, &reader)
    }

    /// That there is such a membership of `h` where the caller may do this.
    func condition(_ call: Call) -> SQL {
        let today = Brussels.date(call.now)
        let conditions = [
            "own.holder_id = h.id", call.serves(column: "own.card_system_id"),
            cardSystem.map { "own.card_system_id = \($0)" }, status.map { "own.status = \($0)" },
            opportunity.map { $0.condition(today) },
            endsFrom.map { "own.opportunity_end_date >= \($0)" },
            endsUntil.map { "own.opportunity_end_date <= \($0)" },
            seller.map {
                """
                exists (select from pass_sale sold join card c on c.id = sold.card_id
                    where sold.counter_id = \($0) and sold.card_system_id = own.card_system_id
                        and c.id = own.current_card_id and c.holder_id = own.holder_id)
                """
            },
        ].compactMap { $0 as SQL? }
        let system: SQL = opportunity == nil ? "" : "join card_system s on s.id = own.card_system_id"
        return """
            exists (select from membership own \(fragment: system)
                where \(fragment: .joined(conditions, separator: " and ")))
            """
    }
}

extension MembershipFilter.Opportunity {
    /// OPP-01 to OPP-04 as a condition on `membership own` and its `card_system s`.
    fileprivate func condition(_ today: CivilDate) -> SQL {
        let isSuspended: SQL = "coalesce(own.opportunity_suspended_until >= \(today), false)"
        switch self {
        case .none: return "own.opportunity_end_date is null"
        case .suspended: return "own.opportunity_end_date is not null and \(fragment: isSuspended)"
        case .active: return "own.opportunity_end_date >= \(today) and not \(fragment: isSuspended)"
        case .grace:
            return """
                own.opportunity_end_date < \(today) and not \(fragment: isSuspended)
                    and own.opportunity_end_date + s.opportunity_grace_days >= \(today)
                """
        case .expired:
            return """
                own.opportunity_end_date + s.opportunity_grace_days < \(today) and not \(fragment: isSuspended)
                """
        }
    }
}
