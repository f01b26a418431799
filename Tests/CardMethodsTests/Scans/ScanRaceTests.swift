import CardRules
import JSONRPC
import Postgres
import TestSupport
import Testing

@testable import CardMethods

/// Many scans at once, at counters of two daemons: every count is exact, and none waits for another in a circle.
@Suite(.scene) struct ScanRaceTests {
    /// Eight tills at two daemons, each of which scans one card after the other.
    private static func rush(
        _ turns: Int, _ prepare: (Scene) async throws -> Void,
        _ act: @escaping @Sendable (Scene, Peer, Int) async -> Result<JSON, RPCError>,
        _ body: (Scene, [Result<JSON, RPCError>]) async throws -> Void
    ) async throws {
        try await CheckInBatchTests.withBatches(lines: 2) { first in
            try await CheckInBatchTests.withBatches(lines: 2) { second in
                try await prepare(first)
                try await second.services.directory.reload()
                let scenes = [first, second]
                let peers = try await (0..<8).asyncMap { try await scenes[$0 % 2].peer(.librarian) }
                let results = await withTaskGroup(of: [Result<JSON, RPCError>].self) { group in
                    for till in peers.indices {
                        group.addTask {
                            var own: [Result<JSON, RPCError>] = []
                            for turn in stride(from: till, to: turns, by: peers.count) {
                                own.append(await act(scenes[till % 2], peers[till], turn))
                            }
                            return own
                        }
                    }
                    return await group.reduce(into: []) { $0 += $1 }
                }
                try await body(first, results)
                let deadlocks: Int = try await first.value(
                    "select deadlocks from pg_stat_database where datname = current_database()")
                #expect(deadlocks == 0)
                #expect(try first.verify() == [:])
            }
        }
    }

    @Test func `two atomic scans that cross are both done, and each takes all or nothing`() async throws {
        let coupons = ["COUPON_1", "COUPON_2"]
        try await Self.rush(40) { scene in
            try await scene.scanWorld(entitled: [], taking: "units = 13")
            try await scene.advantage(2, with: "units = 17")
            for _ in coupons { try await scene.plainCoupon(total: "20/absolute") }
            for holder in 1...40 { try await scene.give(10, .init(holder)) }
        } _: { scene, peer, turn in
            let actions = [
                Scene.taking(1), Scene.selling(coupons[0]), Scene.taking(2), Scene.selling(coupons[1]),
            ]
            let card = Scene.Holder(1 + turn).number
            return await scene.scan(peer, card, turn % 4 < 2 ? actions : actions.reversed())
        } _: { scene, results in
            #expect(CheckInBatchTests.kinds(results) == ["done": 13, "advantage.soldOut": 27])
            #expect(try await scene.stock() == [13, 0, 0])
            #expect(try await scene.stock(Scene.advantage(2)) == [13, 0, 0])
            #expect(try await scene.count("ticket_sale") == 26)
            let points: Int = try await scene.value(
                "select sum(posted_credit - posted_debit)::bigint from ledger_account where kind = 'points.holder'")
            #expect(points == 400 - 13 * 10)
        }
    }

    @Test func `scans of few cards among the single calls of others fill each limit exactly`() async throws {
        try await Self.rush(48) { scene in
            try await scene.scanWorld(entitled: [1, 2], taking: "units = 100")
            try await scene.settings(of: Scene.concert, points: 5, limit: Scene.limit(4, per: .day))
        } _: { scene, peer, turn in
            let holder = 1 + turn % 2
            switch turn % 6 {
            case 0, 1: return await scene.scan(peer, holder, Scene.checkIn, Scene.taking(), Scene.selling())
            case 2, 3: return await scene.scan(peer, holder, Scene.selling(), Scene.checkIn, atomic: false)
            case 4: return await scene.checkIn(peer, .init(holder), Scene.concert)
            default: return await scene.sell(peer, Scene.item(holder))
            }
        } _: { scene, _ in
            #expect(try await scene.count("check_in") == 8)
            for holder in [1, 2] {
                let id = Scene.Holder(holder).id
                let taken = try await scene.count("redemption where holder_id = \(id)")
                #expect(try await scene.points(.init(holder)) == 5 * (4 - taken))
            }
        }
    }

    @Test func `ADV-06 of many scans the last units are given once, and what else they do is done`() async throws {
        try await Self.rush(40) { scene in
            try await scene.scanWorld(taking: "units = 3")
        } _: { scene, peer, turn in
            await scene.scan(peer, 1 + turn, Scene.checkIn, Scene.taking(), atomic: false)
        } _: { scene, results in
            let outcomes = try results.map { Scene.outcomes(try $0.get()) }
            #expect(outcomes.count { $0 == ["checkIn done", "redeem done"] } == 3)
            #expect(outcomes.count { $0 == ["checkIn done", "redeem advantage.soldOut"] } == 37)
            #expect(try await scene.stock() == [3, 0, 0])
        }
    }

    @Test func `I7 the same key acts once, wherever it is sent`() async throws {
        try await Self.rush(24) { scene in
            try await scene.scanWorld()
        } _: { scene, peer, _ in
            await scene.scan(peer, 1, Scene.checkIn, Scene.selling(), Scene.taking(), key: "once")
        } _: { scene, results in
            #expect(Set(results.compactMap { try? $0.get().text }).count == 1)
            #expect(CheckInBatchTests.kinds(results) == ["done": 24])
            let (checkIns, sales) = (try await scene.count("check_in"), try await scene.count("ticket_sale"))
            #expect(checkIns == 1 && sales == 1)
        }
    }

    @Test func `the first sales, which make the accounts of the ledger, are all done`() async throws {
        try await Self.rush(16) { scene in
            try await scene.scanWorld(entitled: Array(1...16))
        } _: { scene, peer, turn in
            await scene.scan(peer, 1 + turn, Scene.selling(), Scene.checkIn)
        } _: { scene, results in
            #expect(CheckInBatchTests.kinds(results) == ["done": 16])
            let owed = try await scene.owed()
            #expect(owed == 16 * 400)
        }
    }
}
