import CardRules
import JSONRPC
import Postgres
import TestSupport
import Testing

@testable import CardMethods

/// Who may check in where and when, and what it gives.
@Suite(.scene) struct CheckInRuleTests {
    @Test(arguments: [
        ("2030-06-04T12:59:20+02:00", false), ("2030-06-04T13:00:00+02:00", true), ("2030-06-04T15:00:00+02:00", true),
        ("2030-06-04T16:59:20+02:00", true), ("2030-06-04T17:00:01+02:00", false),
    ])
    func `CHK-01 check-ins are taken from an hour before an opening to an hour after it`(
        time: String, isTaken: Bool
    ) async throws {
        try await Scene.with { scene in
            let event = try await scene.event(
                2, SceneDocuments.once("2030-06-04T14:00:00+02:00", "2030-06-04T16:00:00+02:00"))
            try await scene.move(to: time)
            let answer = await scene.checkIn(try scene.peer(.librarian), .init(1), event)
            #expect((answer.kinds.first == "checkIn.outsideOpening") == !isTaken)
            #expect(try await scene.points(.init(1)) == (isTaken ? 1 : 0))
        }
    }

    @Test func `CHK-01 of several card systems of the organizer the widest margin counts`() async throws {
        try await Scene.with { scene in
            let event = try await scene.event(
                2, SceneDocuments.once("2030-06-03T13:00:00+02:00", "2030-06-03T14:00:00+02:00"))
            let librarian = try await scene.peer(.librarian)
            #expect(await scene.checkIn(librarian, .init(1), event).kinds == ["checkIn.outsideOpening"])
            try await scene.sql(
                "update card_system set check_in_margin_before_minutes = 240 where id = \(SceneData.there)")
            #expect(await scene.checkIn(librarian, .init(1), event).kinds == ["checkIn.outsideOpening"])
            // The library works in the other card system too from here on.
            try await scene.sql(
                """
                insert into counter_card_system (counter_id, card_system_id)
                values (\(SceneData.Place.library.counter), \(SceneData.there))
                """)
            try await scene.services.directory.reload()
            _ = try await scene.checkIn(librarian, .init(1), event).get()
        }
    }

    @Test(arguments: [nil, CivilDate(year: 2031, month: 1, day: 1)])
    func `OPP-05 R-083 a status that expired or is suspended hinders tariffs only`(
        suspended: CivilDate?
    ) async throws {
        try await Scene.with { scene in
            let librarian = try await scene.peer(.librarian)
            let holder = Scene.Holder(3)
            try await scene.sql(
                """
                update membership set opportunity_end_date = '2029-04-30', opportunity_suspended_until = \(suspended)
                where holder_id = \(holder.id)
                """)
            _ = try await scene.checkIn(librarian, holder).get()
            let pass = try await scene.ok(librarian, "pass.lookUp", ["cardNumber": .string(holder.number)])
            let status = pass["memberships"]?.array?.first?["opportunityStatus", "status"].string
            #expect(status == (suspended == nil ? "expired" : "suspended"))
            #expect(pass["points"] == 1 && pass["messages"]?.array?.map { $0["level"] } == ["warn"])
        }
    }

    @Test func `CHK-02 a check-in gives the event's points and raises the balance by them`() async throws {
        try await Scene.with { scene in
            let librarian = try await scene.peer(.librarian)
            var total = 0
            for (number, points) in [(2, 0), (3, 1), (4, 20)] {
                let event = try await scene.event(number, points: points)
                let answer = try await scene.checkIn(librarian, .init(1), event).get()
                total += points
                #expect(answer["newPoints"]?.integer == Int64(points))
                #expect(answer["totalPoints"]?.integer == Int64(total))
            }
            #expect(try await scene.points(.init(1)) == 21)
            // Nothing is posted for nothing.
            #expect(try await scene.count("transfer") == 2)
        }
    }

    /// When one may check in again at each kind of limit, and just before.
    static let periods: [(PeriodLimit.Period, from: String, notYet: String, again: String?)] = [
        (.day, "2030-06-03T23:30:00+02:00", "2030-06-03T23:59:20+02:00", "2030-06-04T00:00:00+02:00"),
        (.week, "2030-06-05T12:00:00+02:00", "2030-06-09T23:59:20+02:00", "2030-06-10T00:00:00+02:00"),
        (.month, "2030-10-15T12:00:00+02:00", "2030-10-31T23:59:20+01:00", "2030-11-01T00:00:00+01:00"),
        (.quarter, "2030-08-15T12:00:00+02:00", "2030-09-30T23:59:20+02:00", "2030-10-01T00:00:00+02:00"),
        (.year, "2030-08-15T12:00:00+02:00", "2030-12-31T23:59:20+01:00", "2031-01-01T00:00:00+01:00"),
        (.absolute, "2030-08-15T12:00:00+02:00", "2035-12-31T23:59:20+01:00", nil),
    ]

