import CardRules
import JSONRPC
import Postgres
import TestSupport
import Testing

@testable import CardMethods

/// One key, one outcome (I7), whatever kind of method it is.
@Suite(.scene) struct IdempotencyTests {
    /// A write, by whom, and where its effect can be counted.
    struct Write: Sendable, CustomTestStringConvertible {
        let method: String
        let person: SceneData.Person
        let params: JSON
        /// The same method, asked for something else.
        let others: JSON
        let effects: SQL

        var testDescription: String { method }
    }

    static let library = JSON.string(SceneData.Place.library.counter.text)
    static let here = JSON.string(SceneData.here.text)

    static let writes: [Write] = [
        Write(
            method: "cardSystem.create", person: .operating, params: ["name": "New"], others: ["name": "Newer"],
            effects: "card_system where name like 'New%'"),
        Write(
            method: "pillar.create", person: .administrator,
            params: ["cardSystemId": here, "name": "CID-001", "counterIds": [library]],
            others: ["cardSystemId": here, "name": "CID-002", "counterIds": [library]], effects: "pillar"),
        Write(
            method: "event.setSettings", person: .librarian,
            params: ["eventId": .string(SceneData.alwaysOpen.text), "checkInPoints": 3],
            others: ["eventId": .string(SceneData.alwaysOpen.text), "checkInPoints": 4],
            effects: "audit where method = 'event.setSettings'"),
        Write(
            method: "checkIn.create", person: .librarian,
            params: ["eventId": .string(SceneData.alwaysOpen.text), "cardNumber": .string(Scene.Holder(1).number)],
            others: ["eventId": .string(SceneData.alwaysOpen.text), "cardNumber": .string(Scene.Holder(2).number)],
            effects: "check_in"),
        Write(
            method: "counter.setTicketLimit", person: .administrator,
            params: ["counterId": library, "limit": ["volume": 3, "period": "day"]],
            others: ["counterId": library, "limit": ["volume": 4, "period": "day"]],
            effects: "audit where method = 'counter.setTicketLimit'"),
    ]

    @Test(arguments: writes)
    func `I7 a call that is repeated under its key is done once, and answered the same`(write: Write) async throws {
        try await Scene.with { scene in
            let peer = try await scene.peer(write.person)
            let first = try await scene.call(peer, write.method, write.params, key: "k").get()
            // The order of the parameters does not matter, and neither does the connection.
            let reversed = JSON.object(JSONObject(write.params.object!.members.reversed()))
            let again = try await scene.call(scene.peer(write.person), write.method, reversed, key: "k").get()
            #expect(again.text == first.text)
            #expect(try await scene.count(write.effects) == 1)
            #expect(await scene.refused(peer, write.method, write.others, key: "k") == ["-32010"])
            #expect(try await scene.count(write.effects) == 1)
            _ = try await scene.call(peer, write.method, write.others, key: "K").get()
            #expect(try await scene.count(write.effects) == 2)
            #expect(try scene.verify() == [:])
        }
    }

    @Test(arguments: writes)
    func `I7 the same call ten times at once, on two daemons, is done once`(write: Write) async throws {
        try await Scene.with { first in
            try await Scene.with { second in
                let peers = try await [first, second].asyncMap { ($0, try await $0.peer(write.person)) }
                let answers = await withTaskGroup(of: Result<JSON, RPCError>.self) { group in
                    for turn in 0..<10 {
                        let (scene, peer) = peers[turn % 2]
                        group.addTask { await scene.call(peer, write.method, write.params, key: "k") }
                    }
                    return await group.reduce(into: []) { $0.append($1) }
                }
                #expect(Set(try answers.map { try $0.get().text }).count == 1)
                #expect(try await first.count(write.effects) == 1)
            }
        }
    }

    @Test(arguments: writes)
    func `a write without a key, or with one that is none, is not done`(write: Write) async throws {
        try await Scene.with { scene in
            let peer = try await scene.peer(write.person)
            let method = scene.dispatcher.methods[write.method]!
            let bad: [JSON] = ["", .string(String(repeating: "k", count: 256)), "k\u{7F}", "é", 7, nil]
            for key in bad.map({ [JSONObject.Member(name: "idempotencyKey", value: $0)] }) + [[]] {
                let answer = await scene.dispatcher.call(method, JSONObject(write.params.object!.members + key), peer)
                #expect(throws: RPCError.self) { try answer.get() }
            }
            #expect(try await scene.count(write.effects) == 0)
            _ = try await scene.call(peer, write.method, write.params, key: String(repeating: "~", count: 255)).get()
        }
    }

    @Test func `I7 a key is of one method, one caller and one card system`() async throws {
        try await Scene.with { scene in
            let operating = try await scene.peer(.operating)
            let event: JSON = ["eventId": .string(SceneData.alwaysOpen.text), "checkInPoints": 3]
            try await scene.ok(operating, "event.setSettings", event, key: "k")
            #expect(await scene.refused(operating, "cardSystem.create", ["name": "X"], key: "k") == ["-32010"])
            try await scene.ok(scene.peer(.librarian), "event.setSettings", event, key: "k")
            try await scene.ok(scene.peer(.administrator), "event.setSettings", event, key: "k")
            #expect(try await scene.count("idempotency where key = 'k'") == 3)
        }
    }

