import CardRules
import JSONRPC
import Postgres

/// What a counter tells the public.
struct PublicCounter: ResultRecord {
    let id: CounterID
    let name: String
    let cardSystems: [CardSystemID]
    let municipality: String?
    let street: String?
    let postalCode: BelgianPostalCode?
    let city: String?
    let phone: PhoneNumber?
    let contactEmail: EmailAddress?

    static let fields: [ResultField<PublicCounter>] = [
        .init("counterId", "The counter.") { $0.id },
        .init("name", "What it is called.") { $0.name },
        .init("cardSystemIds", "Where it works.") { $0.cardSystems },
        .init("municipality", "Where it stands.") { $0.municipality },
        .init("street", "With number.") { $0.street },
        .init("postalCode", "Its postal code.") { $0.postalCode },
        .init("city", "Its city.") { $0.city },
        .init("phone", "How it is reached.") { $0.phone },
        .init("contactEmail", "How it is reached.") { $0.contactEmail },
    ]

    init(row: Row) throws {
        id = try row["id"]
        name = try row["name"]
        cardSystems = try row["card_systems"]
        municipality = try row["municipality"]
        street = try row["street"]
        postalCode = try row["postal_code"]
        city = try row["city"]
        phone = try row["phone"]
        contactEmail = try row["contact_email"]
    }
}

/// Which counters the public asks for.
struct PublicCounterParams: Parameters {
    let cardSystem: CardSystemID?
    let postalCode: BelgianPostalCode?
    let name: NamePattern?
    let page: PageRequest

    init(from reader: inout ParameterReader) {
        cardSystem = reader.optional("cardSystemId", "Of this card system.")
        postalCode = reader.optional("postalCode", "In the municipality that this postal code belongs to.")
        name = reader.optional("name", "The name, in which `*` stands for anything.")
        page = PageRequest(from: &reader)
    }
}

extension Call {
    /// The active counters, of all card systems, for which something holds.
    func publicCounters(_ params: PublicCounterParams, where condition: SQL) throws -> Page<PublicCounter> {
        var list = Listing(
            columns: """
                c.id, c.name, array(select s.card_system_id from counter_card_system s where s.counter_id = c.id
                    order by s.card_system_id) as card_systems, m.name as municipality, c.street, c.postal_code, c.city,
                c.phone, c.contact_email
                """, tables: "counter c left join municipality m on m.id = c.municipality_id",
            conditions: [condition, "c.status = \(CounterStatus.active)"], key: "lower(c.name)", id: "c.id")
        if let cardSystem = params.cardSystem {
            list.conditions.append(
                """
                exists (select from counter_card_system s
                    where s.counter_id = c.id and s.card_system_id = \(cardSystem))
                """)
        }
        if let code = params.postalCode {
            list.conditions.append(
                """
                exists (select from municipality_postal_code p
                    where p.municipality_id = c.municipality_id and p.postal_code = \(code))
                """)
        }
        if let name = params.name { list.conditions.append("lower(c.name) like \(name.like)") }
        return try asPlatform {
            if let cardSystem = params.cardSystem { try requireCardSystem(cardSystem) }
            return try list.page(params.page, transaction, PublicCounter.init(row:))
        }
    }
}
