import CardRules
import JSONRPC
import Postgres
import TestSupport
import Testing

@testable import CardMethods

/// Check-ins that arrive together are run together, and each is answered as if it were alone.
@Suite(.scene) struct CheckInBatchTests {
    /// A daemon that gathers what arrives while one batch dawdles, so that the next one is large.
    static func withBatches<R>(lines: Int = 1, _ body: (Scene) async throws -> R) async throws -> R {
        var settings = MethodSettings.scene
        settings.batchConnections = lines
        let slow = Failpoints(effects: [.beforeCommit: .sleep(milliseconds: 20)])
        return try await Scene.with(settings: settings, failpoints: slow, body)
    }

    /// Many check-ins at once, of holders by their number, each with a key of its own.
    static func atOnce(
        _ scene: Scene, _ holders: [Int], _ event: EventID, by peers: [Peer]
    ) async -> [Result<JSON, RPCError>] {
        await withTaskGroup(of: (Int, Result<JSON, RPCError>).self) { group in
            for (index, holder) in holders.enumerated() {
                group.addTask { (index, await scene.checkIn(peers[index % peers.count], .init(holder), event)) }
            }
            var results = [Result<JSON, RPCError>?](repeating: nil, count: holders.count)
            for await (index, result) in group { results[index] = result }
            return results.map { $0! }
        }
    }

    static func kinds(_ results: [Result<JSON, RPCError>]) -> [String: Int] {
        var counts: [String: Int] = [:]
        for result in results {
            if case .success = result {
                counts["done", default: 0] += 1
            } else {
                counts[result.kinds[0], default: 0] += 1
            }
        }
        return counts
    }

    @Test(arguments: [1, 3]) func `CHK-02 many holders at once get what is theirs, each once`(lines: Int) async throws {
        try await Self.withBatches(lines: lines) { scene in
            let event = try await scene.event(2, points: 2, limit: Scene.limit(1, per: .day))
            let peers = try await (0..<8).asyncMap { _ in try await scene.peer(.librarian) }
            let holders = Array(1...Scene.Holder.count)
            let results = await Self.atOnce(scene, holders, event, by: peers)
            #expect(Self.kinds(results) == ["done": holders.count])
            for (holder, result) in zip(holders, results) {
                #expect(try result.get()["cardNumber"]?.string == Scene.Holder(holder).number)
            }
            let again = await Self.atOnce(scene, holders, event, by: peers)
            #expect(Self.kinds(again) == ["limit.reached": holders.count])
            #expect(try await scene.count("transfer where amount = 2 and reason = 'checkIn'") == holders.count)
            // One link of the chain closes over many rows: they were run together.
            let rows = "select max(last_sequence - first_sequence) + 1 from audit_link" as SQL
            #expect(try await scene.value(rows) as Int > 4)
            #expect(try scene.verify() == [:])
        }
    }

    @Test(arguments: [1, 3])
    func `CHK-03 fifty callers for one holder fill the limit exactly, and the balance shows each step`(
        lines: Int
    ) async throws {
        try await Self.withBatches(lines: lines) { scene in
            let event = try await scene.event(2, points: 5, limit: Scene.limit(3, per: .day))
            let peers = try await (0..<10).asyncMap { _ in try await scene.peer(.librarian) }
            let results = await Self.atOnce(scene, Array(repeating: 1, count: 50), event, by: peers)
            #expect(Self.kinds(results) == ["done": 3, "limit.reached": 47])
            let totals = results.compactMap { try? $0.get()["totalPoints"]?.integer }
            #expect(totals.sorted() == [5, 10, 15])
            #expect(try await scene.points(.init(1)) == 15)
            #expect(try await scene.count("check_in") == 3)
        }
    }

    @Test func `CHK-03 two daemons do not give the last place twice`() async throws {
        try await Self.withBatches { first in
            try await Self.withBatches { second in
                let event = try await first.event(2, limit: Scene.limit(3, per: .day))
                try await second.services.directory.reload()
                let mine = try await first.peer(.librarian)
                let theirs = try await second.peer(.librarian)
                async let here = Self.atOnce(
                    first, Array(repeating: [1, 2], count: 15).flatMap(\.self), event, by: [mine])
                async let there = Self.atOnce(
                    second, Array(repeating: [2, 1], count: 15).flatMap(\.self), event, by: [theirs])
                let results = await here + there
                #expect(Self.kinds(results) == ["done": 6, "limit.reached": 54])
                #expect(try await [1, 2].asyncMap { try await first.points(.init($0)) } == [3, 3])
                #expect(try first.verify() == [:])
            }
        }
    }

