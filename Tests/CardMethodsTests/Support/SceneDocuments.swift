import CardRules
import JSONRPC

@testable import CardMethods

/// Documents that UiTdatabank might publish of a scene's events, organizers and places.
enum SceneDocuments {
    /// A document of an event; free, approved, and published long before the scene begins.
    static func event(
        _ number: Int, of organizer: OrganizerID = SceneData.Place.library.organizer, at place: PlaceID? = nil,
        name: JSON = ["nl": "Leesclub"], _ calendar: JSON, modified: String = "2030-05-01T09:00:00+02:00",
        workflow: String = "APPROVED", published: String = "2030-05-01T09:00:00+02:00"
    ) -> JSON {
        let head: JSON = [
            "@id": link("event", SceneData.event(number)), "@type": "Event", "mainLanguage": "nl", "name": name,
            "organizer": ["@id": link("organizers", organizer)], "workflowStatus": .string(workflow),
            "availableFrom": .string(published), "modified": .string(modified),
        ]
        let place = place.map { JSON.object(present: ["location": ["@id": link("place", $0)]]) }
        return head.merged(with: calendar).merged(with: place ?? [:])
    }

    static func organizer(_ place: SceneData.Place, modified: String = "2030-05-01T09:00:00+02:00") -> JSON {
        [
            "@id": link("organizers", place.organizer), "@type": "Organizer", "mainLanguage": "nl",
            "name": ["nl": .string("Organizer \(place)")], "modified": .string(modified),
        ]
    }

    static func hall(_ place: SceneData.Place) -> JSON {
        [
            "@id": link("place", place.hall), "@type": "Place", "mainLanguage": "nl",
            "name": ["nl": .string("Hall \(place)")], "modified": "2030-05-01T09:00:00+02:00",
        ]
    }

    static func link<Kind>(_ step: String, _ id: ID<Kind>) -> JSON { .string("https://uit.example/\(step)/\(id.text)") }

    // MARK: Calendars

    /// Around the clock.
    static let always: JSON = ["calendarType": "permanent"]

    /// Every day between two times.
    static func daily(_ opens: String, _ closes: String) -> JSON {
        let days: JSON = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]
        return [
            "calendarType": "permanent",
            "openingHours": [["dayOfWeek": days, "opens": .string(opens), "closes": .string(closes)]],
        ]
    }

    static func once(_ start: String, _ end: String) -> JSON {
        ["calendarType": "single", "startDate": .string(start), "endDate": .string(end)]
    }
}

extension JSON {
    /// The members of both; of two with one name the other's.
    func merged(with other: JSON) -> JSON {
        let (own, others) = (object?.members ?? [], other.object?.members ?? [])
        return .object(JSONObject(own.filter { other[$0.name] == nil } + others))
    }
}