    @Test(arguments: periods)
    func `CHK-03 a limit holds for a calendar period of Brussels time, and says when it frees again`(
        period: PeriodLimit.Period, from: String, notYet: String, again: String?
    ) async throws {
        try await Scene.with { scene in
            let event = try await scene.event(2, limit: Scene.limit(2, per: period))
            let librarian = try await scene.peer(.librarian)
            try await scene.move(to: from)
            for _ in 1...2 { _ = try await scene.checkIn(librarian, .init(1), event).get() }
            try await scene.move(to: notYet)
            let refusal = await scene.checkIn(librarian, .init(1), event)
            #expect(refusal.kinds == ["limit.reached"])
            if case .failure(let error) = refusal {
                #expect(error.data?["reasons", at: 0]["freesAgainAt"]?.string == again)
            }
            guard let again else { return }
            try await scene.move(to: again)
            _ = try await scene.checkIn(librarian, .init(1), event).get()
            #expect(try await scene.points(.init(1)) == 3)
        }
    }

    @Test func `CHK-03 a limit that is set or changed counts what was checked in before in its period`() async throws {
        try await Scene.with { scene in
            let event = try await scene.event(2)
            let librarian = try await scene.peer(.librarian)
            for _ in 1...3 { _ = try await scene.checkIn(librarian, .init(1), event).get() }
            try await scene.settings(of: event, points: 1, limit: Scene.limit(3, per: .day))
            #expect(await scene.checkIn(librarian, .init(1), event).kinds == ["limit.reached"])
            try await scene.advance(.days(1))
            _ = try await scene.checkIn(librarian, .init(1), event).get()
            try await scene.settings(of: event, points: 1, limit: Scene.limit(5, per: .week))
            _ = try await scene.checkIn(librarian, .init(1), event).get()
            #expect(await scene.checkIn(librarian, .init(1), event).kinds == ["limit.reached"])
        }
    }

    @Test func `CHK-03 limits are of one event and one holder`() async throws {
        try await Scene.with { scene in
            let events = try await [2, 3].asyncMap { try await scene.event($0, limit: Scene.limit(1, per: .absolute)) }
            let librarian = try await scene.peer(.librarian)
            for event in events {
                for holder in [1, 2] { _ = try await scene.checkIn(librarian, .init(holder), event).get() }
            }
            for event in events {
                for holder in [1, 2] {
                    #expect(await scene.checkIn(librarian, .init(holder), event).kinds == ["limit.reached"])
                }
            }
        }
    }

    /// What is done to the first holder or his card, and what is said then.
    static let standings: [(SQL, [String])] = [
        ("update card set status = 'blocked' where id = \(Scene.Holder(1).card)", ["card.blocked"]),
        ("update card set status = 'deleted' where id = \(Scene.Holder(1).card)", ["card.notActive"]),
        ("update pass_holder set status = 'blocked' where id = \(Scene.Holder(1).id)", ["passHolder.blocked"]),
        ("update membership set status = 'blocked' where holder_id = \(Scene.Holder(1).id)", ["membership.noneActive"]),
    ]

    @Test(arguments: standings.indices)
    func `CHK-05 blocked cards, blocked people and people without membership get nothing`(index: Int) async throws {
        let (change, kinds) = Self.standings[index]
        try await Scene.with { scene in
            try await scene.sql(change)
            #expect(await scene.checkIn(try scene.peer(.librarian), .init(1)).kinds == kinds)
            #expect(try await scene.count("transfer") == 0)
            #expect(try await scene.count("check_in") == 0)
        }
    }

    @Test func `CHK-04 group passes and cards of nobody cannot check in, and unknown ones are not found`() async throws
    {
        try await Scene.with { scene in
            let librarian = try await scene.peer(.librarian)
            let unknown = CardNumber(prefix: "0900", serial: 77_777, opportunity: false)!.text
            for (number, kind) in [
                (SceneData.groupCard, "card.groupPass"), (SceneData.stockCard, "card.notActive"),
                (unknown, "card.notFound"),
            ] {
                let params: JSON = ["eventId": .string(SceneData.alwaysOpen.text), "cardNumber": .string(number)]
                #expect(await scene.refused(librarian, "checkIn.create", params) == [kind])
            }
        }
    }

    @Test func `a refusal names everything that is against a check-in, and its kind is the first by rank`() async throws
    {
        try await Scene.with { scene in
            let event = try await scene.event(
                2, SceneDocuments.once("2030-06-04T14:00:00+02:00", "2030-06-04T16:00:00+02:00"))
            try await scene.sql(
                "update card set status = 'blocked' where id = \(Scene.Holder(1).card)",
                "update pass_holder set status = 'blocked' where id = \(Scene.Holder(1).id)",
                "update membership set status = 'blocked' where holder_id = \(Scene.Holder(1).id)")
            let answer = await scene.checkIn(try scene.peer(.librarian), .init(1), event)
            #expect(
                answer.kinds == [
                    "card.blocked", "passHolder.blocked", "membership.noneActive", "checkIn.outsideOpening",
                ])
            if case .failure(let error) = answer { #expect(error.data?["kind"] == "card.blocked") }
        }
    }

