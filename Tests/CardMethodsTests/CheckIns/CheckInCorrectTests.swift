import CardRules
import JSONRPC
import Postgres
import TestSupport
import Testing

@testable import CardMethods

/// What an administrator does about check-ins of an event that was set wrongly.
@Suite(.scene) struct CheckInCorrectTests {
    @Test func `S11 a check-in is given other points, cancelled, and restored; the ledger follows each step`()
        async throws
    {
        try await Scene.with { scene in
            let event = try await scene.event(2, points: 5)
            let administrator = try await scene.peer(.administrator)
            let checkIn = try await scene.checkIn(scene.peer(.librarian), .init(1), event).get()
            let named: JSON = ["checkInId": checkIn["id"]!, "reason": "set wrongly"]
            func total(_ method: String, _ more: JSON = [:]) async throws -> Int64? {
                try await scene.ok(administrator, method, named.merged(with: more))["totalPoints"]?.integer
            }
            #expect(try await total("checkIn.correct", ["points": 2]) == 2)
            try await scene.spend(2, .init(1))
            #expect(
                await scene.refused(administrator, "checkIn.correct", named.merged(with: ["points": 1]))
                    == ["points.alreadySpent"])
            #expect(try await total("checkIn.correct", ["points": 1, "force": true]) == -1)
            #expect(try await total("checkIn.cancel", ["force": true]) == -2)
            // What is owed is paid first: by what is restored, and by what is given more.
            #expect(try await total("checkIn.restore") == -1)
            #expect(try await total("checkIn.correct", ["points": 4]) == 2)
            #expect(try await total("checkIn.cancel", ["force": true]) == -2)
            #expect(try await total("checkIn.restore") == 2)
            #expect(try await scene.points(.init(1)) == 2)
            let trail =
                "audit where method like 'checkIn.%' and details like '%set wrongly%' and outcome = 'done'" as SQL
            #expect(try await scene.count(trail) == 7)
            #expect(try scene.verify() == [:])
        }
    }

    @Test func `S11 a restored check-in takes a place of its own period again`() async throws {
        try await Scene.with { scene in
            let event = try await scene.event(2, points: 1, limit: Scene.limit(1, per: .day))
            let (librarian, administrator) = (try await scene.peer(.librarian), try await scene.peer(.administrator))
            let first = try await scene.checkIn(librarian, .init(1), event).get()
            let named: JSON = ["checkInId": first["id"]!, "reason": "r"]
            try await scene.ok(administrator, "checkIn.cancel", named)
            try await scene.advance(.days(1))
            _ = try await scene.checkIn(librarian, .init(1), event).get()
            // Yesterday's place is free, whatever today's is.
            try await scene.ok(administrator, "checkIn.restore", named)
            #expect(await scene.checkIn(librarian, .init(1), event).kinds == ["limit.reached"])
            #expect(try await scene.points(.init(1)) == 2)
        }
    }

    @Test func `S11 all check-ins of an event are corrected by a job that shows first what would come of it`()
        async throws
    {
        try await Scene.with { scene in
            let event = try await scene.event(2, points: 5)
            let (librarian, administrator) = (try await scene.peer(.librarian), try await scene.peer(.administrator))
            for number in 1...4 { _ = try await scene.checkIn(librarian, .init(number), event).get() }
            try await scene.spend(5, .init(4))
            let cancelled = try await scene.checkIn(librarian, .init(5), event).get()
            try await scene.ok(librarian, "checkIn.cancel", ["checkInId": cancelled["id"]!])
            let filter: JSON = ["cardSystemId": .string(SceneData.here.text), "eventId": .string(event.text)]
            #expect(
                try await scene.ok(librarian, "checkIn.count", filter)
                    == ["standing": 4, "cancelled": 1, "points": 20, "passHolders": 4])
            let job = try await scene.ok(
                administrator, "checkIn.createCorrectionJob", filter.merged(with: ["points": 1, "reason": "5, not 1"]))
            try await scene.work()
            try await scene.ok(administrator, "job.preview", ["jobId": job["id"]!])
            try await scene.work()
            let foreseen = try await scene.ok(administrator, "job.get", ["jobId": job["id"]!])
            #expect(foreseen["rows"] == 4 && foreseen["foreseenDone"] == 3 && foreseen["foreseenRefused"] == 1)
            #expect(try await scene.ok(librarian, "checkIn.count", filter)["points"] == 20)
            try await scene.ok(administrator, "job.start", ["jobId": job["id"]!])
            try await scene.work()
            #expect(try await scene.ok(librarian, "checkIn.count", filter)["points"] == 8)
            #expect(try await scene.points(.init(1)) == 1)
            // What is left is cancelled altogether, by force; those that stood aside are rows too.
            let all = try await scene.ok(
                administrator, "checkIn.createCorrectionJob",
                filter.merged(with: ["reason": "it never took place", "force": true]))
            try await scene.work()
            try await scene.ok(administrator, "job.start", ["jobId": all["id"]!])
            try await scene.work()
            #expect(
                try await scene.ok(librarian, "checkIn.count", filter)
                    == ["standing": 0, "cancelled": 5, "points": 0, "passHolders": 0])
            #expect(try scene.verify() == [:])
        }
    }
}
