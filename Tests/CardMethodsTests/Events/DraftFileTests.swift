import CardRules
import Glibc
import Testing

@testable import CardMethods

/// Real documents: drafts of 2017, most of which are well-formed.
@Suite struct `Drafts of UiTdatabank` {
    /// What is wrong with those that are refused.
    static let refused: [String: [String]] = [
        "event-periodic-with-wrong-opening-hours.json": [
            "/openingHours/0/dayOfWeek: is missing", "/openingHours/1/closes: is missing",
            "/openingHours/2/opens: is missing",
            "/openingHours/3/dayOfWeek/0: must be one of monday, tuesday, wednesday, thursday, friday, saturday, sunday",
        ],
        "event-single-with-invalid-date-range.json": ["/endDate: lies before the start"],
        "event-with-multiple-dates-and-invalid-subevent-date-range.json": [
            "/subEvent/1/endDate: lies before the start"
        ],
        "event-with-multiple-dates-and-wrong-sub-events.json": [
            "/subEvent/0/startDate: is missing", "/subEvent/1/endDate: is missing",
        ],
        "event-with-optional-fields.json": ["/calendarType: is missing"],
        "event-with-wrong-available-to.json": [
            "/availableTo: must be a date-time with offset (RFC 3339), such as 2026-04-30T14:00:00+02:00"
        ],
        "event-with-wrong-calendar-type.json": [
            "/calendarType: must be one of single, multiple, periodic, permanent"
        ],
        "event-with-wrong-modified.json": [
            "/modified: must be a date-time with offset (RFC 3339), such as 2026-04-30T14:00:00+02:00"
        ],
        "event-without-start-date.json": ["/startDate: is missing"],
    ]

    @Test func `each draft is read, or refused with everything that is wrong with it`() throws {
        guard let names = DraftFiles.names else {
            print("skipped: no \(DraftFiles.folder)")
            #expect(getenv("CI").map { String(cString: $0) } != "true", "CI must read the drafts")
            return
        }
        #expect(names.count == 60)
        #expect(Set(Self.refused.keys).isSubset(of: names))
        for name in names {
            let document = try DraftFiles.document(name)
            #expect(DocumentSamples.problems(of: document) == Self.refused[name] ?? [], "\(name)")
            guard let read = try? PublishedDocument(reading: document) else { continue }
            let kind = name.prefix { $0 != "-" }
            switch read.content {
            case .event(let event): #expect(kind == "event" && event.workflowStatus == .draft, "\(name)")
            case .place(let place): #expect(kind == "place" && place.address != nil, "\(name)")
            case .organizer(let organizer):
                #expect(kind == "organizer" && organizer.name[.nl] == "PHPLeuven", "\(name)")
            }
        }
    }
}
