import CardRules
import JSONRPC
import Postgres
import TestSupport
import Testing

@testable import CardMethods

/// Taking a check-in back.
@Suite(.scene) struct CheckInCancelTests {
    static func cancel(_ scene: Scene, _ peer: Peer, _ checkIn: JSON, _ more: JSON = [:]) async -> Result<
        JSON, RPCError
    > {
        await scene.call(peer, "checkIn.cancel", more.merged(with: ["checkInId": checkIn["id"]!]))
    }

    @Test func `CHK-09 a cancelled check-in's points go back, its place is free, and it is cancelled once`()
        async throws
    {
        try await Scene.with { scene in
            let event = try await scene.event(2, points: 4, limit: Scene.limit(2, per: .day))
            let librarian = try await scene.peer(.librarian)
            let holder = Scene.Holder(1)
            let first = try await scene.checkIn(librarian, holder, event).get()
            let second = try await scene.checkIn(librarian, holder, event).get()
            #expect(await scene.checkIn(librarian, holder, event).kinds == ["limit.reached"])
            let cancelled = try await Self.cancel(scene, librarian, first, ["reason": "wrong card"]).get()
            #expect(cancelled["totalPoints"] == 4)
            #expect(cancelled["checkIn", "cancelReason"] == "wrong card")
            #expect(cancelled["checkIn", "cancelledAt"].string != nil)
            #expect(await Self.cancel(scene, librarian, first).kinds == ["checkIn.alreadyCancelled"])
            // The first place was freed, not the last.
            _ = try await scene.checkIn(librarian, holder, event).get()
            #expect(await scene.checkIn(librarian, holder, event).kinds == ["limit.reached"])
            _ = try await Self.cancel(scene, librarian, second).get()
            #expect(try await scene.points(holder) == 4)
            #expect(try scene.verify() == [:])
        }
    }

    @Test func `CHK-09 points that are spent are refused; forced by an administrator they are owed and paid first`()
        async throws
    {
        try await Scene.with { scene in
            let event = try await scene.event(2, points: 4)
            let (librarian, administrator) = (try await scene.peer(.librarian), try await scene.peer(.administrator))
            let holder = Scene.Holder(1)
            let checkIn = try await scene.checkIn(librarian, holder, event).get()
            try await scene.spend(3, holder)
            let refusal = await Self.cancel(scene, librarian, checkIn)
            #expect(refusal.kinds == ["points.alreadySpent"])
            if case .failure(let error) = refusal { #expect(error.data?["reasons", at: 0]["missing"] == 3) }
            #expect(await Self.cancel(scene, administrator, checkIn).kinds == ["points.alreadySpent"])
            let force: JSON = ["force": true, "reason": "fraud"]
            #expect(
                await Self.cancel(scene, librarian, checkIn, force).kinds
                    == ["permission.notHeld", "points.alreadySpent"])
            #expect(await Self.cancel(scene, administrator, checkIn, ["force": true]).kinds == ["-32602"])
            #expect(try await scene.points(holder) == 1)

            let forced = try await Self.cancel(scene, administrator, checkIn, force).get()
            #expect(forced["totalPoints"] == -3)
            let reason = "audit where method = 'checkIn.cancel' and outcome = 'done' and details like '%fraud%'" as SQL
            #expect(try await scene.count(reason) == 1)
            // The next ones pay: first all of it goes, then the rest is saved.
            let small = try await scene.event(3, points: 2)
            #expect(try await scene.checkIn(librarian, holder, small).get()["totalPoints"] == -1)
            let paying = try await scene.checkIn(librarian, holder, event).get()
            #expect(paying["newPoints"] == 4 && paying["totalPoints"] == 3)
            // What paid is owed again when it is taken back.
            let back = try await Self.cancel(scene, librarian, paying).get()
            #expect(back["totalPoints"] == -1)
            let owed = "select posted_debit - posted_credit from ledger_account where kind = 'points.owed'" as SQL
            #expect(try await scene.value(owed) as Int == 1)
            #expect(try scene.verify() == [:])
        }
    }

