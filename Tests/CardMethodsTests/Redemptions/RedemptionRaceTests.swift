import CardRules
import JSONRPC
import Postgres
import TestSupport
import Testing

@testable import CardMethods

/// Many who ask at the same moment, at counters of several daemons: nothing is given that is not there.
@Suite(.scene) struct RedemptionRaceTests {
    /// All holders ask at once, each at a counter of one of two daemons.
    private static func rush(
        _ holders: [Int], key: String? = nil, _ prepare: (Scene) async throws -> Void,
        _ body: (Scene, [Result<JSON, RPCError>]) async throws -> Void
    ) async throws {
        try await CheckInBatchTests.withBatches(lines: 2) { first in
            try await CheckInBatchTests.withBatches(lines: 2) { second in
                try await prepare(first)
                for holder in Set(holders) { try await first.give(12, .init(holder)) }
                let scenes = [first, second]
                let peers = try await (0..<8).asyncMap { try await scenes[$0 % 2].peer(.librarian) }
                let results = await withTaskGroup(of: Result<JSON, RPCError>.self) { group in
                    for (turn, holder) in holders.enumerated() {
                        group.addTask { await scenes[turn % 2].redeem(peers[turn % 8], .init(holder), key: key) }
                    }
                    return await group.reduce(into: []) { $0.append($1) }
                }
                try await body(first, results)
                #expect(try first.verify() == [:])
            }
        }
    }

    @Test func `ADV-06 the last unit is given once`() async throws {
        try await Self.rush(Array(1...40)) {
            try await $0.advantage(1, with: "units = 3")
        } _: { scene, results in
            #expect(CheckInBatchTests.kinds(results) == ["done": 3, "advantage.soldOut": 37])
            let (stock, count) = (try await scene.stock(), try await scene.count("redemption"))
            #expect(stock == [3, 0, 0] && count == 3)
        }
    }

    @Test func `ADV-12 the last code is given once, and each to one`() async throws {
        try await Self.rush(Array(1...40)) {
            let id = try await $0.advantage(1, with: "is_online = true")
            try await $0.codes(["A", "B", "C", "D"], for: id)
        } _: { scene, results in
            #expect(CheckInBatchTests.kinds(results) == ["done": 4, "advantage.codesUsedUp": 36])
            let codes = results.compactMap { try? $0.get()["code"]?.string }
            #expect(codes.sorted() == ["A", "B", "C", "D"])
            let stock = try await scene.stock()
            #expect(stock == [4, 0, 0])
        }
    }

    @Test func `the limit over all holders is filled exactly`() async throws {
        try await Self.rush(Array(1...40)) {
            try await $0.advantage(1, with: "total_limit_volume = 7, total_limit_period = 'week'")
        } _: { scene, results in
            #expect(CheckInBatchTests.kinds(results) == ["done": 7, "limit.reached": 33])
            let stock = try await scene.stock()
            #expect(stock == [7, 0, 7])
        }
    }

    @Test func `ADV-07 one holder's limit is filled exactly`() async throws {
        try await Self.rush(Array(repeating: 1, count: 40)) {
            try await $0.advantage(1, with: "holder_limit_volume = 2, holder_limit_period = 'day', points = 1")
        } _: { scene, results in
            #expect(CheckInBatchTests.kinds(results) == ["done": 2, "limit.reached": 38])
            let points = try await scene.points(.init(1))
            #expect(points == 10)
        }
    }

    @Test func `ADV-08 points never go below zero`() async throws {
        try await Self.rush(Array(repeating: 1, count: 40)) {
            try await $0.advantage()
        } _: { scene, results in
            #expect(CheckInBatchTests.kinds(results) == ["done": 2, "points.insufficient": 38])
            #expect(results.compactMap { try? $0.get()["totalPoints"]?.integer }.sorted() == [2, 7])
            let points = try await scene.points(.init(1))
            #expect(points == 2)
        }
    }

    @Test func `I7 the same key takes once and is answered the same`() async throws {
        try await Self.rush(Array(repeating: 1, count: 40), key: "once") {
            let id = try await $0.advantage(1, with: "is_online = true")
            try await $0.codes(["A", "B"], for: id)
        } _: { scene, results in
            #expect(Set(results.compactMap { try? $0.get().text }).count == 1)
            #expect(CheckInBatchTests.kinds(results) == ["done": 40])
            let stock = try await scene.stock()
            #expect(stock == [1, 1, 0])
        }
    }
}

/// Of what there is plenty, nobody waits for somebody else who is about to take it.
@Suite(.scene) struct RedemptionPlentyTests {
    static let changes: [(change: SQL, kind: String, stock: [Int])] = [
        ("units = 0", "advantage.soldOut", [0, 0, 0]),
        ("units_taken = 5000", "advantage.soldOut", [5000, 0, 0]),
        ("status = 'inactive', version = version + 1", "advantage.notActive", [0, 0, 0]),
        ("total_limit_volume = 1, total_limit_period = 'week'", "done", [1, 0, 1]),
        ("units_taken = 1000", "done", [1001, 0, 0]),
    ]

    @Test(arguments: changes)
    func `ADV-06 what changes between look and writing is looked at again`(
        change: SQL, kind: String, stock: [Int]
    ) async throws {
        let slow = Failpoints(effects: [.beforeCommit: .sleep(milliseconds: 400)])
        try await Scene.with(failpoints: slow) { scene in
            let id = try await scene.advantage(1, with: "units = 5000")
            try await scene.give(12, .init(1))
            let peer = try await scene.peer(.librarian)
            async let answer = scene.redeem(peer, .init(1))
            try await eventually("it stands before its commit") {
                let looks =
                    "pg_stat_activity where datname = current_database() and state = 'idle in transaction'" as SQL
                return try await scene.count(looks) == 1
            }
            // It would wait here if the row were locked.
            try await scene.sql("update advantage set \(fragment: change) where id = \(id)")
            #expect(CheckInBatchTests.kinds([await answer]) == [kind: 1])
            let left = try await scene.stock()
            #expect(left == stock)
        }
    }
}
