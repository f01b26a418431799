import CardRules
import JSONRPC
import Postgres

/// A counter as its administrators and staff see it.
struct CounterRecord: ResultRecord {
    let id: CounterID
    let cardSystem: CardSystemID
    let name: String
    let key: String?
    let status: CounterStatus
    let municipality: MunicipalityID?
    let organizer: OrganizerID?
    let locations: [PlaceID]
    let isPointOfSale: Bool
    let isSchool: Bool
    let isCheckInAutomatic: Bool
    let street: String?
    let postalCode: BelgianPostalCode?
    let city: String?
    let phone: PhoneNumber?
    let contactEmail: EmailAddress?
    private(set) var iban: IBAN?
    private(set) var ibanSince: Instant?
    private(set) var proposedIBAN: IBAN?
    let distributionKey: DistributionKeyID?
    let ticketLimit: PeriodLimit?
    let createdAt: Instant
    let activatedAt: Instant?
    let version: Int
    /// Those that the caller may see.
    fileprivate(set) var cardSystems: [CounterCardSystem] = []

    static let columns: SQL = """
        c.id, c.card_system_id, c.name, c.key, c.status, c.municipality_id, c.organizer_id, c.location_ids,
        c.is_point_of_sale, c.is_school, c.automatic_check_in, c.street, c.postal_code, c.city, c.phone,
        c.contact_email, c.iban, c.iban_since, c.proposed_iban, c.distribution_key_id, c.ticket_limit_volume,
        c.ticket_limit_period, c.created_at, c.activated_at, c.version
        """

    init(row: Row) throws {
        id = try row["id"]
        cardSystem = try row["card_system_id"]
        name = try row["name"]
        key = try row["key"]
        status = try row["status"]
        municipality = try row["municipality_id"]
        organizer = try row["organizer_id"]
        locations = try row["location_ids"]
        isPointOfSale = try row["is_point_of_sale"]
        isSchool = try row["is_school"]
        isCheckInAutomatic = try row["automatic_check_in"]
        street = try row["street"]
        postalCode = try row["postal_code"]
        city = try row["city"]
        phone = try row["phone"]
        contactEmail = try row["contact_email"]
        iban = try row["iban"]
        ibanSince = try row["iban_since"]
        proposedIBAN = try row["proposed_iban"]
        distributionKey = try row["distribution_key_id"]
        ticketLimit = try PeriodLimit(volume: row["ticket_limit_volume"], period: row["ticket_limit_period"])
        createdAt = try row["created_at"]
        activatedAt = try row["activated_at"]
        version = try row["version"]
    }

    /// Without the payout account, for those who neither administer the counter nor work there.
    func shown(to call: Call) -> CounterRecord {
        if call.administers(self) || call.worksAt(id) { return self }
        var counter = self
        (counter.iban, counter.ibanSince, counter.proposedIBAN) = (nil, nil, nil)
        return counter
    }
}

extension CounterRecord {
    static let fields: [ResultField<CounterRecord>] = [
        .init("id", "The counter.") { $0.id },
        .init("cardSystemId", "The card system that it was made for.") { $0.cardSystem },
        .init("name", "What it is called.") { $0.name },
        .init("key", "The organizer key that it is known by elsewhere.") { $0.key },
        .init("status", "`created`, then `active`.") { $0.status },
        .init("municipalityId", "Where it stands.") { $0.municipality },
        .init("organizerId", "The organizer that it is in UiTdatabank.") { $0.organizer },
        .init("locationIds", "The places that it is there.") { $0.locations },
        .init("isPointOfSale", "Whether passes are sold there; then it is listed publicly.") { $0.isPointOfSale },
        .init("isSchool", "Whether it is a school.") { $0.isSchool },
        .init("automaticCheckIn", "Whether a scan for an event checks the card in.") { $0.isCheckInAutomatic },
        .init("street", "With number.") { $0.street },
        .init("postalCode", "Its postal code.") { $0.postalCode },
        .init("city", "Its city.") { $0.city },
        .init("phone", "How it is reached.") { $0.phone },
        .init("contactEmail", "How it is reached.") { $0.contactEmail },
        .init("iban", "The payout account; for its administrators and staff.") { $0.iban },
        .init("ibanSince", "Since when that is the payout account.") { $0.ibanSince },
        .init("proposedIban", "The account that waits for a second person's yes.") { $0.proposedIBAN },
        .init("distributionKeyId", "Which key holds for its events where none is chosen for the event.") {
            $0.distributionKey
        },
        .init("ticketLimit", "How many tickets one holder may buy for its events.") { $0.ticketLimit },
        .init("createdAt", "When it was made.") { $0.createdAt },
        .init("activatedAt", "When it was activated.") { $0.activatedAt },
        .init("cardSystems", "Where it works, as far as the caller may know, and in which groups.") { $0.cardSystems },
        .init("version", "Give it back with an update.") { $0.version },
    ]
}

/// Whether a counter may do anything yet.
enum CounterStatus: String, WordParameter, PostgresValue {
    case created, active
}

/// A card system that a counter works in, and its permission groups there.
struct CounterCardSystem: ResultRecord {
    struct Group: ResultRecord {
        let id: ID<PermissionGroupKind>
        let name: String

        static let fields: [ResultField<Group>] = [
            .init("id", "The permission group.") { $0.id },
            .init("name", "What it is called.") { $0.name },
        ]
    }

    let id: CardSystemID
    let groups: [Group]

    static let fields: [ResultField<CounterCardSystem>] = [
        .init("cardSystemId", "The card system.") { $0.id },
        .init("permissionGroups", "The counter's groups there; what they permit adds up (PER-07).") { $0.groups },
    ]

    /// The visible card systems of counters.
    static func read(_ counters: [CounterID], in transaction: Transaction) throws -> [CounterID: [CounterCardSystem]] {
        let rows = try transaction.query(
            """
            select s.counter_id, s.card_system_id, array_remove(array_agg(g.id order by g.name), null) as ids,
                array_remove(array_agg(g.name order by g.name), null) as names
            from counter_card_system s
            left join counter_permission_group cg
                on cg.counter_id = s.counter_id and cg.card_system_id = s.card_system_id
            left join permission_group g on g.id = cg.permission_group_id
            where s.counter_id = any (\(counters)) group by s.counter_id, s.card_system_id order by s.card_system_id
            """)
        var result: [CounterID: [CounterCardSystem]] = [:]
        for row in rows {
            let ids: [ID<PermissionGroupKind>] = try row["ids"]
            let names: [String] = try row["names"]
            result[try row["counter_id"], default: []].append(
                CounterCardSystem(id: try row["card_system_id"], groups: zip(ids, names).map(Group.init)))
        }
        return result
    }
}

extension Sequence<CounterRecord> {
    /// With the card systems that each works in, as far as they are visible.
    func withCardSystems(_ transaction: Transaction) throws -> [CounterRecord] {
        let cardSystems = try CounterCardSystem.read(map(\.id), in: transaction)
        return map { counter in
            var counter = counter
            counter.cardSystems = cardSystems[counter.id] ?? []
            return counter
        }
    }
}
