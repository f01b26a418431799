import CardRules
import JSONRPC
import Postgres
import Synchronization
import TestSupport
import Testing

@testable import CardMethods

/// What is sent to those who subscribed to a card system's changes.
@Suite(.scene) struct FeedSubscriptionTests {
    private static let here: JSON = ["cardSystemId": .string(SceneData.here.text)]

    /// A consumer on a connection of its own, and what it was sent.
    private struct Consumer {
        let peer: Peer
        let pushes = Pushes()

        init(_ scene: Scene, _ person: SceneData.Person = .administrator) async throws {
            peer = try await scene.peer(token: person.token, push: pushes.take)
        }

        var pages: [JSON] { pushes.all.filter { $0["method"] == "feed.changed" }.map { $0["params"] } }
        var sequences: [Int64] { pages.flatMap { $0["items"].array! }.compactMap { $0["sequence"].integer } }
        var isWithoutGap: Bool { zip(pages, pages.dropFirst()).allSatisfy { $0["nextAfter"] == $1["after"] } }
    }

    private static func all(_ scene: Scene) async throws -> [Int64] {
        let list = try await scene.ok(scene.peer(.administrator), "feed.list", here.merged(with: ["limit": 500]))
        return list["items"].array!.compactMap { $0["sequence"].integer }
    }

    private static func checkIns(_ scene: Scene, _ holders: ClosedRange<Int>) async throws {
        let librarian = try await scene.peer(.librarian)
        try await withThrowingTaskGroup { group in
            for index in holders { group.addTask { _ = try await scene.checkIn(librarian, .init(index)).get() } }
            try await group.waitForAll()
        }
    }

    @Test func `changes come in their order without a gap, from whichever daemon they were made at`() async throws {
        try await Scene.with { scene in
            let other = try await Scene()
            let consumer = try await Consumer(scene)
            let begin = try await scene.ok(consumer.peer, "feed.subscribe", Self.here)["after"].integer!
            async let first: Void = Self.checkIns(scene, 1...15)
            async let second: Void = Self.checkIns(other, 16...30)
            _ = try await (first, second)
            let expected = try await Self.all(scene).filter { $0 > begin }
            #expect(expected.count == 30)
            await eventually("all are told") { consumer.sequences == expected }
            #expect(consumer.isWithoutGap && consumer.pages.first?["after"] == .integer(begin))
            await other.close()
        }
    }

    @Test func `whoever comes back is sent what was missed`() async throws {
        try await Scene.with { scene in
            let gone = try await Consumer(scene)
            let begin = try await scene.ok(gone.peer, "feed.subscribe", Self.here)["after"].integer!
            try await Self.checkIns(scene, 1...3)
            await eventually("it is told") { gone.sequences.count == 3 }
            let last = try #require(gone.pages.last?["nextAfter"])
            gone.pushes.hangUp()
            try await Self.checkIns(scene, 4...8)
            await eventually("the connection is forgotten") { scene.services.feeds.count == 0 }
            let back = try await Consumer(scene)
            try await scene.ok(back.peer, "feed.subscribe", Self.here.merged(with: ["after": last]))
            await eventually("the rest is told") { back.sequences.count == 5 }
            let expected = try await Self.all(scene).filter { $0 > begin }
            #expect(gone.sequences + back.sequences == expected)
        }
    }

    @Test func `a slow connection is told when it has room again, and then everything`() async throws {
        try await Scene.with { scene in
            let consumer = try await Consumer(scene)
            let begin = try await scene.ok(consumer.peer, "feed.subscribe", Self.here)["after"].integer!
            consumer.peer.isSlow = true
            try await Self.checkIns(scene, 1...9)
            try await scene.services.feeds.deliver(scene.services)
            #expect(consumer.pages.isEmpty)
            consumer.peer.isSlow = false
            let expected = try await Self.all(scene).filter { $0 > begin }
            await eventually("it is told") { consumer.sequences == expected }
        }
    }

    @Test func `long feeds come in pages`() async throws {
        try await Scene.with { scene in
            let before = try await Self.all(scene).last ?? 0
            try await scene.sql(
                """
                insert into audit (card_system_id, sequence, link, at, actor_kind, actor_id, method, outcome, details,
                    digest)
                select \(SceneData.here), \(before) + n, 0, \(scene.now), 'host', \(SceneData.here), 'x.made', 'done',
                    '{"told":{"n":' || n || '}}', '' from generate_series(1, 1000) n
                """,
                "update tenant_head set audit_sequence = \(before) + 1000 where card_system_id = \(SceneData.here)")
            let consumer = try await Consumer(scene)
            try await scene.ok(consumer.peer, "feed.subscribe", Self.here.merged(with: ["after": .integer(before)]))
            await eventually("it is told") { consumer.sequences == Array(before + 1...before + 1000) }
            #expect(consumer.pages.count == 5 && consumer.isWithoutGap)
        }
    }

    @Test func `it ends with the right to it, and with the session`() async throws {
        try await Scene.with { scene in
            let administrator = try await Consumer(scene)
            let clerk = try await Consumer(scene, .librarian)
            for consumer in [administrator, clerk] { try await scene.ok(consumer.peer, "feed.subscribe", Self.here) }
            let callers = [administrator, clerk].map(\.peer.caller)
            try await scene.sql("update permission_group set permissions = '{checkIn.write}'")
            try await scene.ok(administrator.peer, "session.logout")
            await eventually("memory has heard of it") { !callers.contains(where: scene.services.directory.isCurrent) }
            try await Self.checkIns(scene, 1...1)
            await eventually("both have ended") {
                [administrator, clerk].allSatisfy { $0.pushes.all.last?["method"] == "feed.ended" }
            }
            #expect(scene.services.feeds.count == 0 && clerk.pages.isEmpty && administrator.pages.isEmpty)
        }
    }

    @Test func `it ends with unsubscribing, and needs a connection that stays`() async throws {
        try await Scene.with { scene in
            let consumer = try await Consumer(scene)
            for _ in 0..<2 { try await scene.ok(consumer.peer, "feed.subscribe", Self.here) }
            #expect(scene.services.feeds.count == 1)
            try await scene.ok(consumer.peer, "feed.unsubscribe", Self.here)
            #expect(scene.services.feeds.count == 0)
            let web = try await scene.peer(.administrator)
            #expect(await scene.refused(web, "feed.subscribe", Self.here) == ["-32600"])
        }
    }
}