    @Test func `CHK-11 points are saved everywhere, with a card of another card system and without a status`()
        async throws
    {
        try await Scene.with { scene in
            let guest = Scene.Holder(41)
            let answer = try await scene.checkIn(try scene.peer(.librarian), guest).get()
            #expect(answer["totalPoints"] == 1)
            let row: CardSystemID = try await scene.value("select card_system_id from check_in")
            #expect(row == SceneData.here)
            // The same points, seen from the other side.
            let elsewhere = try await scene.event(3, of: .elsewhere, points: 2)
            let more = try await scene.checkIn(try scene.peer(.clerkElsewhere), guest, elsewhere).get()
            #expect(more["totalPoints"] == 3)
            #expect(try scene.verify() == [:])
        }
    }

    @Test func `PER-04 a counter checks in at its own events and those at its place, and at no others`() async throws {
        try await Scene.with { scene in
            let guide = try await scene.peer(.guide)
            #expect(await scene.checkIn(guide, .init(1)).kinds == ["-32004"])
            let document = SceneDocuments.event(3, at: SceneData.Place.museum.hall, SceneDocuments.always)
            try await scene.ok(scene.peer(.operating), "event.import", ["documents": [document]])
            _ = try await scene.checkIn(guide, .init(1), SceneData.event(3)).get()
            for person in [SceneData.Person.administrator, .operating] {
                #expect(await scene.checkIn(try scene.peer(person), .init(1)).kinds == ["-32004"])
            }
            #expect(await scene.checkIn(scene.stranger(), .init(1)).kinds == ["-32001"])
            #expect(await scene.checkIn(guide, .init(1), SceneData.event(99)).kinds == ["event.notFound"])
        }
    }

    @Test func `an event that was over before the daemon came up is refused as over, not as unknown`() async throws {
        try await Scene.with { scene in
            let event = try await scene.event(
                2, SceneDocuments.once("2030-05-01T14:00:00+02:00", "2030-05-01T16:00:00+02:00"))
            try await Scene.with { later in
                #expect(later.services.directory.event(event) == nil)
                let librarian = try await later.peer(.librarian)
                let kinds = ["checkIn.outsideOpening", "event.noFutureOpening"]
                #expect(await later.checkIn(librarian, .init(1), event).kinds == kinds)
                // Also when memory loses it again on the way.
                try await later.services.directory.reload()
                #expect(await later.checkIn(librarian, .init(1), event).kinds == kinds)
            }
        }
    }

    @Test func `CHK-06 asking whether a check-in is allowed is answered as the check-in would, and changes nothing`()
        async throws
    {
        try await Scene.with { scene in
            let librarian = try await scene.peer(.librarian)
            func ask(_ holder: Int, _ event: EventID = SceneData.alwaysOpen) async throws -> JSON {
                try await scene.ok(
                    librarian, "checkIn.status",
                    ["eventId": .string(event.text), "cardNumber": .string(Scene.Holder(holder).number)])
            }
            #expect(try await ask(1) == ["allowed": true, "newPoints": 1, "reasons": []])
            #expect(try await scene.count("check_in") == 0)
            #expect(
                try await scene.count("idempotency where principal_id = \(SceneData.Person.librarian.account)") == 0)
            _ = try await scene.checkIn(librarian, .init(1)).get()
            try await scene.sql("update card set status = 'blocked' where id = \(Scene.Holder(2).card)")
            let soon = try await scene.event(
                2, SceneDocuments.once("2030-06-04T14:00:00+02:00", "2030-06-04T16:00:00+02:00"))
            for (holder, event) in [(1, SceneData.alwaysOpen), (2, SceneData.alwaysOpen), (2, soon)] {
                let answer = try await ask(holder, event)
                #expect(answer["allowed"] == false && answer["newPoints"] == nil)
                let reasons = answer["reasons"]?.array?.compactMap { $0["kind"]?.string }
                #expect(await scene.checkIn(librarian, .init(holder), event).kinds == reasons)
            }
            let unknown: JSON = ["eventId": .string(SceneData.event(99).text), "cardNumber": "0900000000100"]
            #expect(await scene.refused(librarian, "checkIn.status", unknown) == ["event.notFound"])
            let nobody: JSON = [
                "eventId": .string(SceneData.alwaysOpen.text),
                "cardNumber": .string(CardNumber(prefix: "0900", serial: 77_777, opportunity: false)!.text),
            ]
            #expect(await scene.refused(librarian, "checkIn.status", nobody) == ["card.notFound"])
        }
    }
}
