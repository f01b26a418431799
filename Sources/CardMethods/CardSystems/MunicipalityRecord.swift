import CardRules
import JSONRPC
import Postgres

/// A municipality of a card system, with its settings there.
struct MunicipalityRecord: ResultRecord {
    let id: MunicipalityID
    let cardSystem: CardSystemID
    let name: String
    let postalCodes: [BelgianPostalCode]
    let contactEmail: EmailAddress?
    let allowsCardlessRegistration: Bool
    let latitude: Int?
    let longitude: Int?
    let joinedOn: CivilDate?
    let version: Int

    static let fields: [ResultField<MunicipalityRecord>] = [
        .init("id", "The municipality, as part of this card system.") { $0.id },
        .init("cardSystemId", "The card system.") { $0.cardSystem },
        .init("name", "What it is called.") { $0.name },
        .init("postalCodes", "All of its postal codes.") { $0.postalCodes },
        .init("contactEmail", "Where its residents can ask.") { $0.contactEmail },
        .init("allowsCardlessRegistration", "Whether residents may register online with opportunity status.") {
            $0.allowsCardlessRegistration
        },
        .init("latitudeMicrodegrees", "Where it lies, north of the equator.") { $0.latitude },
        .init("longitudeMicrodegrees", "Where it lies, east of Greenwich.") { $0.longitude },
        .init("joinedOn", "Since when it takes part: who became a member before gets no welcome (ADV-14).") {
            $0.joinedOn
        },
        .init("version", "Give it back with an update.") { $0.version },
    ]

    static let columns: SQL = """
        m.id, m.card_system_id, m.name, array(select p.postal_code from municipality_postal_code p
            where p.municipality_id = m.id order by p.postal_code) as postal_codes, m.contact_email,
        m.allows_cardless_registration, m.latitude_microdegrees, m.longitude_microdegrees, m.joined_on, m.version
        """

    init(row: Row) throws {
        id = try row["id"]
        cardSystem = try row["card_system_id"]
        name = try row["name"]
        postalCodes = try row["postal_codes"]
        contactEmail = try row["contact_email"]
        allowsCardlessRegistration = try row["allows_cardless_registration"]
        latitude = try row["latitude_microdegrees"]
        longitude = try row["longitude_microdegrees"]
        joinedOn = try row["joined_on"]
        version = try row["version"]
    }
}

/// What can be said of a municipality beside its name and postal codes.
struct MunicipalitySettings: Sendable {
    /// Where something lies, in millionths of a degree: numbers here have no fractions.
    struct Coordinates: ObjectParameter {
        enum Latitude: IntegerRange { static let range = -90_000_000...90_000_000 }
        enum Longitude: IntegerRange { static let range = -180_000_000...180_000_000 }

        let latitude: Bounded<Latitude>
        let longitude: Bounded<Longitude>

        init(from reader: inout ParameterReader) {
            latitude = reader.required("latitudeMicrodegrees", "North of the equator.")
            longitude = reader.required("longitudeMicrodegrees", "East of Greenwich.")
        }
    }

    let contactEmail: Change<EmailAddress>
    let allowsCardlessRegistration: Bool?
    let coordinates: Change<Coordinates>
    let joinedOn: Change<CivilDate>

    init(from reader: inout ParameterReader) {
        contactEmail = reader.change("contactEmail", "Where its residents can ask.")
        allowsCardlessRegistration = reader.optional(
            "allowsCardlessRegistration",
            "Whether residents may register online with opportunity status; false at first.")
        coordinates = reader.change("coordinates", "Where it lies, for sorting by distance.")
        joinedOn = reader.change(
            "joinedOn", "Since when it takes part: who became a member before gets no welcome (ADV-14).")
    }

    func add(to changes: inout FieldChanges) {
        changes.change("contactEmail", contactEmail) { "contact_email = \($0)" }
        changes.set("allowsCardlessRegistration", to: allowsCardlessRegistration) {
            "allows_cardless_registration = \($0)"
        }
        changes.change("joinedOn", joinedOn) { "joined_on = \($0)" }
        changes.change("coordinates", coordinates) {
            """
            latitude_microdegrees = \($0?.latitude.value), longitude_microdegrees = \($0?.longitude.value)
            """
        }
    }
}

extension Call {
    /// The municipalities of card systems, by name. They must be visible.
    func municipalities(of cardSystems: [CardSystemID]) throws -> [MunicipalityRecord] {
        try transaction.query(
            """
            select \(fragment: MunicipalityRecord.columns) from municipality m
            where m.card_system_id = any (\(cardSystems)) order by m.name
            """
        ).map(MunicipalityRecord.init(row:))
    }

    /// A municipality. It must be visible.
    func municipality(_ id: MunicipalityID) throws -> MunicipalityRecord {
        let row = try transaction.first(
            "select \(fragment: MunicipalityRecord.columns) from municipality m where m.id = \(id)")
        guard let row else { throw Refusal(.municipalityNotFound, at: "/municipalityId") }
        return try MunicipalityRecord(row: row)
    }

    /// Gives a municipality these postal codes and no others. Refuses those that are another's.
    func setPostalCodes(_ codes: [BelgianPostalCode], of id: MunicipalityID, in cardSystem: CardSystemID) throws {
        let taken: [BelgianPostalCode] = try transaction.query(
            """
            select postal_code from municipality_postal_code
            where card_system_id = \(cardSystem) and postal_code = any (\(codes)) and municipality_id <> \(id)
            """
        ).map { try $0[0] }
        try codes.enumerated().filter { taken.contains($0.element) }
            .map { Reason(.postalCodeTaken, at: "/postalCodes/\($0.offset)") }.refuse()
        try transaction.run([
            "delete from municipality_postal_code where municipality_id = \(id)",
            """
            insert into municipality_postal_code (card_system_id, municipality_id, postal_code)
            select \(cardSystem), \(id), unnest(\(codes))
            """,
        ])
    }
}
