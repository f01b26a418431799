import CardRules
import JSONRPC

// When an event takes place, in the words of UiTdatabank.

extension EventStatus {
    /// The words of documents.
    static let documentWords: KeyValuePairs<String, EventStatus> = [
        "Available": .available, "TemporarilyUnavailable": .temporarilyUnavailable, "Unavailable": .unavailable,
    ]
}

extension BookingAvailability {
    /// The words of documents.
    static let documentWords: KeyValuePairs<String, BookingAvailability> = [
        "Available": .available, "Unavailable": .unavailable,
    ]
}

extension Weekday {
    /// The words of documents.
    static let documentWords: KeyValuePairs<String, Weekday> = [
        "monday": .monday, "tuesday": .tuesday, "wednesday": .wednesday, "thursday": .thursday, "friday": .friday,
        "saturday": .saturday, "sunday": .sunday,
    ]
}

extension DocumentReader {
    private enum CalendarType { case single, multiple, periodic, permanent }

    /// The calendar; `nil` only if something is wrong with it, and noted.
    mutating func calendar(_ document: DocumentField) -> EventCalendar? {
        let types: KeyValuePairs<String, CalendarType> = [
            "single": .single, "multiple": .multiple, "periodic": .periodic, "permanent": .permanent,
        ]
        switch word(required(document["calendarType"]), of: types) {
        case nil: return nil
        case .single: return period(document).map { .single(start: $0.start, end: $0.end) }
        case .multiple:
            let subEvents = required(document["subEvent"])
            let occasions = elements(subEvents, atMost: 2000).compactMap { subEvent(object($0)) }
            if subEvents.json == .array([]) { refuse(subEvents, "must name one occasion at least") }
            return occasions.isEmpty ? nil : .multiple(occasions)
        case .periodic:
            let (period, schedule) = (period(document), schedule(document))
            return period.map { .periodic(start: $0.start, end: $0.end, schedule) }
        case .permanent: return .permanent(schedule(document))
        }
    }

    /// Whether the event, or one occasion, takes place; `nil` if nothing is said.
    mutating func status(_ field: DocumentField) -> EventStatus? {
        let field = object(field["status"])
        return field.isThere ? word(required(field["type"]), of: EventStatus.documentWords) : nil
    }

    /// Whether there are places left; `nil` if nothing is said.
    mutating func bookingAvailability(_ field: DocumentField) -> BookingAvailability? {
        let field = object(field["bookingAvailability"])
        return field.isThere ? word(required(field["type"]), of: BookingAvailability.documentWords) : nil
    }

    private mutating func period(_ field: DocumentField) -> (start: Instant, end: Instant)? {
        let start = instant(required(field["startDate"]))
        let end = instant(required(field["endDate"]))
        guard let start, let end else { return nil }
        if end < start {
            refuse(field["endDate"], "lies before the start")
            return nil
        }
        return (start, end)
    }

    private mutating func subEvent(_ field: DocumentField) -> EventCalendar.SubEvent? {
        let (period, status, booking) = (period(field), status(field), bookingAvailability(field))
        return period.map { .init(start: $0.start, end: $0.end, status: status, bookingAvailability: booking) }
    }

    private mutating func schedule(_ document: DocumentField) -> OpeningSchedule {
        OpeningSchedule(
            weekly: hours(document["openingHours"]),
            closed: elements(document["openingHoursClosedDays"], atMost: 500).compactMap { days(object($0)) },
            adjusted: elements(document["openingHoursAdjustedDays"], atMost: 500).compactMap {
                adjustedDays(object($0))
            })
    }

    private mutating func hours(_ field: DocumentField) -> [OpeningHours] {
        elements(field, atMost: 100).compactMap { field in
            let field = object(field)
            let names = required(field["dayOfWeek"])
            let days = elements(names, atMost: 7).compactMap { word(required($0), of: Weekday.documentWords) }
            if names.json == .array([]) { refuse(names, "must name one day at least") }
            let opens = time(required(field["opens"]))
            let closes = time(required(field["closes"]))
            guard let opens, let closes else { return nil }
            return OpeningHours(days: Set(days), opens: opens, closes: closes)
        }
    }

    private mutating func days(_ field: DocumentField) -> ClosedRange<CivilDate>? {
        let first = date(required(field["startDate"]))
        let last = date(required(field["endDate"]))
        guard let first, let last else { return nil }
        if last < first {
            refuse(field["endDate"], "lies before the start")
            return nil
        }
        return first...last
    }

    private mutating func adjustedDays(_ field: DocumentField) -> AdjustedDays? {
        let (days, hours) = (days(field), hours(field["openingHours"]))
        return days.map { AdjustedDays(days: $0, hours: hours) }
    }
}
