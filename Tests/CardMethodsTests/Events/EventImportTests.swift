import CardRules
import JSONRPC
import Postgres
import TestSupport
import Testing

@testable import CardMethods

/// Published documents on their way in.
@Suite(.scene) struct EventImportTests {
    static let always = SceneDocuments.always

    /// The counts of an import's report.
    static func counts(_ report: JSON) -> [String: Int64] {
        let names = ["imported", "updated", "unchanged", "skippedOlder", "refused"]
        return Dictionary(uniqueKeysWithValues: names.compactMap { name in report[name]?.integer.map { (name, $0) } })
            .filter { $0.value > 0 }
    }

    /// What became of each document, a refused one by its reasons.
    static func outcomes(_ report: JSON) -> [String] {
        report["outcomes"]!.array!.map { outcome in
            let reasons = Set(outcome["reasons"]!.array!.map { $0["kind"]!.string! })
            let word = outcome["outcome"]!.string!
            return word == "refused" ? reasons.sorted().joined(separator: " ") : word
        }
    }

    static func bring(
        _ scene: Scene, _ documents: [JSON], as person: SceneData.Person = .operating, dryRun: Bool = false
    ) async throws -> JSON {
        try await scene.ok(
            scene.peer(person), "event.import", ["documents": .array(documents), "dryRun": .bool(dryRun)])
    }

    static func modified(_ day: Int) -> String { "2030-05-\(day < 10 ? "0" : "")\(day)T09:00:00+02:00" }

    static func event(
        _ number: Int, day: Int = 1, name: String = "Leesclub", of place: SceneData.Place = .library
    ) -> JSON {
        SceneDocuments.event(number, of: place.organizer, name: ["nl": .string(name)], always, modified: modified(day))
    }

    @Test func `an import is idempotent by cdbid and date: the same again changes nothing`() async throws {
        try await Scene.with { scene in
            let documents = (2...20).map { Self.event($0) } + [SceneDocuments.hall(.library)]
            let first = try await Self.bring(scene, documents)
            #expect(Self.counts(first) == ["imported": 19, "unchanged": 1])
            let before: String = try await scene.value("select string_agg(e::text, ' ' order by id) from event e")
            let again = try await Self.bring(scene, documents)
            #expect(Self.counts(again) == ["unchanged": 20])
            #expect(try await scene.value("select string_agg(e::text, ' ' order by id) from event e") == before)
        }
    }

    @Test func `a dry run tells the same and changes nothing`() async throws {
        try await Scene.with { scene in
            let documents = [Self.event(2), Self.event(1, day: 2), Self.event(1), ["@id": "x"]]
            let dry = try await Self.bring(scene, documents, dryRun: true)
            #expect(try await scene.count("event") == 1)
            let settings = try await scene.ok(scene.peer(.operating), "event.getSettings", EventSettingsTests.event)
            #expect(settings["version"] == 1)
            let real = try await Self.bring(scene, documents)
            #expect(dry == real)
            #expect(Self.counts(real) == ["imported": 1, "updated": 1, "skippedOlder": 1, "refused": 1])
        }
    }

    @Test func `the newer document wins, an older one is skipped, another of the same time is taken`() async throws {
        try await Scene.with { scene in
            for (day, name, outcome) in [
                (10, "Tien", "updated"), (5, "Vijf", "skippedOlder"), (10, "Ook tien", "updated"),
                (10, "Ook tien", "unchanged"), (11, "Elf", "updated"),
            ] {
                let report = try await Self.bring(scene, [Self.event(1, day: day, name: name)])
                #expect(Self.outcomes(report) == [outcome], "\(name)")
            }
            let event = try await scene.ok(scene.stranger(), "event.get", EventSettingsTests.event)
            #expect(event["name", "nl"] == "Elf" && event["modified"]?.string == Self.modified(11))
            // In one call they are taken in their order.
            let several = [12, 14, 13, 14].map { Self.event(2, day: $0, name: "Dag \($0)") }
            let report = try await Self.bring(scene, several)
            #expect(Self.outcomes(report) == ["imported", "updated", "skippedOlder", "unchanged"])
        }
    }

    @Test func `points, limits and the check-in code stay with an event whose document changes`() async throws {
        try await Scene.with { scene in
            try await scene.settings(of: SceneData.alwaysOpen, points: 7, limit: Scene.limit(2, per: .month))
            let code: String = try await scene.value("select check_in_code from event")
            _ = try await Self.bring(scene, [Self.event(1, day: 9, name: "Nieuw")])
            let settings = try await scene.ok(scene.peer(.operating), "event.getSettings", EventSettingsTests.event)
            #expect(settings["checkInPoints"] == 7 && settings["checkInLimit"] == Scene.limit(2, per: .month))
            #expect(try await scene.value("select check_in_code from event") == code)
        }
    }

