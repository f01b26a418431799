import CardRules
import JSONRPC
import Postgres
import TestSupport
import Testing

@testable import CardMethods

extension Scene {
    /// The code that an event of the scene shows.
    func code(of event: EventID) async throws -> String {
        try await value("select check_in_code from event where id = \(event)")
    }

    func ownCheckIn(_ peer: Peer, _ code: String, key: String? = nil) async -> Result<JSON, RPCError> {
        await call(peer, "holder.checkIn", ["code": .string(code)], key: key)
    }
}

@Suite(.scene) struct OwnCheckInTests {
    private static let own = Scene.Holder(1)

    @Test func `CHK-07 S23 the event's code gives its points and tells the new total`() async throws {
        try await Scene.with { scene in
            let peer = try await scene.login(of: Self.own)
            let event = try await scene.event(3, points: 4)
            _ = try await scene.checkIn(scene.peer(.librarian), Self.own).get()
            let code = try await scene.code(of: event)
            // As somebody types it.
            let typed = code.lowercased().prefix(4) + "-" + code.dropFirst(4)
            let receipt = try await scene.ownCheckIn(peer, String(typed)).get()
            #expect(receipt["newPoints"] == 4 && receipt["totalPoints"] == 5)
            #expect(receipt["cardNumber"]?.string == Self.own.number)
            let own = "check_in where counter_id is null and pillar_id is null and account_id is not null" as SQL
            #expect(try await scene.count(own) == 1)
            let system: CardSystemID = try await scene.value(
                "select card_system_id from check_in where event_id = \(event)")
            #expect(system == SceneData.here)
            #expect(try await scene.count("audit where method = 'holder.checkIn' and outcome = 'done'") == 1)
            #expect(try scene.verify().isEmpty)
        }
    }

    @Test func `CHK-07 an unknown code is invalid, that of an event that is over has expired`() async throws {
        try await Scene.with { scene in
            let peer = try await scene.login(of: Self.own)
            #expect(await scene.ownCheckIn(peer, "0123456789ABCDEF").kinds == ["checkInCode.invalid"])
            #expect(try await scene.count("security_event where kind = 'checkInCode.wrong'") == 1)
            let day = SceneDocuments.once("2030-06-03T10:00:00+02:00", "2030-06-03T12:00:00+02:00")
            let event = try await scene.event(3, day)
            let code = try await scene.code(of: event)
            try await scene.move(to: "2030-06-03T13:00:01+02:00")
            #expect(await scene.ownCheckIn(peer, code).kinds == ["checkInCode.expired"])
        }
    }

    @Test func `CHK-07 CHK-01 CHK-03 the same window and the same limit as at a counter`() async throws {
        try await Scene.with { scene in
            let peer = try await scene.login(of: Self.own)
            let day = SceneDocuments.once("2030-06-03T14:00:00+02:00", "2030-06-03T15:00:00+02:00")
            let code = try await scene.code(of: scene.event(3, day, limit: Scene.limit(1, per: .day)))
            #expect(await scene.ownCheckIn(peer, code).kinds == ["checkIn.outsideOpening"])
            try await scene.move(to: "2030-06-03T13:00:00+02:00")
            _ = try await scene.ownCheckIn(peer, code).get()
            #expect(await scene.ownCheckIn(peer, code).kinds == ["limit.reached"])
            let clerk = try await scene.peer(.librarian)
            #expect(await scene.checkIn(clerk, Self.own, SceneData.event(3)).kinds == ["limit.reached"])
        }
    }

    @Test func `CHK-03 CHK-07 fifty at once by code and card take the one place together`() async throws {
        try await Scene.with { scene in
            let peer = try await scene.login(of: Self.own)
            let event = try await scene.event(3, limit: Scene.limit(1, per: .day))
            let code = try await scene.code(of: event)
            let clerk = try await scene.peer(.librarian)
            // Each from an address of its own, as the throttle counts attempts of one.
            let peers = (1...25).map { Peer(source: "phone \($0)", caller: peer.caller) }
            let done = await withTaskGroup(of: Bool.self) { group in
                for phone in peers {
                    group.addTask { (try? await scene.ownCheckIn(phone, code).get()) != nil }
                    group.addTask { (try? await scene.checkIn(clerk, Self.own, event).get()) != nil }
                }
                return await group.reduce(into: 0) { $0 += $1 ? 1 : 0 }
            }
            #expect(done == 1)
            #expect(try await scene.points(Self.own) == 1)
            #expect(try scene.verify().isEmpty)
        }
    }

