import CardRules
import JSONRPC
import Postgres
import TestSupport
import Testing

@testable import CardMethods

/// Finding events, organizers and places.
@Suite(.scene) struct EventSearchTests {
    /// Five events beside the one that is always open: see the numbers.
    private static func fill(_ scene: Scene) async throws {
        func once(_ day: String) -> JSON {
            SceneDocuments.once("2030-06-\(day)T14:00:00+02:00", "2030-06-\(day)T16:00:00+02:00")
        }
        let museum = SceneData.Place.museum
        let documents = [
            SceneDocuments.event(2, of: museum.organizer, name: ["nl": "Zwemmen 100%", "fr": "Natation"], once("10")),
            SceneDocuments.event(3, at: museum.hall, name: ["nl": "Zondags zwemmen"], once("11")),
            SceneDocuments.event(4, name: ["nl": "Muziek"], once("12")),
            SceneDocuments.event(5, name: ["nl": "Ontwerp"], once("13"), workflow: "DRAFT"),
            SceneDocuments.event(6, name: ["nl": "Later"], once("14"), published: "2030-06-05T00:00:00+02:00"),
        ]
        _ = try await EventImportTests.bring(scene, documents)
    }

    private static func list(_ scene: Scene, _ peer: Peer, _ filter: JSON = [:]) async throws -> [Int] {
        let page = try await scene.ok(peer, "event.list", filter.merged(with: ["withTotal": true]))
        let ids = page["items"]!.array!.map { $0["id"]!.string! }
        #expect(page["total"]?.integer == Int64(ids.count))
        return ids.map { id in (1...6).first { SceneData.event($0).text == id }! }
    }

    @Test func `strangers find published events only, staff all of them`() async throws {
        try await Scene.with { scene in
            try await Self.fill(scene)
            // By their first opening, the one without last.
            #expect(try await Self.list(scene, scene.stranger()) == [2, 3, 4, 1])
            for person in [SceneData.Person.operating, .administrator, .librarian, .clerkElsewhere] {
                let peer = try await scene.peer(person)
                #expect(try await Self.list(scene, peer) == [2, 3, 4, 5, 6, 1])
                #expect(try await Self.list(scene, peer, ["onlyPublished": true]) == [2, 3, 4, 1])
            }
            try await scene.move(to: "2030-06-05T00:00:01+02:00")
            #expect(try await Self.list(scene, scene.stranger()) == [2, 3, 4, 6, 1])
        }
    }

    @Test
    func `events are found by cdbid, link, name, organizer, counter and period, and by all together`() async throws {
        try await Scene.with { scene in
            try await Self.fill(scene)
            let id = SceneData.event(3).text
            let museum = SceneData.Place.museum
            let filters: [(JSON, [Int])] = [
                (["eventId": .string(id)], [3]), (["eventId": .string(id.uppercased())], [3]),
                (["eventId": .string("https://www.uitdatabank.be/event/\(id)/preview?x=1")], [3]),
                (["eventId": .string(SceneData.event(5).text)], []),
                (["name": "zwem"], [2, 3]), (["name": "ZON*zw"], [3]), (["name": "natat"], [2]),
                (["name": "100%"], [2]), (["name": "1_0"], []), (["name": "opera"], []),
                (["organizerId": .string(museum.organizer.text)], [2]),
                (["from": "2030-06-11T15:00:00+02:00"], [3, 4, 1]), (["from": "2030-06-11T16:00:01+02:00"], [4, 1]),
                (["until": "2030-06-11T14:00:00+02:00"], [2, 1]),
                (["from": "2030-06-11T00:00:00+02:00", "until": "2030-06-12T00:00:00+02:00"], [3, 1]),
                (["name": "zwem", "from": "2030-06-11T00:00:00+02:00"], [3]),
            ]
            for (filter, found) in filters {
                #expect(try await Self.list(scene, scene.stranger(), filter) == found, "\(filter.text)")
            }
            // Organized or hosted.
            let counter: JSON = ["counterId": .string(museum.counter.text)]
            #expect(try await Self.list(scene, scene.peer(.guide), counter) == [2, 3])
            let foreign: JSON = ["counterId": .string(SceneData.Place.elsewhere.counter.text)]
            #expect(await scene.refused(try scene.peer(.guide), "event.list", foreign) == ["counter.notFound"])
            #expect(await scene.refused(scene.stranger(), "event.list", counter) == ["counter.notFound"])
            for malformed in [["eventId": "Leesclub"], ["from": "2030-06-11"], ["limit": 0]] as [JSON] {
                #expect(await scene.refused(scene.stranger(), "event.list", malformed) == ["-32602"])
            }
        }
    }

