import CardRules
import JSONRPC
import Postgres
import TestSupport
import Testing

@testable import CardMethods

/// What is done at a pillar, and how those who look after it see it.
@Suite(.scene) struct PillarUseTests {
    @Test func `KIO-07 a check-in at the pillar gives the points of the event that it shows`() async throws {
        try await Scene.with { scene in
            let device = try await scene.pillar()
            let event = try await scene.event(2, points: 3, limit: Scene.limit(1, per: .week))
            try await scene.fix(device, on: event)
            let holder = Scene.Holder(1)
            for (index, name) in [("chipNumber", holder.chip), ("cardNumber", Scene.Holder(2).number)].enumerated() {
                let answer = try await scene.ok(device.peer, "pillar.checkIn", [name.0: .string(name.1)])
                #expect(answer["eventId"]?.string == event.text)
                #expect(answer["newPoints"] == 3 && answer["totalPoints"] == 3)
                #expect(answer["cardNumber"]?.string == Scene.Holder(index + 1).number)
            }
            let again = await scene.call(device.peer, "pillar.checkIn", ["chipNumber": .string(holder.chip)])
            #expect(again.kinds == ["limit.reached"])
            guard case .failure(let error) = again else { return }
            let reason = error.data?["reasons"]?.array?.first
            #expect(reason?["freesAgainAt"] == "2030-06-10T00:00:00+02:00")
            #expect(reason?["volume"] == 1 && reason?["used"] == 1 && reason?["period"] == "week")
            #expect(error.data?["retryable"] == true)
            #expect(try await scene.count("check_in where pillar_id = \(device.pillar) and counter_id is null") == 2)
        }
    }

    @Test func `KIO-07 what is against a check-in at the pillar is told in full, and gives nothing`() async throws {
        try await Scene.with { scene in
            let device = try await scene.pillar()
            let bare = try await scene.pillar("CID-002", at: [.museum])
            try await scene.sql("update card set status = 'blocked' where id = \(Scene.Holder(1).card)")
            let unknown = "04AAAAAAAAAAAA"
            for (pillar, name, value, kinds) in [
                (device, "chipNumber", Scene.Holder(1).chip, ["card.blocked"]),
                (device, "chipNumber", unknown, ["card.notFound"]),
                (device, "cardNumber", SceneData.groupCard, ["card.groupPass"]),
                (device, "cardNumber", SceneData.stockCard, ["card.notActive"]),
                (bare, "chipNumber", Scene.Holder(2).chip, ["pillar.noEvent"]),
                (bare, "chipNumber", Scene.Holder(1).chip, ["card.blocked", "pillar.noEvent"]),
                (bare, "chipNumber", unknown, ["card.notFound", "pillar.noEvent"]),
            ] {
                #expect(await scene.refused(pillar.peer, "pillar.checkIn", [name: .string(value)]) == kinds)
            }
            #expect(try await scene.count("transfer") == 0)
            let both: JSON = ["chipNumber": .string(unknown), "cardNumber": .string(Scene.Holder(2).number)]
            #expect(await scene.refused(device.peer, "pillar.checkIn", both) == ["-32602"])
            #expect(await scene.refused(device.peer, "pillar.checkIn") == ["-32602"])
        }
    }

