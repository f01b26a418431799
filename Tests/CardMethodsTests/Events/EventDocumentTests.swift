import CardRules
import JSONRPC
import Testing

@testable import CardMethods

@Suite struct `Published documents` {
    @Test func `a whole event is read`() throws {
        let event = try DocumentSamples.read(DocumentSamples.event)
        #expect(event.id.text == "0b3e5a56-2b9e-4c6e-9d6e-6f6f0a1b2c3d")
        #expect(event.name == LocalizedText(main: .nl, [.nl: "Lezing Écologie", .fr: "Conférence"]))
        #expect(event.organizer?.text == "11111111-2222-4333-8444-555555555555")
        #expect(event.place?.text == "66666666-7777-4888-8999-aaaaaaaaaaaa")
        #expect(event.placeName?[.nl] == "De Zaal")
        #expect(event.placeAddress?.addresses[.nl]?.city == "Eeklo")
        #expect(event.workflowStatus == .approved)
        #expect(event.availableFrom == Instant(text: "2026-03-01T00:00:00+01:00"))
        #expect(event.modified == Instant(text: "2026-02-02T10:00:00+01:00"))
        #expect(event.prices.map(\.cents) == [1999, 500])
        #expect(event.prices.map { $0.name[.nl] } == ["Basistarief", "Student"])
        #expect(
            event.calendar
                == .single(
                    start: Instant(text: "2026-05-01T20:00:00+02:00")!, end: Instant(text: "2026-05-01T22:00:00+02:00")!
                ))
    }

    @Test(
        arguments: DocumentCase.rows(
            """
            /@id | - | /@id: is missing
            /@id | "0b3e5a56-2b9e-4c6e-9d6e-6f6f0a1b2c3d" | /@id: must be a link that ends in a UUID
            /@id | "https://data.example/event/1" | /@id: must be a link that ends in a UUID
            /@id | 7 | /@id: must be a string, not an integer
            /@id | "https://data.example/place/0b3e5a56-2b9e-4c6e-9d6e-6f6f0a1b2c3d"
                | /@type: does not fit the link under @id
            /@id | "https://data.example/offer/0b3e5a56-2b9e-4c6e-9d6e-6f6f0a1b2c3d" | -
            /@type | - | -
            /@type | "Movie" | /@type: must be one of Event, Place, Organizer
            /mainLanguage | "es" | /mainLanguage: must be one of nl, fr, de, en
            /mainLanguage | "de" | /name/de: is missing: the text in the main language
            /name | - | /name: is missing
            /name | "Een gewone naam" | -
            /name | "" | /name: must not be empty
            /name | [] | /name: must be a string, or an object of texts by language, not an array
            /name/fr | 3 | /name/fr: must be a string, not an integer
            /name/es | 3 | -
            /calendarType | - | /calendarType: is missing
            /calendarType | "weekly" | /calendarType: must be one of single, multiple, periodic, permanent
            /startDate | - | /startDate: is missing
            /endDate | - | /endDate: is missing
            /endDate | "2026-05-01T19:59:59+02:00" | /endDate: lies before the start
            /endDate | "2026-05-01T20:00:00+02:00" | -
            /startDate | "2026-04-31T20:00:00+02:00" | /startDate: must be a date-time with offset
            /startDate | "2026-05-01T20:00:00" | /startDate: must be a date-time with offset
            /status | "Available" | /status: must be an object, not a string
            /status/type | "Cancelled" | /status/type: must be one of Available, TemporarilyUnavailable, Unavailable
            /bookingAvailability | - | -
            /bookingAvailability | {} | /bookingAvailability/type: is missing
            /bookingAvailability/type | "TemporarilyUnavailable"
                | /bookingAvailability/type: must be one of Available, Unavailable
            /availableFrom | "22/04/2017" | /availableFrom: must be a date-time with offset
            /availableTo | - | -
            /organizer | - | -
            /organizer | "Leeskring" | /organizer: must be an object, not a string
            /organizer/@id | - | -
            /organizer/@id | "https://data.example/place/11111111-2222-4333-8444-555555555555"
                | /organizer/@id: must be a link to the organizer that ends in a UUID
            /location/@id | "https://data.example/place/zaal"
                | /location/@id: must be a link to the place that ends in a UUID
            /location/name | {"fr": "La Salle"} | -
            /location/address/nl/postalCode | 9900 | /location/address/nl/postalCode: must be a string, not an integer
            /location/address | {"streetAddress": "Kerkstraat 1", "addressLocality": "Eeklo"} | -
            /workflowStatus | - | /workflowStatus: is missing
            /workflowStatus | "approved"
                | /workflowStatus: must be one of DRAFT, READY_FOR_VALIDATION, APPROVED, REJECTED, DELETED
            /modified | - | -
            /modified | 20260202 | /modified: must be a string, not an integer
            /created | "yesterday" | /created: must be a date-time with offset
            /priceInfo | - | -
            /priceInfo | {} | /priceInfo: must be an array, not an object
            /priceInfo/0/category | "vip" | /priceInfo/0/category: must be one of base, tariff, uitpas
            /priceInfo/0/name | - | /priceInfo/0/name: is missing
            /priceInfo/1/price | - | /priceInfo/1/price: is missing
            /priceInfo/1/price | "5" | /priceInfo/1/price: must be euros from 0 to 1000000
            /priceInfo/1/priceCurrency | "USD" | /priceInfo/1/priceCurrency: must be one of EUR
            """))
    func `a malformed field that we read refuses the event, with a pointer to it`(_ row: DocumentCase) {
        row.check(DocumentSamples.event)
    }

    @Test(
        arguments: DocumentCase.rows(
            """
            /openingHours/0/dayOfWeek | - | /openingHours/0/dayOfWeek: is missing
            /openingHours/0/dayOfWeek | [] | /openingHours/0/dayOfWeek: must name one day at least
            /openingHours/0/dayOfWeek/1 | "st. patrick's day" | /openingHours/0/dayOfWeek/1: must be one of
            /openingHours/0/opens | - | /openingHours/0/opens: is missing
            /openingHours/0/closes | "24:00" | /openingHours/0/closes: must be a time from 00:00 to 23:59
            /openingHours/0 | "monday"
                | /openingHours/0: must be an object, not a string
                & /openingHours/0/dayOfWeek: is missing
                & /openingHours/0/opens: is missing
                & /openingHours/0/closes: is missing
            /openingHours | [] | -
            /openingHoursClosedDays/0/startDate | "2026-02-30"
                | /openingHoursClosedDays/0/startDate: must be a date that exists
            /openingHoursClosedDays/0/endDate | "2026-05-03" | /openingHoursClosedDays/0/endDate: lies before the start
            /openingHoursAdjustedDays/0/openingHours/0/opens | 20
                | /openingHoursAdjustedDays/0/openingHours/0/opens: must be a string, not an integer
            /openingHoursAdjustedDays/0/openingHours | - | -
            /openingHoursAdjustedDays/0/endDate | - | /openingHoursAdjustedDays/0/endDate: is missing
            """))
    func `malformed opening hours refuse the event`(_ row: DocumentCase) {
        row.check(DocumentSamples.periodic)
    }

    @Test(
        arguments: DocumentCase.rows(
            """
            /subEvent | - | /subEvent: is missing
            /subEvent | [] | /subEvent: must name one occasion at least
            /subEvent/0/startDate | - | /subEvent/0/startDate: is missing
            /subEvent/1/endDate | "2026-05-07T00:00:00+02:00" | /subEvent/1/endDate: lies before the start
            /subEvent/1/status | {"type": "Gone"}
                | /subEvent/1/status/type: must be one of Available, TemporarilyUnavailable, Unavailable
            """))
    func `malformed occasions refuse the event`(_ row: DocumentCase) {
        row.check(DocumentSamples.multiple)
    }

    @Test func `everything that is wrong is told at once, up to a bound`() {
        let document = DocumentSamples.event.setting("/name", nil).setting("/startDate", 1).setting(
            "/workflowStatus", "X")
        #expect(DocumentSamples.problems(of: document).count == 3)
        let nonsense = DocumentSamples.event.setting("/priceInfo", .array(Array(repeating: 1, count: 99)))
        #expect(DocumentSamples.problems(of: nonsense).count == Problem.mostNamed)
        #expect(DocumentSamples.problems(of: 7) == [": must be an object, not an integer"])
        #expect(
            DocumentSamples.problems(of: ["@id": "https://data.example/offer/0b3e5a56-2b9e-4c6e-9d6e-6f6f0a1b2c3d"])
                == ["/@type: is missing, and the link under @id does not tell it"])
    }

    @Test func `two documents are the same whoever made them, in whatever order they are written`() throws {
        let hash = try PublishedDocument(reading: DocumentSamples.event).contentHash
        #expect(hash.count == 32)
        let anonymous = DocumentSamples.event.setting("/creator", nil).setting("/contributors", ["other@example.com"])
        let members = try #require(anonymous.object?.members)
        let reordered = JSON.object(JSONObject(members.reversed()))
        #expect(try PublishedDocument(reading: reordered).contentHash == hash)
        #expect(try PublishedDocument(reading: anonymous.setting("/description/nl", "Nieuw")).contentHash != hash)
    }

    @Test func `without a date of change the date of making counts, and one must be there`() throws {
        let created = DocumentSamples.event.setting("/modified", nil)
        #expect(try DocumentSamples.read(created).modified == Instant(text: "2026-02-01T10:00:00+01:00"))
        #expect(DocumentSamples.problems(of: created.setting("/created", nil)) == ["/created: is missing"])
    }

    @Test func `places and organizers are read, untranslated too`() throws {
        let document: JSON = [
            "@id": "https://data.example/organizers/11111111-2222-4333-8444-555555555555", "name": "Leeskring",
            "address": ["addressLocality": "Eeklo"], "created": "2026-02-01T10:00:00Z",
        ]
        guard case .organizer(let organizer) = try PublishedDocument(reading: document).content else {
            Issue.record("the document is not of an organizer")
            return
        }
        #expect(organizer.name == LocalizedText("Leeskring", in: .nl))
        #expect(organizer.address?.addresses == [.nl: PublishedAddress(city: "Eeklo")])
        let place = document.setting("/@id", "https://data.example/place/11111111-2222-4333-8444-555555555555")
        guard case .place(let read) = try PublishedDocument(reading: place.setting("/address", ["nl": [:]])).content
        else {
            Issue.record("the document is not of a place")
            return
        }
        #expect(read.address == nil)
    }
}