    @Test func `CHK-07 the same call again gives its points once`() async throws {
        try await Scene.with { scene in
            let peer = try await scene.login(of: Self.own)
            let code = try await scene.code(of: scene.event(3))
            let first = try await scene.ownCheckIn(peer, code, key: "once").get()
            #expect(try await scene.ownCheckIn(peer, code, key: "once").get() == first)
            #expect(await scene.ownCheckIn(peer, code + "0", key: "once").kinds == ["-32010"])
            #expect(try await scene.points(Self.own) == 1)
        }
    }

    @Test func `CHK-05 CHK-08 blocked, or of nobody's family`() async throws {
        try await Scene.with { scene in
            let peer = try await scene.login(of: Self.own)
            let code = try await scene.code(of: scene.event(3))
            let other: JSON = ["code": .string(code), "passHolderId": .string(Scene.Holder(2).id.text)]
            #expect(await scene.refused(peer, "holder.checkIn", other) == ["passHolder.notFound"])
            try await scene.ok(
                scene.peer(.librarian), "card.block", ["cardNumber": .string(Self.own.number), "reason": "lost"])
            #expect(await scene.ownCheckIn(peer, code).kinds == ["card.blocked"])
            #expect(await scene.call(scene.stranger(), "holder.checkIn", ["code": .string(code)]).kinds == ["-32001"])
        }
    }

    @Test func `CHK-07 it is a check-in of the oldest active membership in a card system of the event`() async throws {
        try await Scene.with { scene in
            let (here, there) = (Scene.Holder(1), Scene.Holder(45))
            try await scene.sql(
                """
                insert into membership (id, card_system_id, holder_id, current_card_id, since)
                values (\(MembershipID(at: scene.now)), \(SceneData.there), \(here.id), null, \(scene.now))
                """)
            _ = try await scene.event(3)
            _ = try await scene.event(7, of: .elsewhere)
            for (holder, event, system) in [
                (here, 3, SceneData.here), (here, 7, SceneData.there), (there, 3, SceneData.there),
            ] {
                let code = try await scene.code(of: SceneData.event(event))
                let found = try await scene.services.database.transaction {
                    try OwnCheckIn(of: holder.id, by: holder.id, code: code, in: $0)
                }
                #expect(found.cardSystem == system && found.card == .named(.number(CardNumber(text: holder.number)!)))
            }
        }
    }

    @Test func `GEN-05 twenty wrong codes an hour of one source`() async throws {
        try await Scene.with { scene in
            let peer = try await scene.login(of: Self.own)
            let code = try await scene.code(of: scene.event(3))
            for _ in 1...20 { _ = await scene.ownCheckIn(peer, "0000000000000000") }
            #expect(await scene.ownCheckIn(peer, code).kinds == ["-32005"])
        }
    }

    @Test func `CHK-08 FAM-01 a family member is checked in by the main member, and not the other way round`()
        async throws
    {
        try await Scene.with { scene in
            let (main, member) = (try await scene.login(of: Self.own), try await scene.login(of: .init(2)))
            let code = try await scene.code(of: scene.event(3, points: 2))
            func params(_ holder: Scene.Holder) -> JSON { ["passHolderId": .string(holder.id.text)] }
            try await scene.ok(
                scene.peer(.librarian), "family.add",
                params(Self.own).merged(with: ["cardNumber": .string(Scene.Holder(2).number)]))
            let checkIn = params(.init(2)).merged(with: ["code": .string(code)])
            let receipt = try await scene.ok(main, "holder.checkIn", checkIn)
            #expect(receipt["cardNumber"]?.string == Scene.Holder(2).number)
            #expect(try await scene.ok(main, "holder.points", params(.init(2)))["points"] == 2)
            #expect(try await scene.ok(main, "holder.points")["points"] == 0)
            #expect(try await scene.ok(main, "holder.history", params(.init(2)))["items"]?.array?.count == 1)
            let reverse = params(Self.own).merged(with: ["code": .string(code)])
            #expect(await scene.refused(member, "holder.checkIn", reverse) == ["passHolder.notFound"])
            #expect(await scene.refused(member, "holder.points", params(Self.own)) == ["passHolder.notFound"])
            try await scene.sql("update family_member set ended_at = now() where member_id = \(Scene.Holder(2).id)")
            #expect(await scene.refused(main, "holder.points", params(.init(2))) == ["passHolder.notFound"])
        }
    }
}
