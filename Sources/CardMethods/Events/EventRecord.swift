import CardRules
import JSONRPC
import Postgres

/// An event as it is stored.
struct EventRecord {
    /// Without the margins of its card systems: `checkInMargins` is the standard, and whoever asks for windows fills
    /// it.
    let facts: EventFacts
    /// What holders type or scan to check in themselves; full entropy, given to staff only.
    let checkInCode: String
    /// The organizer that the document names, known here or not.
    let namedOrganizer: OrganizerID?
    let organizerName: LocalizedText?
    let placeName: LocalizedText?
    let placeAddress: LocalizedAddress?
    let availableTo: Instant?
    /// The bounds of all openings; `nil` for a side that is open.
    let startsAt: Instant?
    let endsAt: Instant?
    let prices: [EventPrice]
    let ticketLimit: PeriodLimit?
    let documentModified: Instant

    /// An organizer is known once its own document was taken in.
    static let tables: SQL = "event e left join organizer o on o.id = e.organizer_id"

    static let columns: SQL = """
        e.id, e.name, e.organizer_id, o.id as known_organizer_id, o.name as organizer_name, e.place_id, e.place_name,
        e.place_address, e.workflow_status, e.available_from, e.available_to, e.status, e.is_sold_out, e.calendar,
        e.starts_at, e.ends_at, e.price_info, e.check_in_points, e.check_in_limit_volume, e.check_in_limit_period,
        e.ticket_limit_volume, e.ticket_limit_period, e.check_in_code, e.document_modified, e.version
        """

    /// Up to `where`; the event is `e`, its organizer `o`.
    static let select: SQL = "select \(fragment: columns) from \(fragment: tables)"

    init(row: Row) throws {
        facts = EventFacts(
            id: try row["id"], name: try LocalizedText(stored: try row["name"]),
            organizer: try row["known_organizer_id"],
            place: try row["place_id"], workflowStatus: try row["workflow_status"],
            availableFrom: try row["available_from"], status: try row["status"],
            bookingAvailability: try row["is_sold_out"] ? .unavailable : .available,
            calendar: try EventDocument.calendar(from: JSON(parsing: (try row["calendar"] as PostgresJSON).text)),
            checkInMargins: .standard, checkInPoints: try row["check_in_points"],
            checkInLimit: try PeriodLimit(volume: row["check_in_limit_volume"], period: row["check_in_limit_period"]),
            version: try row["version"])
        checkInCode = try row["check_in_code"]
        namedOrganizer = try row["organizer_id"]
        organizerName = try (row["organizer_name"] as PostgresJSON?).map(LocalizedText.init(stored:))
        placeName = try (row["place_name"] as PostgresJSON?).map(LocalizedText.init(stored:))
        placeAddress = try (row["place_address"] as PostgresJSON?).map(LocalizedAddress.init(stored:))
        availableTo = try row["available_to"]
        startsAt = try row["starts_at"]
        endsAt = try row["ends_at"]
        prices = try (row["price_info"] as PostgresJSON?).map(EventPrice.stored) ?? []
        ticketLimit = try PeriodLimit(volume: row["ticket_limit_volume"], period: row["ticket_limit_period"])
        documentModified = try row["document_modified"]
    }
}

extension WorkflowStatus: PostgresValue {}
extension EventStatus: PostgresValue {}

extension EventPrice {
    /// Reads a column of prices, as `json` writes it.
    static func stored(_ column: PostgresJSON) throws -> [EventPrice] {
        try (JSON(parsing: column.text).array ?? []).map { json in
            guard let category = json["category"]?.string.flatMap(Category.init(rawValue:)), let name = json["name"],
                let cents = json["cents"]?.integer
            else { throw UnreadableColumn() }
            return EventPrice(
                category: category, name: try LocalizedText(stored: PostgresJSON(text: name.bytes)), cents: Int(cents))
        }
    }
}

extension Call {
    /// An event, or the refusal that there is none.
    func event(_ id: EventID, lock: Bool = false) throws -> EventRecord {
        try event(
            transaction.first(
                "\(fragment: EventRecord.select) where e.id = \(id) \(fragment: lock ? "for update of e" : "")"))
    }

    /// An event with the settings that it had at an instant; of no instant those that it has.
    func event(_ id: EventID, at instant: Instant?) throws -> EventRecord {
        try event(
            transaction.first(
                """
                select \(fragment: EventRecord.columns) from event as e_now
                \(fragment: SettingOwner.join("e", at: instant)) left join organizer o on o.id = e.organizer_id
                where e_now.id = \(id)
                """))
    }

    private func event(_ row: Row?) throws -> EventRecord {
        guard let row else { throw Refusal(.eventNotFound) }
        return try EventRecord(row: row)
    }
}