    @Test func `CHK-03 points and limits are of the person, whichever of the cards is used`() async throws {
        try await Self.withBatches { scene in
            // The second holder's card is the first one's, by a membership in the other card system.
            let (person, second) = (Scene.Holder(1), Scene.Holder(41))
            try await scene.sql(
                "update membership set current_card_id = null where holder_id = \(second.id)",
                "update card set holder_id = \(person.id) where id = \(second.card)")
            let event = try await scene.event(2, points: 3, limit: Scene.limit(3, per: .day))
            let librarian = try await scene.peer(.librarian)
            let results = await Self.atOnce(scene, [1, 41, 1, 41, 41, 1], event, by: [librarian])
            #expect(Self.kinds(results) == ["done": 3, "limit.reached": 3])
            #expect(results.compactMap { try? $0.get()["totalPoints"]!.integer! }.sorted() == [3, 6, 9])
            #expect(try await scene.points(person) == 9)
            #expect(try await scene.points(second) == 0)
            #expect(try scene.verify() == [:])
        }
    }

    @Test func `one bad item refuses alone, among items of several card systems`() async throws {
        try await Self.withBatches { scene in
            let there = try await scene.event(3, of: .elsewhere)
            let (librarian, clerk) = (try await scene.peer(.librarian), try await scene.peer(.clerkElsewhere))
            try await scene.ok(
                scene.peer(.administrator), "card.block",
                ["cardNumber": .string(Scene.Holder(3).number), "reason": "lost"])
            async let here = Self.atOnce(scene, [1, 2, 3, 4, 41], SceneData.alwaysOpen, by: [librarian])
            async let elsewhere = Self.atOnce(scene, [3, 1, 41, 42], there, by: [clerk])
            let (own, others) = await (here, elsewhere)
            #expect(own.map { Self.kinds([$0]).keys.first! } == ["done", "done", "card.blocked", "done", "done"])
            #expect(others.map { Self.kinds([$0]).keys.first! } == ["card.blocked", "done", "done", "done"])
            for (cardSystem, done) in [(SceneData.here, 4), (SceneData.there, 3)] {
                #expect(try await scene.count("check_in where card_system_id = \(cardSystem)") == done)
                #expect(try await scene.count("transfer where card_system_id = \(cardSystem)") == done)
                let audited: SQL = "audit where card_system_id = \(cardSystem) and method = 'checkIn.create'"
                #expect(try await scene.count(audited) == done + 1)
            }
            #expect(try await scene.points(.init(1)) == 2)
            #expect(try scene.verify() == [:])
        }
    }

    @Test func `I7 the same key in one batch, in two, and on two daemons has one effect and one answer`() async throws {
        try await Self.withBatches { first in
            try await Self.withBatches { second in
                let event = try await first.event(2, limit: Scene.limit(9, per: .day))
                try await second.services.directory.reload()
                let scenes = [first, second]
                let peers = try await scenes.asyncMap { try await $0.peer(.librarian) }
                let results = await withTaskGroup(of: Result<JSON, RPCError>.self) { group in
                    for turn in 0..<40 {
                        group.addTask { await scenes[turn % 2].checkIn(peers[turn % 2], .init(1), event, key: "once") }
                    }
                    return await group.reduce(into: []) { $0.append($1) }
                }
                #expect(Set(results.compactMap { try? $0.get().text }).count == 1)
                #expect(Self.kinds(results) == ["done": 40])
                #expect(try await first.count("check_in") == 1)
                #expect(try await first.points(.init(1)) == 1)
                let later = await first.checkIn(peers[0], .init(1), event, key: "once")
                #expect(try later.get().text == results[0].get().text)
            }
        }
    }