    @Test func `GEN-04 pages of events follow each other without a gap`() async throws {
        try await Scene.with { scene in
            try await Self.fill(scene)
            let operating = try await scene.peer(.operating)
            var found: [String] = []
            var cursor: JSON?
            repeat {
                let more: JSON = cursor.map { ["cursor": $0] } ?? [:]
                let page = try await scene.ok(operating, "event.list", more.merged(with: ["limit": 4]))
                found += page["items"]!.array!.map { $0["id"]!.string! }
                cursor = page["nextCursor"]
            } while cursor != nil && found.count < 20
            #expect(found == [2, 3, 4, 5, 6, 1].map { SceneData.event($0).text })
        }
    }

    @Test func `an event tells its opening and place; unpublished ones do not exist for strangers`() async throws {
        try await Scene.with { scene in
            try await Self.fill(scene)
            let link = JSON.string("https://uit.example/event/\(SceneData.event(3).text)")
            let event = try await scene.ok(scene.stranger(), "event.get", ["eventId": link])
            #expect(event["nextOpening", "start"] == "2030-06-11T14:00:00+02:00")
            #expect(event["placeId"]?.string == SceneData.Place.museum.hall.text)
            #expect(event["organizerName", "nl"] == "Organizer library")
            #expect(event["usable"] == true && event["prices"] == [])
            // Never the code, which is worth points.
            let code: String = try await scene.value("select check_in_code from event where id = \(SceneData.event(3))")
            #expect(!event.text.contains(code))
            for number in [5, 6, 99] {
                let params: JSON = ["eventId": .string(SceneData.event(number).text)]
                #expect(await scene.refused(scene.stranger(), "event.get", params) == ["event.notFound"])
            }
        }
    }

    @Test func `ORG-01 organizers are found by name and by card system, places by staff`() async throws {
        try await Scene.with { scene in
            func organizers(_ params: JSON) async throws -> [String?] {
                try await scene.ok(scene.stranger(), "organizer.list", params)["items"]!.array!.map { $0["id"]?.string }
            }
            let (library, museum, elsewhere) = (
                SceneData.Place.library.organizer.text, SceneData.Place.museum.organizer.text,
                SceneData.Place.elsewhere.organizer.text
            )
            #expect(try await organizers([:]) == [elsewhere, library, museum])
            #expect(try await organizers(["name": "mus"]) == [museum])
            #expect(try await organizers(["cardSystemId": .string(SceneData.there.text)]) == [elsewhere])
            let nowhere: JSON = ["cardSystemId": .string(CardSystemID(at: scene.now).text)]
            #expect(await scene.refused(scene.stranger(), "organizer.list", nowhere) == ["cardSystem.notFound"])
            let one = try await scene.ok(scene.stranger(), "organizer.get", ["organizerId": .string(museum)])
            #expect(one["name", "nl"] == "Organizer museum")
            let none: JSON = ["organizerId": .string(OrganizerID(at: scene.now).text)]
            #expect(await scene.refused(scene.stranger(), "organizer.get", none) == ["organizer.notFound"])
            let places = try await scene.ok(scene.peer(.librarian), "place.list", ["name": "hall"])
            #expect(places["items"]?.array?.count == 3)
            #expect(await scene.refused(scene.stranger(), "place.list") == ["-32001"])
        }
    }
}
