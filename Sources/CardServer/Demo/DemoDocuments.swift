import CardRules
import JSONRPC

/// The season of the demo world, as documents that UiTdatabank might publish: around the day on which the world is
/// made.
struct DemoDocuments {
    private let firstDay: CivilDate

    private init(firstDay: CivilDate) { self.firstDay = firstDay }

    /// All documents of the season, those of organizers and places first.
    ///
    /// - Parameter start: The business time at which the demo begins.
    static func season(startingAt start: Instant) -> [JSON] {
        let season = DemoDocuments(firstDay: Brussels.date(start))
        return DemoOrganizer.allCases.map(season.organizer) + DemoPlace.allCases.map(season.place) + season.events
    }

    /// The UUIDs of the organizers in UiTdatabank. The first five are there for counters: in Eeklo, Aalter, Evergem,
    /// Zelzate and Lievegem.
    static let organizerIDs = DemoOrganizer.allCases.map(\.id.text)

    /// Open around the clock, of the first organizer, so that its pillar always has an event.
    static let alwaysOpen: EventID = DemoID.make(.event, 1)
    /// Ends on the sixth day, so that a pillar that is fixed on it carries a warning.
    static let endingSoon: EventID = DemoID.make(.event, 11)

    private var events: [JSON] { alwaysThere + everyWeek + onSeveralDays + once }

    private func organizer(_ organizer: DemoOrganizer) -> JSON {
        .object(
            head("organizers", organizer.id.text) + [
                .init(name: "name", value: ["nl": .string(organizer.name)]),
                .init(name: "address", value: address(organizer.place)),
            ])
    }

    private func place(_ place: DemoPlace) -> JSON {
        .object(
            head("place", place.id.text) + [
                .init(name: "@type", value: "Place"), .init(name: "name", value: ["nl": .string(place.name)]),
                .init(name: "address", value: address(place)), .init(name: "calendarType", value: "permanent"),
                .init(name: "workflowStatus", value: "APPROVED"),
            ])
    }

    private func head(_ step: String, _ id: String) -> [JSONObject.Member] {
        [
            .init(name: "@id", value: .string("https://io.uitdatabank.example/\(step)/\(id)")),
            .init(name: "mainLanguage", value: "nl"), .init(name: "created", value: .string(moment(-60, "09:00"))),
            .init(name: "modified", value: .string(moment(-30, "09:00"))),
        ]
    }

    private func address(_ place: DemoPlace) -> JSON {
        [
            "nl": [
                "addressCountry": "BE", "addressLocality": .string(place.municipality),
                "postalCode": .string(place.postalCode), "streetAddress": .string(place.street),
            ]
        ]
    }
}

// MARK: The words that the season is written in

extension DemoDocuments {
    /// An event, at its organizer's place unless it says otherwise.
    ///
    /// - Parameter euros: The base price; free if `nil`.
    func event(
        _ number: Int, _ titles: KeyValuePairs<String, JSON>, _ organizer: DemoOrganizer, at place: DemoPlace? = nil,
        _ calendar: Calendar, euros: Int? = nil, status: String = "Available", soldOut: Bool = false
    ) -> JSON {
        let place = place ?? organizer.place
        let location: JSON = [
            "@type": "Place", "@id": .string("https://io.uitdatabank.example/place/\(place.id.text)"),
            "name": ["nl": .string(place.name)], "address": address(place),
        ]
        let host: JSON = [
            "@type": "Organizer", "@id": .string("https://io.uitdatabank.example/organizers/\(organizer.id.text)"),
            "name": ["nl": .string(organizer.name)],
        ]
        let price: JSON = [
            "category": "base", "name": ["nl": "Basistarief"], "price": .integer(Int64(euros ?? 0)),
            "priceCurrency": "EUR",
        ]
        return .object(
            head("event", (DemoID.make(.event, number) as EventID).text) + [
                .init(name: "@type", value: "Event"),
                .init(name: "name", value: .object(JSONObject(titles.map { .init(name: $0.key, value: $0.value) }))),
                .init(name: "organizer", value: host), .init(name: "location", value: location),
                .init(name: "priceInfo", value: [price]), .init(name: "status", value: ["type": .string(status)]),
                .init(name: "bookingAvailability", value: ["type": soldOut ? "Unavailable" : "Available"]),
                .init(name: "workflowStatus", value: "APPROVED"),
                .init(name: "availableFrom", value: .string(moment(-30, "09:00"))),
            ] + calendar.members)
    }