    @Test func `I7 the same key with other parameters is a mistake, in one batch and later`() async throws {
        try await Self.withBatches { scene in
            let librarian = try await scene.peer(.librarian)
            // Something to wait for, so that the next two meet in one batch.
            async let first = scene.checkIn(librarian, .init(9))
            try await Task.sleep(for: .milliseconds(5))
            async let one = scene.checkIn(librarian, .init(1), key: "k")
            async let two = scene.checkIn(librarian, .init(2), key: "k")
            let results = await [one, two]
            _ = try await first.get()
            #expect(results.map { Self.kinds([$0]).keys.first! }.sorted() == ["-32010", "done"])
            #expect(await scene.checkIn(librarian, .init(3), key: "k").kinds == ["-32010"])
            #expect(try await scene.points(.init(1)) + scene.points(.init(2)) + scene.points(.init(3)) == 1)
            // Another caller's key of the same text is another key.
            _ = try await scene.checkIn(
                scene.peer(.guide), .init(4), scene.event(3, of: .museum), key: "k"
            ).get()
        }
    }

    @Test func `I7 a refusal is an answer too: it is stored and told again, also when it no longer holds`() async throws
    {
        try await Scene.with { scene in
            let librarian = try await scene.peer(.librarian)
            _ = try await scene.checkIn(librarian, .init(1)).get()
            let refusal = await scene.checkIn(librarian, .init(1), key: "again")
            #expect(refusal.kinds == ["limit.reached"])
            try await scene.advance(.days(1))
            #expect(await scene.checkIn(librarian, .init(1), key: "again") == refusal)
            _ = try await scene.checkIn(librarian, .init(1), key: "new").get()
            #expect(try await scene.count("audit where outcome = 'limit.reached'") == 1)
        }
    }

    @Test
    func `what another daemon changed holds for the next check-in, though memory has not heard of it`()
        async throws
    {
        try await Scene.with { first in
            let event = try await first.event(2, points: 1)
            let device = try await first.pillar()
            try await first.fix(device, on: event)
            try await Scene.with(isFollowing: false) { deaf in
                let librarian = try await deaf.peer(.librarian)
                let there = try await deaf.logIn(device.credential, device.pillar)
                let other = try await first.event(3, points: 9)
                try await first.settings(of: event, points: 4)
                try await first.fix(device, on: other)
                #expect(deaf.services.directory.event(event)?.facts.checkInPoints == 1)
                #expect(try await deaf.checkIn(librarian, .init(1), event).get()["newPoints"] == 4)
                try await first.settings(of: event, points: 5)
                let answer = try await deaf.ok(
                    there.peer, "pillar.checkIn", ["chipNumber": .string(Scene.Holder(2).chip)])
                #expect(answer["eventId"]?.string == other.text && answer["newPoints"] == 9)
                // An event that memory never heard of.
                let newest = try await first.event(5, points: 7)
                #expect(try await deaf.checkIn(librarian, .init(3), newest).get()["newPoints"] == 7)
            }
        }
    }

    @Test func `check-ins while memory is dropped and read anew are right`() async throws {
        try await Self.withBatches(lines: 2) { scene in
            let librarian = try await scene.peer(.librarian)
            let reloading = Task {
                while !Task.isCancelled { try? await scene.services.directory.reload() }
            }
            let results = await Self.atOnce(
                scene, Array(1...Scene.Holder.count), SceneData.alwaysOpen, by: [librarian])
            reloading.cancel()
            #expect(Self.kinds(results) == ["done": Scene.Holder.count])
        }
    }

    @Test func `a retired pillar's last call is refused, not asked again for ever`() async throws {
        try await Scene.with { scene in
            let device = try await scene.pillar()
            let caller = device.peer.caller
            try await scene.ok(
                scene.peer(.operating), "pillar.release", ["pillarId": .string(device.pillar.text), "retire": true])
            // Admitted before, decided after.
            let key = IdempotencyKey(cardSystem: caller.home, principal: caller.principal, key: "last")
            let chip = try ChipNumber(checking: Scene.Holder(1).chip)
            let answer = await withCheckedContinuation { continuation in
                let ticket = BatchTicket(
                    method: "pillar.checkIn", caller: caller, key: key, paramsHash: ParamsHash(written: [1], others: [])
                ) { continuation.resume(returning: $0) }
                let call = BatchCall(
                    ticket: ticket, cardSystem: SceneData.here,
                    request: CheckInRequest(card: .named(.chip(chip)), place: .pillar(device.pillar)))
                scene.services.batches(of: CheckInWork.self).submit(call, from: device.peer)
            }
            #expect(throws: Refusal(.pillarNotFound)) { try answer.get() }
        }
    }
}