    @Test func `a bad document is refused with a pointer to everything wrong, while the rest goes in`() async throws {
        try await Scene.with { scene in
            let bad = Self.event(3).merged(with: ["workflowStatus": "PUBLISHED", "modified": "yesterday"])
            let report = try await Self.bring(scene, [Self.event(2), bad, 7, Self.event(4)])
            let invalid = "event.documentInvalid"
            #expect(Self.outcomes(report) == ["imported", invalid, invalid, "imported"])
            let reasons = report["outcomes", at: 1]["reasons"]!.array!
            #expect(Set(reasons.map { $0["pointer"]?.string }) == ["/workflowStatus", "/modified"])
            #expect(reasons.allSatisfy { $0["details", "problem"].string != nil })
            #expect(report["outcomes", at: 1]["id"]?.string == SceneData.event(3).text)
            #expect(try await scene.count("event") == 3)
            let operating = try await scene.peer(.operating)
            #expect(await scene.refused(operating, "event.import", ["documents": []]) == ["-32602"])
            let many = JSON.array(Array(repeating: 7, count: 101))
            #expect(await scene.refused(operating, "event.import", ["documents": many]) == ["-32602"])
        }
    }

    @Test func `an event with check-ins, cancelled ones too, stays with its organizer`() async throws {
        try await Scene.with { scene in
            let elsewhere = try await scene.event(2, of: .elsewhere)
            let moved = Self.event(2, day: 9, of: .library)
            let back = Self.event(2, day: 10, of: .elsewhere)
            #expect(Self.outcomes(try await Self.bring(scene, [moved, back])) == ["updated", "updated"])
            let clerk = try await scene.peer(.clerkElsewhere)
            let checkIn = try await scene.checkIn(clerk, .init(1), elsewhere).get()
            try await scene.ok(clerk, "checkIn.cancel", ["checkInId": checkIn["id"]!])
            let again = Self.event(2, day: 11, of: .library)
            #expect(Self.outcomes(try await Self.bring(scene, [again])) == ["event.organizerFixed"])
            let renamed = Self.event(2, day: 12, name: "Zelfde organisator", of: .elsewhere)
            #expect(Self.outcomes(try await Self.bring(scene, [renamed])) == ["updated"])
        }
    }

    @Test
    func `administrators bring in what is of their counters, and take no other's event by a document`() async throws {
        try await Scene.with { scene in
            _ = try await Self.bring(scene, [Self.event(2, of: .elsewhere)])
            let documents: [(JSON, String)] = [
                (Self.event(3), "imported"), (Self.event(4, of: .elsewhere), "event.notImportable"),
                (Self.event(2, day: 9, of: .library), "event.notImportable"),
                (SceneDocuments.organizer(.museum, modified: Self.modified(9)), "updated"),
                (SceneDocuments.organizer(.elsewhere, modified: Self.modified(9)), "event.notImportable"),
                (
                    SceneDocuments.hall(.elsewhere).merged(with: ["modified": .string(Self.modified(9))]),
                    "event.notImportable"
                ),
            ]
            let report = try await Self.bring(scene, documents.map(\.0), as: .administrator)
            #expect(Self.outcomes(report) == documents.map(\.1))
            let one: JSON = ["documents": [Self.event(5)]]
            for person in [SceneData.Person.librarian, .clerkElsewhere] {
                #expect(await scene.refused(try scene.peer(person), "event.import", one) == ["-32004"])
            }
            #expect(await scene.refused(scene.stranger(), "event.import", one) == ["-32001"])
        }
    }

    @Test func `an event is not published before its organizer is known, and is from then on`() async throws {
        try await Scene.with { scene in
            let unknown: OrganizerID = ID(high: 0x7000, low: 0x8000_0000_0000_0007)
            _ = try await Self.bring(scene, [SceneDocuments.event(2, of: unknown, Self.always)])
            let params: JSON = ["eventId": .string(SceneData.event(2).text)]
            #expect(await scene.refused(scene.stranger(), "event.get", params) == ["event.notFound"])
            let seen = try await scene.ok(scene.peer(.librarian), "event.get", params)
            #expect(seen["usable"] == false && seen["reasons", at: 0]["kind"] == "event.notPublished")
            let organizer = SceneDocuments.organizer(.library).merged(with: [
                "@id": SceneDocuments.link("organizers", unknown)
            ])
            _ = try await Self.bring(scene, [organizer])
            #expect(try await scene.ok(scene.stranger(), "event.get", params)["usable"] == true)
        }
    }

    @Test func `the same documents from many at once go in once`() async throws {
        try await Scene.with { first in
            try await Scene.with { second in
                let documents = (2...12).map { Self.event($0) }
                let reports = try await withThrowingTaskGroup(of: JSON.self) { group in
                    for turn in 0..<6 {
                        group.addTask { try await Self.bring(turn % 2 == 0 ? first : second, documents) }
                    }
                    return try await group.reduce(into: []) { $0.append($1) }
                }
                #expect(reports.reduce(0) { $0 + $1["imported"]!.integer! } == 11)
                #expect(reports.reduce(0) { $0 + $1["unchanged"]!.integer! } == 55)
                #expect(try await first.count("event where version = 1") == 12)
            }
        }
    }
}