    @Test func `CHK-09 several check-ins of one batch pay a debt one after the other`() async throws {
        try await CheckInBatchTests.withBatches { scene in
            let event = try await scene.event(2, points: 5)
            let librarian = try await scene.peer(.librarian)
            let checkIn = try await scene.checkIn(librarian, .init(1), event).get()
            try await scene.spend(5, .init(1))
            _ = try await Self.cancel(
                scene, scene.peer(.administrator), checkIn, ["force": true, "reason": "fraud"]
            ).get()
            try await scene.settings(of: event, points: 2)
            let results = await CheckInBatchTests.atOnce(scene, [1, 1, 1, 1], event, by: [librarian])
            #expect(try results.map { try $0.get()["totalPoints"]!.integer! }.sorted() == [-3, -1, 1, 3])
            #expect(try scene.verify() == [:])
        }
    }

    @Test func `CHK-09 who may cancel: the counter that did it or whose event it is, and administrators`() async throws
    {
        try await Scene.with { scene in
            let device = try await scene.pillar(at: [.library, .museum])
            let done = try await [1, 2, 3, 4].asyncMap { number -> JSON in
                try await scene.ok(device.peer, "pillar.checkIn", ["chipNumber": .string(Scene.Holder(number).chip)])
            }
            for (index, person) in [SceneData.Person.librarian, .guide, .administrator, .operating].enumerated() {
                _ = try await Self.cancel(scene, scene.peer(person), done[index]).get()
            }
            let own = try await scene.checkIn(scene.peer(.librarian), .init(5)).get()
            for person in [SceneData.Person.guide, .otherAdministrator, .clerkElsewhere] {
                #expect(await Self.cancel(scene, try scene.peer(person), own).kinds == ["checkIn.notFound"])
            }
            let unknown: JSON = ["id": .string(CheckInID(at: scene.now).text)]
            #expect(await Self.cancel(scene, try scene.peer(.operating), unknown).kinds == ["checkIn.notFound"])
            #expect(try await scene.points(.init(5)) == 1)
        }
    }

    @Test func `CHK-09 cancelled twice at once is cancelled once`() async throws {
        try await Scene.with { first in
            try await Scene.with { second in
                let checkIn = try await first.checkIn(first.peer(.librarian), .init(1)).get()
                let peers = [
                    (first, try await first.peer(.librarian)), (second, try await second.peer(.administrator)),
                ]
                let results = await withTaskGroup(of: Result<JSON, RPCError>.self) { group in
                    for turn in 0..<8 {
                        let (scene, peer) = peers[turn % 2]
                        group.addTask { await Self.cancel(scene, peer, checkIn) }
                    }
                    return await group.reduce(into: []) { $0.append($1) }
                }
                #expect(CheckInBatchTests.kinds(results) == ["done": 1, "checkIn.alreadyCancelled": 7])
                #expect(try await first.points(.init(1)) == 0)
                #expect(try await first.count("transfer where reason = 'checkIn.cancel'") == 1)
            }
        }
    }

    @Test func `a check-in and its cancellation in two parts are one group of transfers`() async throws {
        try await Scene.with { scene in
            let event = try await scene.event(2, points: 4)
            let checkIn = try await scene.checkIn(scene.peer(.librarian), .init(1), event).get()
            try await scene.spend(3, .init(1))
            _ = try await Self.cancel(
                scene, scene.peer(.administrator), checkIn, ["force": true, "reason": "fraud"]
            ).get()
            let parts = "transfer where reason in ('checkIn.cancel', 'checkIn.missing')" as SQL
            #expect(try await scene.count(parts) == 2)
            let groups = "select count(distinct group_id) from transfer where reason like 'checkIn%'" as SQL
            #expect(try await scene.value(groups) as Int == 1)
        }
    }
}
