import CardRules
import JSONRPC
import Postgres

enum PassHolderList: Method {
    static let declaration = Declaration(
        "passHolder.list", .reads, by: .staff(.passHolderRead), "Lists pass holders of own card systems by name.",
        refusals: [.municipalityNotFound])

    struct Params: Parameters {
        let filter: PassHolderFilter
        let page: PageRequest

        init(from reader: inout ParameterReader) {
            filter = PassHolderFilter(from: &reader)
            page = PageRequest(from: &reader)
        }
    }

    static func run(_ params: Params, in call: Call) throws -> Page<PassHolderSummary> {
        if let municipality = params.filter.municipality,
            try call.transaction.first("select from municipality where id = \(municipality)") == nil
        {
            throw Refusal(.municipalityNotFound, at: "/municipalityId")
        }
        let listing = Listing(
            columns: """
                h.id, h.name, h.first_name, h.date_of_birth, h.street, h.postal_code, h.city, h.country, h.status,
                (select c.number from membership m join card c on c.id = m.current_card_id
                    where m.holder_id = h.id and m.status = 'active' and c.status = 'active'
                        and \(fragment: call.serves(column: "m.card_system_id"))
                    order by m.since, m.id limit 1) as card_number
                """,
            tables: "pass_holder h", conditions: [call.isOwn(holder: "h.id")] + params.filter.conditions(call),
            key: "h.name_key || ' ' || h.first_name_key", id: "h.id")
        return try listing.page(params.page, call.transaction, PassHolderSummary.init)
    }
}

/// Which pass holders a list is about.
struct PassHolderFilter: Sendable {
    let cardSystem: CardSystemID?
    let name: NamePattern?
    let firstName: NamePattern?
    let bornFrom: CivilDate?
    let bornUntil: CivilDate?
    let postalCode: String?
    let municipality: MunicipalityID?
    let cardNumber: CardNumber?
    let email: EmailAddress?

    init(from reader: inout ParameterReader) {
        cardSystem = reader.optional("cardSystemId", "Members of this card system.")
        name = reader.optional("name", "Part of the family name; `*` stands for anything.")
        firstName = reader.optional("firstName", "Part of the first name; `*` stands for anything.")
        bornFrom = reader.optional("bornFrom", "Born on this day or later.")
        bornUntil = reader.optional("bornUntil", "Born on this day or earlier.")
        postalCode = reader.optional("postalCode", "Living at this postal code.")
        municipality = reader.optional("municipalityId", "Living in this municipality of an own card system.")
        cardNumber = reader.optional("cardNumber", "Whose card this is, of an own card system.")
        email = reader.optional("email", "With this e-mail address, in whatever case.")
        if let bornFrom, let bornUntil, bornFrom > bornUntil {
            reader.refuse("bornUntil", "must not lie before bornFrom")
        }
    }

    func conditions(_ call: Call) -> [SQL] {
        [
            cardSystem.map {
                "exists (select from membership m where m.holder_id = h.id and m.card_system_id = \($0))"
            },
            name.map { "h.name_key like '%' || \($0.like) || '%'" },
            firstName.map { "h.first_name_key like '%' || \($0.like) || '%'" },
            bornFrom.map { "h.date_of_birth >= \($0)" }, bornUntil.map { "h.date_of_birth <= \($0)" },
            postalCode.map { "h.postal_code = \($0)" },
            municipality.map {
                """
                h.country = 'BE' and h.postal_code in (
                    select p.postal_code from municipality_postal_code p where p.municipality_id = \($0))
                """
            },
            cardNumber.map {
                """
                h.id = (select c.holder_id from card c
                    where c.number = \($0) and \(fragment: call.serves(column: "c.card_system_id")))
                """
            },
            email.map { "h.email_key = \($0.key)" },
        ].compactMap { $0 as SQL? }
    }
}

/// A person in a list.
struct PassHolderSummary: ResultRecord {
    let id: PassHolderID
    let name: String
    let firstName: String
    let dateOfBirth: CivilDate
    let address: AddressView
    let status: MembershipStatus
    let cardNumber: CardNumber?

    static let fields: [ResultField<PassHolderSummary>] = [
        .init("id", "The person.") { $0.id },
        .init("name", "The family name.") { $0.name },
        .init("firstName", "The first name.") { $0.firstName },
        .init("dateOfBirth", "The day of birth.") { $0.dateOfBirth },
        .init("address", "Where the person lives.") { $0.address },
        .init("status", "`blocked` if no membership is active, in whatever card system (R-018).") { $0.status },
        .init("cardNumber", "Of the oldest active membership with an active card (NUM-09).") { $0.cardNumber },
    ]

    init(row: Row) throws {
        id = try row["id"]
        name = try row["name"]
        firstName = try row["first_name"]
        dateOfBirth = try row["date_of_birth"]
        address = try AddressView(row: row)
        status = try row["status"]
        cardNumber = try row["card_number"]
    }
}
