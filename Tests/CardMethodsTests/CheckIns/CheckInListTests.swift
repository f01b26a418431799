import CardRules
import JSONRPC
import Postgres
import TestSupport
import Testing

@testable import CardMethods

/// Looking check-ins up again.
@Suite(.scene) struct CheckInListTests {
    /// Six check-ins over three days: at the library's counter, at its pillar, at the museum, and elsewhere.
    private func fill(_ scene: Scene) async throws -> (ids: [String], device: Scene.Device) {
        let device = try await scene.pillar()
        let museum = try await scene.event(2, of: .museum)
        let elsewhere = try await scene.event(3, of: .elsewhere)
        let (librarian, guide) = (try await scene.peer(.librarian), try await scene.peer(.guide))
        let clerk = try await scene.peer(.clerkElsewhere)
        var done: [JSON] = []
        done.append(try await scene.checkIn(librarian, .init(1)).get())
        done.append(try await scene.ok(device.peer, "pillar.checkIn", ["chipNumber": .string(Scene.Holder(2).chip)]))
        try await scene.advance(.days(1))
        done.append(try await scene.checkIn(guide, .init(1), museum).get())
        done.append(try await scene.checkIn(clerk, .init(1), elsewhere).get())
        try await scene.advance(.days(1))
        done.append(try await scene.checkIn(librarian, .init(1)).get())
        done.append(try await scene.checkIn(librarian, .init(41)).get())
        return (done.map { $0["id"]!.string! }, device)
    }

    @Test func `CHK-10 check-ins are listed newest first, by each filter and all of them`() async throws {
        try await Scene.with { scene in
            let (ids, device) = try await fill(scene)
            func list(_ person: SceneData.Person, _ filters: JSON = [:]) async throws -> [Int] {
                let page = try await scene.ok(
                    scene.peer(person), "checkIn.list", filters.merged(with: ["withTotal": true]))
                let found = page["items"]!.array!.map { ids.firstIndex(of: $0["id"]!.string!)! }
                #expect(page["total"]?.integer == Int64(found.count))
                return found
            }
            func text<Kind>(_ id: ID<Kind>) -> JSON { .string(id.text) }
            #expect(try await list(.operating) == [5, 4, 3, 2, 1, 0])
            #expect(try await list(.administrator) == [5, 4, 2, 1, 0])
            #expect(try await list(.otherAdministrator) == [3])
            #expect(try await list(.librarian) == [5, 4, 1, 0])
            #expect(try await list(.guide) == [2])
            #expect(try await list(.clerkElsewhere) == [3])
            let filters: [(JSON, [Int])] = [
                (["checkInId": .string(ids[2])], [2]),
                (["cardSystemId": text(SceneData.there)], [3]),
                (["eventId": text(SceneData.alwaysOpen)], [5, 4, 1, 0]),
                (["counterId": text(SceneData.Place.library.counter)], [5, 4, 0]),
                (["pillarId": text(device.pillar)], [1]),
                (["passHolderId": text(Scene.Holder(1).id)], [4, 3, 2, 0]),
                (["from": "2030-06-04T00:00:00+02:00"], [5, 4, 3, 2]),
                (["until": "2030-06-05T00:00:00+02:00"], [3, 2, 1, 0]),
                (["from": "2030-06-04T00:00:00+02:00", "until": "2030-06-05T00:00:00+02:00"], [3, 2]),
                (["passHolderId": text(Scene.Holder(1).id), "from": "2030-06-05T00:00:00+02:00"], [4]),
            ]
            for (filter, found) in filters { #expect(try await list(.operating, filter) == found) }
            // A filter does not widen what one may see.
            #expect(try await list(.guide, ["checkInId": .string(ids[0])]) == [])
            #expect(try await list(.administrator, ["cardSystemId": text(SceneData.there)]) == [])
            let wrong: JSON = ["from": "2030-06-05T00:00:00+02:00", "until": "2030-06-05T00:00:00+02:00"]
            #expect(await scene.refused(try scene.peer(.operating), "checkIn.list", wrong) == ["-32602"])
        }
    }

    @Test func `GEN-04 pages follow each other without a gap, with the total of all`() async throws {
        try await Scene.with { scene in
            let (ids, _) = try await fill(scene)
            let operating = try await scene.peer(.operating)
            var found: [String] = []
            var cursor: JSON?
            repeat {
                let more: JSON = cursor.map { ["cursor": $0] } ?? [:]
                let page = try await scene.ok(
                    operating, "checkIn.list", more.merged(with: ["limit": 2, "withTotal": true]))
                #expect(page["total"] == 6)
                found += page["items"]!.array!.map { $0["id"]!.string! }
                cursor = page["nextCursor"]
            } while cursor != nil && found.count < 20
            #expect(found == ids.reversed())
            #expect(await scene.refused(operating, "checkIn.list", ["limit": 501]) == ["-32602"])
        }
    }

    @Test func `a listed check-in tells event, card, place, points and cancellation`() async throws {
        try await Scene.with { scene in
            let (ids, device) = try await fill(scene)
            let librarian = try await scene.peer(.librarian)
            try await scene.ok(librarian, "checkIn.cancel", ["checkInId": .string(ids[1]), "reason": "a mistake"])
            let item = try await scene.ok(librarian, "checkIn.list", ["checkInId": .string(ids[1])])["items", at: 0]
            #expect(item["eventName", "nl"] == "Leesclub")
            #expect(item["cardNumber"]?.string == Scene.Holder(2).number)
            #expect(item["pillarId"]?.string == device.pillar.text && item["counterId"] == nil)
            #expect(item["points"] == 1 && item["cancelReason"] == "a mistake")
            #expect(item["cancelledAt"]?.string?.hasPrefix("2030-06-05") == true)
            // Nothing of the person but the id.
            #expect(
                item.object?.members.contains { $0.name.lowercased().contains("name") && $0.name != "eventName" }
                    == false)
        }
    }
}
