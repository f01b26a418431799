import CardRules
import JSONRPC
import Testing

@testable import CardMethods
@testable import CardServer

@Suite struct `Documents of the demo season` {
    /// A Wednesday, a night before the clock changes, and the last day of a year.
    static let starts = ["2026-05-06T10:00:00+02:00", "2026-10-24T23:30:00+02:00", "2026-12-31T12:00:00+01:00"]

    @Test(arguments: starts)
    func `every document can be taken in, and fits one call`(_ start: String) throws {
        let documents = DemoDocuments.season(startingAt: Instant(text: start)!)
        #expect(documents.count <= 100)
        let read = try documents.map { try PublishedDocument(reading: $0) }
        #expect(Set(read.map(\.key)).count == documents.count)
        #expect(events(read).count == 40)
        #expect(Set(events(read).map(\.place)).isSubset(of: DemoPlace.allCases.map(\.id)))
    }

    @Test(arguments: starts)
    func `at every hour of the first four weeks an event is open`(_ start: String) throws {
        let start = Instant(text: start)!
        let events = events(try DemoDocuments.season(startingAt: start).map { try PublishedDocument(reading: $0) })
        for hour in 0..<(28 * 24) {
            let now = start + .hours(hour)
            #expect(events.contains { $0.calendar.opening(around: now, .standard) != nil }, "\(now.text)")
        }
    }

    @Test func `the season holds events of every kind, in every municipality`() throws {
        let start = Instant(text: Self.starts[0])!
        let events = events(try DemoDocuments.season(startingAt: start).map { try PublishedDocument(reading: $0) })
        let calendars = Set(events.map { $0.calendar.document["calendarType"]?.string })
        #expect(calendars == ["single", "multiple", "periodic", "permanent"])
        #expect(Set(events.map(\.status)).count == 3)
        #expect(events.contains { $0.bookingAvailability == .unavailable })
        #expect(events.contains { $0.name.texts.count == 4 })
        let municipalities = Set(events.compactMap { $0.placeAddress?.addresses[.nl]?.city })
        #expect(municipalities.count == 9)
        let ending = try #require(events.first { $0.id == DemoDocuments.endingSoon }?.calendar.lastEnd)
        #expect(ending > start + .days(5) && ending <= start + .days(6))
    }

    private func events(_ documents: [PublishedDocument]) -> [EventDocument] {
        documents.compactMap { if case .event(let event) = $0.content { event } else { nil } }
    }
}