    @Test func `I7 a refusal is stored under its key, malformed parameters are not`() async throws {
        try await Scene.with { scene in
            let administrator = try await scene.peer(.administrator)
            let params: JSON = ["cardSystemId": Self.here, "name": "CID-001", "counterIds": [Self.library]]
            try await scene.ok(administrator, "pillar.create", params)
            let refusal = await scene.call(administrator, "pillar.create", params, key: "k")
            #expect(refusal.kinds == ["pillar.nameTaken"])
            try await scene.sql("update pillar set name = 'CID-009'")
            #expect(await scene.call(administrator, "pillar.create", params, key: "k") == refusal)
            #expect(try await scene.count("audit where outcome = 'pillar.nameTaken'") == 1)

            let malformed: JSON = ["cardSystemId": Self.here, "name": 7, "counterIds": [Self.library]]
            #expect(await scene.refused(administrator, "pillar.create", malformed, key: "m") == ["-32602"])
            try await scene.ok(administrator, "pillar.create", params, key: "m")
        }
    }

    @Test func `I7 secrets are told again under their key, and lie sealed in the database`() async throws {
        try await Scene.with { scene in
            let administrator = try await scene.peer(.administrator)
            let params: JSON = ["cardSystemId": Self.here, "name": "CID-001", "counterIds": [Self.library]]
            let made = try await scene.ok(administrator, "pillar.create", params, key: "make")
            #expect(try await scene.ok(administrator, "pillar.create", params, key: "make") == made)
            let code = made["setUpCode", "code"].string!
            let device: JSON = ["pillarName": "CID-001", "code": .string(code), "deviceId": "tablet"]
            // Strangers have keys as well; the daemon that has another connection gives the same answer.
            let answer = try await scene.ok(scene.stranger(), "pillar.setUp", device, key: "set up")
            #expect(try await scene.ok(scene.stranger(), "pillar.setUp", device, key: "set up") == answer)
            let pillar: JSON = ["pillarId": made["pillar", "id"]]
            let released = try await scene.ok(administrator, "pillar.release", pillar, key: "release")
            #expect(try await scene.ok(administrator, "pillar.release", pillar, key: "release") == released)

            let secrets = [code, answer["credential"]!.string!, released["setUpCode", "code"].string!]
            #expect(Set(secrets).count == 3)
            #expect(try await scene.count("idempotency where is_sealed") == 3)
            for secret in secrets {
                for table in ["idempotency", "pillar", "audit", "security_event"] {
                    #expect(try await scene.rows(of: table, containing: secret) == 0, "\(table)")
                }
            }
            // A sealed answer that is put under another key does not open.
            try await scene.sql(
                "alter table idempotency disable trigger user",
                """
                update idempotency i set reply = o.reply from idempotency o where i.key = 'make' and o.key = 'release'
                """)
            #expect(await scene.refused(administrator, "pillar.create", params, key: "make") == ["-32603"])
        }
    }

    @Test(arguments: writes.filter { $0.person != .operating })
    func `nothing is done without its audit row`(write: Write) async throws {
        try await Scene.with { scene in
            let peer = try await scene.peer(write.person)
            let before = try await scene.count(write.effects)
            try await scene.sql("delete from tenant_head where card_system_id = \(SceneData.here)")
            #expect(await scene.refused(peer, write.method, write.params, key: "k") == ["-32603"])
            #expect(try await scene.count(write.effects) == before)
            try await scene.sql("insert into tenant_head (card_system_id, hash) values (\(SceneData.here), sha256(''))")
            _ = try await scene.call(peer, write.method, write.params, key: "k").get()
            #expect(try await scene.count(write.effects) == before + 1)
        }
    }

    @Test func `answers are forgotten after thirty days, those with a secret after one, by real time`() async throws {
        try await Scene.with { scene in
            let administrator = try await scene.peer(.administrator)
            let pillar: JSON = ["cardSystemId": Self.here, "name": "CID-001", "counterIds": [Self.library]]
            let secret = await scene.call(administrator, "pillar.create", pillar, key: "secret")
            let event: JSON = ["eventId": .string(SceneData.alwaysOpen.text), "checkInPoints": 3]
            let plain = await scene.call(administrator, "event.setSettings", event, key: "plain")
            func answers(afterHours hours: Int) async throws -> [Result<JSON, RPCError>] {
                let then = scene.services.clock.realNow - .hours(hours)
                try await scene.sql("update idempotency set created_at = \(then)")
                try await DueWork.run(scene.services)
                return [
                    await scene.call(administrator, "pillar.create", pillar, key: "secret"),
                    await scene.call(administrator, "event.setSettings", event, key: "plain"),
                ]
            }
            #expect(try await answers(afterHours: 23) == [secret, plain])
            // The secret is gone; that it was made is still known.
            let day = try await answers(afterHours: 25)
            #expect(day.map { $0.kinds[0] == "-32600" } == [true, false] && day[1] == plain)
            #expect(try await scene.count("idempotency where is_sealed and reply <> ''") == 0)
            #expect(try await answers(afterHours: 29 * 24)[1] == plain)
            #expect(try await scene.count("pillar") == 1)
            let month = try await answers(afterHours: 31 * 24)
            #expect(month[0].kinds == ["pillar.nameTaken"])
            #expect(try month[1].get()["version"] != plain.get()["version"])
        }
    }
}

extension Scene {
    /// How many rows of a table have a text, or its bytes, anywhere in them.
    ///
    /// By way of XML, as the only one to name a table by a parameter.
    fileprivate func rows(of table: String, containing text: String) async throws -> Int {
        let hex = Hex.text(Array(text.utf8))
        return try await value(
            """
            select count(*) from xmltable('/table/row' passing
                query_to_xml(format('select t::text as line from %I as t', \(table)::text), true, false, '')
                columns line text path 'line')
            where line like '%' || \(text)::text || '%' or line like '%' || \(hex)::text || '%'
            """)
    }
}