    @Test func `KIO-08 the balance is told for any card in use, and asking changes nothing`() async throws {
        try await Scene.with { scene in
            let device = try await scene.pillar()
            let holder = Scene.Holder(1)
            try await scene.ok(device.peer, "pillar.checkIn", ["chipNumber": .string(holder.chip)])
            let digest: SQL = """
                select md5(string_agg(t.row, ' ')) from (
                    select a::text as row from ledger_account a union all select c::text from check_in c
                    union all select i::text from idempotency i union all select u::text from audit u order by 1) as t
                """
            let before: String = try await scene.value(digest)
            for name in [("chipNumber", holder.chip), ("cardNumber", holder.number)] {
                let answer = try await scene.ok(device.peer, "pillar.balance", [name.0: .string(name.1)])
                #expect(answer == ["cardNumber": .string(holder.number), "totalPoints": 1])
            }
            #expect(await scene.refused(device.peer, "pillar.balance", ["cardNumber": "0900000090104"]) != [])
            #expect(
                await scene.refused(device.peer, "pillar.balance", ["cardNumber": .string(SceneData.stockCard)])
                    == ["card.notActive"])
            #expect(
                await scene.refused(device.peer, "pillar.balance", ["chipNumber": "04AAAAAAAAAAAA"])
                    == ["card.notFound"])
            #expect(try await scene.value(digest) == before)
        }
    }

    @Test func `KIO-09 counters see their own pillars, administrators those of their card system`() async throws {
        try await Scene.with { scene in
            let made = try await [
                ("CID-003", [SceneData.Place.library]), ("CID-001", [.library, .museum]), ("CID-002", [.museum]),
                ("CID-001", [.elsewhere]),
            ].asyncMap { try await scene.create(pillar: $0.0, at: $0.1)["pillar", "id"].string! }
            func list(_ person: SceneData.Person, _ params: JSON = [:]) async throws -> [String?] {
                let answer = try await scene.ok(scene.peer(person), "pillar.list", params)
                return answer["items"]!.array!.map { $0["id"]?.string }
            }
            // By name.
            #expect(try await list(.librarian) == [made[1], made[0]])
            #expect(try await list(.guide) == [made[1], made[2]])
            #expect(try await list(.administrator) == [made[1], made[2], made[0]])
            #expect(try await list(.otherAdministrator) == [made[3]])
            #expect(try await list(.clerkElsewhere) == [made[3]])
            #expect(Set(try await list(.operating)) == Set(made))
            let museum: JSON = ["counterId": .string(SceneData.Place.museum.counter.text)]
            #expect(try await list(.administrator, museum) == [made[1], made[2]])
            #expect(try await list(.operating, ["cardSystemId": .string(SceneData.there.text)]) == [made[3]])

            let administrator = try await scene.peer(.administrator)
            let page = try await scene.ok(administrator, "pillar.list", ["limit": 2, "withTotal": true])
            #expect(page["total"] == 3 && page["items"]?.array?.count == 2)
            let next = try await scene.ok(administrator, "pillar.list", ["limit": 2, "cursor": page["nextCursor"]!])
            #expect(next["items"]?.array?.map { $0["id"]?.string } == [made[0]])
            #expect(next["nextCursor"] == nil)

            let foreign: JSON = ["pillarId": .string(made[3])]
            #expect(await scene.refused(administrator, "pillar.get", foreign) == ["pillar.notFound"])
            #expect(
                await scene.refused(try scene.peer(.guide), "pillar.get", ["pillarId": .string(made[0])]) == ["-32004"])
        }
    }

    @Test func `KIO-10 days before a fixed event ends the lists say so, as many as the card system wants`()
        async throws
    {
        try await Scene.with { scene in
            let device = try await scene.pillar()
            let event = try await scene.event(
                2, SceneDocuments.once("2030-06-03T09:00:00+02:00", "2030-06-20T18:00:00+02:00"))
            try await scene.fix(device, on: event)
            func warnings() async throws -> [JSON?] {
                let pillar: JSON = ["pillarId": .string(device.pillar.text)]
                return [
                    try await scene.ok(scene.peer(.librarian), "pillar.get", pillar)["warning"],
                    try await scene.ok(scene.peer(.librarian), "pillar.list")["items", at: 0]["warning"],
                    try await scene.ok(scene.peer(.administrator), "pillar.list")["items", at: 0]["warning"],
                ]
            }
            #expect(try await warnings() == [nil, nil, nil])
            let soon: JSON = ["kind": "endsSoon", "lastEnd": "2030-06-20T18:00:00+02:00", "days": 17]
            try await scene.ok(
                scene.peer(.administrator), "cardSystem.update",
                ["cardSystemId": .string(SceneData.here.text), "fixedEventWarningDays": 17])
            #expect(try await warnings() == [soon, soon, soon])
            try await scene.move(to: "2030-06-20T19:00:01+02:00")
            let over: JSON = ["kind": "over", "lastEnd": "2030-06-20T18:00:00+02:00"]
            #expect(try await warnings() == [over, over, over])
        }
    }

    @Test func `a pillar is changed against its version, and only within its card system`() async throws {
        try await Scene.with { scene in
            let made = try await scene.create(pillar: "CID-001")["pillar"]!
            try await scene.create(pillar: "CID-002")
            let administrator = try await scene.peer(.administrator)
            func update(_ more: JSON) async -> [String] {
                await scene.refused(administrator, "pillar.update", more.merged(with: ["pillarId": made["id"]!]))
            }
            #expect(await update(["name": "CID-009", "version": 7]) == ["-32009"])
            #expect(await update(["name": "CID-002"]) == ["pillar.nameTaken"])
            #expect(await update(["counterIds": []]) == ["-32602"])
            let elsewhere = JSON.string(SceneData.Place.elsewhere.counter.text)
            #expect(await update(["counterIds": [elsewhere]]) == ["counter.notFound"])
            let version = made["version"]!
            #expect(await update(["name": "CID-009", "version": version]).first?.contains("CID-009") == true)
            #expect(
                await scene.refused(
                    try scene.peer(.otherAdministrator), "pillar.create",
                    [
                        "cardSystemId": .string(SceneData.here.text), "name": "X",
                        "counterIds": [.string(SceneData.Place.library.counter.text)],
                    ]) == ["cardSystem.notFound"])
        }
    }
}

extension JSON {
    /// An element of an array that is a member.
    subscript(name: String, at index: Int) -> JSON {
        let elements = self[name]?.array ?? []
        return elements.indices.contains(index) ? elements[index] : .null
    }
}