    /// The calendar part of a document.
    struct Calendar {
        let members: [JSONObject.Member]
    }

    /// Once: from a time of the day to one of the same day, or of the next if that is earlier.
    func once(_ day: Int, _ from: String, _ until: String) -> Calendar {
        Calendar(members: [.init(name: "calendarType", value: "single")] + occasion(day, from, until))
    }

    /// On several days at the same time, some of them perhaps cancelled.
    func on(_ days: [Int], _ from: String, _ until: String, cancelled: Set<Int> = []) -> Calendar {
        let occasions = days.map { day in
            let status: JSON = ["type": cancelled.contains(day) ? "Unavailable" : "Available"]
            return JSON.object(occasion(day, from, until) + [.init(name: "status", value: status)])
        }
        return Calendar(members: [
            .init(name: "calendarType", value: "multiple"), .init(name: "subEvent", value: .array(occasions)),
        ])
    }

    /// Between two days by hours of the week such as `monday thursday 19:00-20:00`; whole days without.
    func between(
        _ first: Int, _ last: Int, _ hours: String..., closed: [ClosedRange<Int>] = [], adjusted: [Adjusted] = []
    ) -> Calendar {
        Calendar(
            members: [
                .init(name: "calendarType", value: "periodic"),
                .init(name: "startDate", value: .string(moment(first, "00:00"))),
                .init(name: "endDate", value: .string(moment(last, "23:59"))),
            ] + schedule(hours, closed, adjusted))
    }

    /// Without end by hours of the week.
    func always(_ hours: String..., closed: [ClosedRange<Int>] = [], adjusted: [Adjusted] = []) -> Calendar {
        Calendar(members: [.init(name: "calendarType", value: "permanent")] + schedule(hours, closed, adjusted))
    }

    /// Days with hours of their own.
    typealias Adjusted = (days: ClosedRange<Int>, hours: String)

    private func occasion(_ day: Int, _ from: String, _ until: String) -> [JSONObject.Member] {
        [
            .init(name: "startDate", value: .string(moment(day, from))),
            .init(name: "endDate", value: .string(moment(until < from ? day + 1 : day, until))),
        ]
    }

    private func schedule(
        _ hours: [String], _ closed: [ClosedRange<Int>], _ adjusted: [Adjusted]
    ) -> [JSONObject.Member] {
        [
            .init(name: "openingHours", value: .array(hours.map(week))),
            .init(name: "openingHoursClosedDays", value: .array(closed.map { .object(days($0)) })),
            .init(
                name: "openingHoursAdjustedDays",
                value: .array(
                    adjusted.map { range in
                        .object(days(range.days) + [.init(name: "openingHours", value: [week(range.hours)])])
                    })),
        ]
    }

    /// `monday thursday 19:00-20:00`, or `daily 07:00-21:30`.
    private func week(_ text: String) -> JSON {
        let words = text.split(separator: " ")
        let times = words.last!.split(separator: "-").map { JSON.string(String($0)) }
        let all: [JSON] = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]
        let days = words[0] == "daily" ? all : words.dropLast().map { .string(String($0)) }
        return ["dayOfWeek": .array(days), "opens": times[0], "closes": times[1]]
    }

    private func days(_ range: ClosedRange<Int>) -> [JSONObject.Member] {
        [
            .init(name: "startDate", value: .string(firstDay.adding(days: range.lowerBound).text)),
            .init(name: "endDate", value: .string(firstDay.adding(days: range.upperBound).text)),
        ]
    }

    /// The instant of a time on a day of the demo, of which the first is 0.
    private func moment(_ day: Int, _ time: String) -> String {
        Brussels.instant(firstDay.adding(days: day), TimeOfDay(text: time)!).text
    }
}

extension JSON {
    fileprivate static func object(_ members: [JSONObject.Member]) -> JSON { .object(JSONObject(members)) }
}
