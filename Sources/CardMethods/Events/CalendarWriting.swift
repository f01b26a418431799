import CardRules
import JSONRPC

extension EventCalendar {
    /// The calendar as a document has it: what `EventDocument.calendar(from:)` reads back. It is written anew instead
    /// of being cut out of the document, so that nothing is stored that nobody reads.
    var document: JSON {
        switch self {
        case .single(let start, let end):
            ["calendarType": "single", "startDate": .string(start.text), "endDate": .string(end.text)]
        case .multiple(let subEvents):
            ["calendarType": "multiple", "subEvent": .array(subEvents.map(\.document))]
        case .periodic(let start, let end, let schedule):
            schedule.document([
                "calendarType": "periodic", "startDate": .string(start.text), "endDate": .string(end.text),
            ])
        case .permanent(let schedule):
            schedule.document(["calendarType": "permanent"])
        }
    }
}

extension EventCalendar.SubEvent {
    fileprivate var document: JSON {
        .object(present: [
            "startDate": .string(start.text), "endDate": .string(end.text),
            "status": status.map { ["type": word($0, in: EventStatus.documentWords)] },
            "bookingAvailability": bookingAvailability.map {
                ["type": word($0, in: BookingAvailability.documentWords)]
            },
        ])
    }
}

extension OpeningSchedule {
    /// What begins as given, with the hours behind it.
    fileprivate func document(_ head: KeyValuePairs<String, JSON>) -> JSON {
        let hours: KeyValuePairs<String, JSON> = [
            "openingHours": .array(weekly.map(\.document)),
            "openingHoursClosedDays": .array(closed.map(\.document)),
            "openingHoursAdjustedDays": .array(
                adjusted.map { range in
                    [
                        "startDate": .string(range.days.lowerBound.text),
                        "endDate": .string(range.days.upperBound.text),
                        "openingHours": .array(range.hours.map(\.document)),
                    ]
                }),
        ]
        let members =
            head.map { ($0.key, $0.value) } + hours.filter { $0.value != .array([]) }.map { ($0.key, $0.value) }
        return .object(JSONObject(members.map { .init(name: $0.0, value: $0.1) }))
    }
}

extension OpeningHours {
    fileprivate var document: JSON {
        [
            "dayOfWeek": .array(Weekday.allCases.filter(days.contains).map { word($0, in: Weekday.documentWords) }),
            "opens": .string(opens.text), "closes": .string(closes.text),
        ]
    }
}

extension ClosedRange<CivilDate> {
    fileprivate var document: JSON { ["startDate": .string(lowerBound.text), "endDate": .string(upperBound.text)] }
}

/// A value in the words of documents, which have one for each.
private func word<Value: Equatable>(_ value: Value, in words: KeyValuePairs<String, Value>) -> JSON {
    .string(words.first { $0.value == value }!.key)
}
