import Glibc
import JSONRPC
import Testing

@testable import CardMethods

/// Documents for the tests of the reader.
enum DocumentSamples {
    static let event = parse(
        """
        {
            "@context": "/contexts/event", "@type": "Event",
            "@id": "https://data.example/event/0b3e5a56-2b9e-4c6e-9d6e-6f6f0a1b2c3d",
            "mainLanguage": "nl", "name": {"nl": "Lezing Écologie", "fr": "Conférence"},
            "calendarType": "single",
            "startDate": "2026-05-01T20:00:00+02:00", "endDate": "2026-05-01T22:00:00+02:00",
            "status": {"type": "Available"}, "bookingAvailability": {"type": "Available"},
            "availableFrom": "2026-03-01T00:00:00+01:00", "availableTo": "2026-05-01T22:00:00+02:00",
            "organizer": {
                "@type": "Organizer", "@id": "https://data.example/organizers/11111111-2222-4333-8444-555555555555",
                "name": "Leeskring"
            },
            "location": {
                "@type": "Place", "@id": "https://data.example/place/66666666-7777-4888-8999-aaaaaaaaaaaa",
                "name": {"nl": "De Zaal"},
                "address": {"nl": {"streetAddress": "Kerkstraat 1", "postalCode": "9900", "addressLocality": "Eeklo",
                    "addressCountry": "BE"}}
            },
            "priceInfo": [
                {"category": "base", "name": {"nl": "Basistarief"}, "price": 19.99, "priceCurrency": "EUR"},
                {"category": "tariff", "name": "Student", "price": 5, "priceCurrency": "EUR"}
            ],
            "workflowStatus": "APPROVED", "created": "2026-02-01T10:00:00+01:00", "modified": "2026-02-02T10:00:00+01:00",
            "creator": "Somebody", "contributors": ["someone@example.com"], "description": {"nl": 7}
        }
        """)

    /// A periodic event with every kind of day.
    static let periodic = event.setting("/calendarType", "periodic")
        .setting("/endDate", "2026-06-30T22:00:00+02:00")
        .setting("/openingHours", [["dayOfWeek": ["monday", "sunday"], "opens": "09:00", "closes": "12:00"]])
        .setting("/openingHoursClosedDays", [["startDate": "2026-05-04", "endDate": "2026-05-05"]])
        .setting(
            "/openingHoursAdjustedDays",
            [
                [
                    "startDate": "2026-05-10", "endDate": "2026-05-11",
                    "openingHours": [["dayOfWeek": ["sunday"], "opens": "20:00", "closes": "02:00"]],
                ]
            ])

    static let multiple = event.setting("/calendarType", "multiple").setting(
        "/subEvent",
        [
            [
                "startDate": "2026-05-01T20:00:00+02:00", "endDate": "2026-05-01T22:00:00+02:00",
                "status": ["type": "Unavailable"],
            ],
            [
                "startDate": "2026-05-08T00:00:00+02:00", "endDate": "2026-05-08T00:00:00+02:00",
                "bookingAvailability": ["type": "Unavailable"],
            ],
        ])

    static func parse(_ text: String) -> JSON {
        do { return try JSON(parsing: Array(text.utf8)) } catch { fatalError("the sample is not JSON: \(error)") }
    }

    /// What is wrong with a document, each as `pointer: reason`.
    static func problems(of document: JSON) -> [String] {
        do {
            _ = try PublishedDocument(reading: document)
            return []
        } catch {
            return error.problems.map { "\($0.pointer): \($0.reason)" }
        }
    }

    static func read(_ document: JSON) throws -> EventDocument {
        guard case .event(let event) = try PublishedDocument(reading: document).content else {
            fatalError("the document is not of an event")
        }
        return event
    }
}

/// One change to a document, and what is then wrong with it: a row `pointer | value | problem & problem`.
///
/// `-` is no value, and no problem. A problem may be cut short behind. What belongs to the row above is indented.
struct DocumentCase: Sendable, CustomTestStringConvertible {
    let row: String
    var testDescription: String { row }

    static func rows(_ table: String) -> [DocumentCase] {
        var rows: [String] = []
        for line in table.split(separator: "\n") {
            if line.hasPrefix("/") {
                rows.append(String(line))
            } else {
                rows[rows.count - 1] += line.drop { $0 == " " }
            }
        }
        return rows.map(DocumentCase.init)
    }

    func check(_ document: JSON, _ location: SourceLocation = #_sourceLocation) {
        let cells = row.trimmedParts("|")
        let expected = cells[2] == "-" ? [] : cells[2].trimmedParts("&")
        let value = cells[1] == "-" ? nil : DocumentSamples.parse(cells[1])
        let problems = DocumentSamples.problems(of: document.setting(cells[0], value))
        #expect(problems.count == expected.count, "\(problems)", sourceLocation: location)
        for (problem, expected) in zip(problems, expected) {
            #expect(problem.hasPrefix(expected), sourceLocation: location)
        }
    }
}

extension String {
    fileprivate func trimmedParts(_ separator: Character) -> [String] {
        split(separator: separator).map { part in
            let part = part.drop { $0 == " " }
            return String(part.reversed().drop { $0 == " " }.reversed())
        }
    }
}

extension JSON {
    /// The document with something else, or nothing, under a pointer.
    func setting(_ pointer: String, _ value: JSON?) -> JSON {
        setting(pointer.split(separator: "/").map(String.init)[...], value) ?? .null
    }

    private func setting(_ path: ArraySlice<String>, _ value: JSON?) -> JSON? {
        guard let step = path.first else { return value }
        switch self {
        case .array(var elements):
            elements[Int(step)!] = elements[Int(step)!].setting(path.dropFirst(), value)!
            return .array(elements)
        case .object(var object):
            let changed = (object[step] ?? .null).setting(path.dropFirst(), value)
            if let index = object.members.firstIndex(where: { $0.name == step }) {
                if let changed { object.members[index].value = changed } else { object.members.remove(at: index) }
            } else if let changed {
                object.members.append(.init(name: step, value: changed))
            }
            return .object(object)
        default:
            return path.count == 1 ? value : JSON.object(JSONObject()).setting(path, value)
        }
    }
}

/// The drafts of UiTdatabank beside the repository.
enum DraftFiles {
    static let folder: String = {
        let package = "/" + #filePath.split(separator: "/").dropLast(4).joined(separator: "/")
        return package + "/../shared/data/uitdatabank"
    }()

    /// The names in the folder; `nil` if there is none.
    static var names: [String]? {
        guard let directory = opendir(folder) else { return nil }
        defer { closedir(directory) }
        var names: [String] = []
        while let entry = readdir(directory) {
            let name = withUnsafePointer(to: &entry.pointee.d_name) {
                $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
            }
            if name.hasSuffix(".json") { names.append(name) }
        }
        return names.sorted()
    }

    static func document(_ name: String) throws -> JSON {
        guard let file = fopen("\(folder)/\(name)", "rb") else { throw Missing(name: name) }
        defer { fclose(file) }
        var bytes = [UInt8](repeating: 0, count: 1 << 16)
        let count = fread(&bytes, 1, bytes.count, file)
        return try JSON(parsing: Array(bytes[..<count]))
    }

    struct Missing: Error {
        let name: String
    }
}
