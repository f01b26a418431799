import CardRules
import JSONRPC
import Postgres
import Testing

@testable import CardMethods

@Suite struct `Values of documents` {
    @Test(
        arguments: [
            ("0", 0), ("5", 500), ("19.99", 1999), ("19.9", 1990), ("0.05", 5), ("1000000", 100_000_000), ("0.0", 0),
            ("19.999", nil), ("-1", nil), ("1e2", nil), ("1000000.01", nil), ("10000000000000000000", nil),
            ("\"5\"", nil),
        ] as [(String, Int?)])
    func `a price in euros becomes whole cents, or is refused`(_ text: String, _ cents: Int?) {
        #expect(EventPrice.cents(of: DocumentSamples.parse(text)) == cents)
    }

    @Test(arguments: [
        DocumentSamples.event, DocumentSamples.multiple, DocumentSamples.periodic,
        DocumentSamples.periodic.setting("/calendarType", "permanent"),
        DocumentSamples.event.setting("/calendarType", "permanent"),
    ])
    func `a stored calendar reads back as it was`(_ document: JSON) throws {
        let calendar = try DocumentSamples.read(document).calendar
        #expect(try EventDocument.calendar(from: calendar.document) == calendar)
    }

    @Test func `a calendar keeps each kind of day and each occasion's state`() throws {
        guard case .periodic(_, _, let schedule) = try DocumentSamples.read(DocumentSamples.periodic).calendar else {
            Issue.record("the calendar is not periodic")
            return
        }
        let night = TimeOfDay(hour: 20, minute: 0)!
        #expect(schedule.weekly.map(\.days) == [[.monday, .sunday]])
        #expect(
            schedule.closed == [CivilDate(year: 2026, month: 5, day: 4)!...CivilDate(year: 2026, month: 5, day: 5)!])
        #expect(
            schedule.adjusted.map(\.hours) == [
                [OpeningHours(days: [.sunday], opens: night, closes: TimeOfDay(hour: 2, minute: 0)!)]
            ])
        guard case .multiple(let occasions) = try DocumentSamples.read(DocumentSamples.multiple).calendar else {
            Issue.record("the calendar has no occasions")
            return
        }
        #expect(occasions.map(\.status) == [.unavailable, nil])
        #expect(occasions.map(\.bookingAvailability) == [nil, .unavailable])
    }

    @Test func `a stored name or address reads back as it was`() throws {
        let name = try #require(LocalizedText(main: .fr, [.fr: "Conférence", .nl: "Lezing"]))
        #expect(try LocalizedText(stored: PostgresJSON(text: name.jsonBytes)) == name)
        #expect(name.searchKey == "conférence\nlezing")
        let address = try #require(
            LocalizedAddress(main: .nl, [.fr: PublishedAddress(street: "Rue 1", city: "Gand", country: "BE")]))
        #expect(try LocalizedAddress(stored: PostgresJSON(text: address.jsonBytes)) == address)
        #expect(throws: UnreadableColumn.self) { try LocalizedText(stored: PostgresJSON(text: Array("{}".utf8))) }
    }

    @Test(arguments: [
        ("0b3e5a56-2b9e-4c6e-9d6e-6f6f0a1b2c3d", true),
        ("0B3E5A56-2B9E-4C6E-9D6E-6F6F0A1B2C3D", true),
        ("https://data.example/event/0b3e5a56-2b9e-4c6e-9d6e-6f6f0a1b2c3d", true),
        ("https://data.example/event/0b3e5a56-2b9e-4c6e-9d6e-6f6f0a1b2c3d/preview?x=1#top", true),
        ("https://agenda.example/agenda/e/een-naam/0b3e5a56-2b9e-4c6e-9d6e-6f6f0a1b2c3d", true),
        ("https://data.example/event?id=/0b3e5a56-2b9e-4c6e-9d6e-6f6f0a1b2c3d", false),
        ("0b3e5a56-2b9e-4c6e-9d6e-6f6f0a1b2c3", false), ("een naam", false), ("", false),
    ])
    func `an event is named by its cdbid or by a whole link`(_ text: String, _ isReference: Bool) {
        let id = try? EventReference(parameter: .string(text)).id.text
        #expect(id == (isReference ? "0b3e5a56-2b9e-4c6e-9d6e-6f6f0a1b2c3d" : nil))
    }

    @Test(arguments: [
        ("{\"volume\": 3, \"period\": \"week\"}", true), ("{\"volume\": 0, \"period\": \"week\"}", false),
        ("{\"volume\": 1, \"period\": \"fortnight\"}", false), ("{\"volume\": 1}", false),
        ("{\"volume\": 1, \"period\": \"day\", \"from\": 1}", false), ("3", false),
    ])
    func `a limit has a volume from 1 and a calendar period`(_ text: String, _ isLimit: Bool) throws {
        let limit = try? PeriodLimit(parameter: DocumentSamples.parse(text))
        #expect((limit != nil) == isLimit)
        if let limit { #expect(DocumentSamples.parse(text) == (try JSON(parsing: limit.jsonBytes))) }
    }
}
