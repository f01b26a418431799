import CardRules
import JSONRPC
import Postgres
import TestSupport
import Testing

@testable import CardMethods

/// Many connections ask at once for the last of something: it is sold once, and every count is exact.
@Suite(.scene) struct TicketParallelTests {
    /// Sales of the same items by many, each with a key of its own, at two daemons.
    private static func atOnce(
        _ first: Scene, _ second: Scene, _ times: Int, _ items: @escaping @Sendable (Int) -> [JSON]
    ) async throws -> [Result<JSON, RPCError>] {
        let peers = try await (0..<4).asyncMap { _ in
            [(first, try await first.peer(.librarian)), (second, try await second.peer(.librarian))]
        }.flatMap(\.self)
        return await withTaskGroup(of: Result<JSON, RPCError>.self) { group in
            for index in 0..<times {
                let (scene, peer) = peers[index % peers.count]
                let params: JSON = ["tickets": .array(items(index))]
                group.addTask { await scene.call(peer, "ticketSale.register", params) }
            }
            return await group.reduce(into: []) { $0.append($1) }
        }
    }

    private static func withTwo(_ body: (Scene, Scene) async throws -> Void) async throws {
        try await CheckInBatchTests.withBatches(lines: 2) { first in
            try await CheckInBatchTests.withBatches(lines: 2) { second in try await body(first, second) }
        }
    }

    @Test func `TS-05 the last ticket of a limit is sold once`() async throws {
        try await Self.withTwo { first, second in
            try await first.ticketWorld(limit: Scene.limit(2, per: .week))
            try await second.services.directory.reload()
            let results = try await Self.atOnce(first, second, 40) { [Scene.item(1 + $0 % 2)] }
            #expect(CheckInBatchTests.kinds(results) == ["done": 4, "limit.reached": 36])
            #expect(try await first.count("ticket_sale") == 4)
            #expect(try await first.owed() == 4 * 400)
            #expect(try first.verify() == [:])
        }
    }

    @Test func `TS-11 a group's last tickets are sold once, whole calls or nothing`() async throws {
        try await Self.withTwo { first, second in
            try await first.ticketWorld()
            try await second.services.directory.reload()
            let results = try await Self.atOnce(first, second, 24) { _ in
                [Scene.item(SceneData.groupCard, ["quantity": 3])]
            }
            #expect(CheckInBatchTests.kinds(results) == ["done": 6, "limit.reached": 18])
            #expect(try await first.groupTickets() == 2)
            #expect(try first.verify() == [:])
        }
    }

    @Test func `COU-06 the last coupon and the last euro of a budget are given once`() async throws {
        try await Self.withTwo { first, second in
            try await first.ticketWorld()
            try await second.services.directory.reload()
            let few = try await first.plainCoupon(total: "7/absolute")
            let poor = try await first.plainCoupon(budget: 1100)
            let results = try await Self.atOnce(first, second, 30) { [Scene.item(1 + $0, tariff: few)] }
            #expect(CheckInBatchTests.kinds(results) == ["done": 7, "limit.reached": 23])
            let spending = try await Self.atOnce(first, second, 30) { [Scene.item(1 + $0, tariff: poor)] }
            #expect(CheckInBatchTests.kinds(spending) == ["done": 5, "coupon.spent": 25])
            #expect(try await first.value("select max(spent_cents) from coupon") as Int == 1000)
            #expect(try await first.count("audit where details::jsonb #> '{told,couponWarnings}' is not null") == 1)
            #expect(try await first.count("ticket_sale") == 12)
            #expect(try first.verify() == [:])
        }
    }

    @Test func `one key is one sale, however often and wherever it is sent`() async throws {
        try await Self.withTwo { first, second in
            try await first.ticketWorld()
            try await second.services.directory.reload()
            let (here, there) = (try await first.peer(.librarian), try await second.peer(.librarian))
            let answers = await withTaskGroup(of: Result<JSON, RPCError>.self) { group in
                for index in 0..<20 {
                    let (scene, peer) = index % 2 == 0 ? (first, here) : (second, there)
                    group.addTask { await scene.sell(peer, Scene.item(1), key: "the same") }
                }
                return await group.reduce(into: []) { $0.append($1) }
            }
            let ids = Set(answers.compactMap { try? $0.get()["orderId"]?.string })
            #expect(ids.count == 1 && CheckInBatchTests.kinds(answers) == ["done": 20])
            #expect(try await first.count("ticket_sale") == 1)
        }
    }

    @Test func `sales, cancellations and reservations of the same people do not wait for each other in a circle`()
        async throws
    {
        try await Self.withTwo { first, second in
            try await first.ticketWorld(entitled: Array(1...20))
            try await second.services.directory.reload()
            let coupon = try await first.plainCoupon(total: "1000/year", budget: 1_000_000)
            let librarian = try await first.peer(.librarian)
            let sold = try await first.sell(
                librarian, Scene.item(1), Scene.item(SceneData.groupCard), Scene.item(2, tariff: coupon)
            ).get()
            let ids = sold["sales"]!.array!.map { $0["id"]! }
            async let cancelled = first.call(librarian, "ticketSale.cancel", ["ticketSaleIds": .array(ids.reversed())])
            let results = try await Self.atOnce(first, second, 30) { index in
                [
                    Scene.item(20 - index % 20), Scene.item(SceneData.groupCard),
                    Scene.item(1 + index % 20, tariff: coupon),
                ]
                .shuffled()
            }
            _ = try await cancelled.get()
            let done = CheckInBatchTests.kinds(results)["done"] ?? 0
            // One of the group's tickets was sold before, and given back at some moment.
            #expect(done == 20 || done == 19)
            #expect(try await first.count("ticket_sale where status = 'confirmed'") == 3 * done)
            #expect(try await first.groupTickets() == 20 - done)
            #expect(try first.verify() == [:])
        }
    }
}
