import CardRules
import JSONRPC
import Postgres
import TestSupport
import Testing

@testable import CardMethods

/// How a device becomes a pillar, and how it stops being one.
@Suite(.scene) struct PillarSetUpTests {
    static func params(_ name: String, _ code: String, _ device: String) -> JSON {
        ["pillarName": .string(name), "code": .string(code), "deviceId": .string(device)]
    }

    @Test func `KIO-01 a device is set up by name and code, and logs in with its credential`() async throws {
        try await Scene.with { scene in
            let made = try await scene.create(pillar: "CID-001")
            let code = try #require(made["setUpCode", "code"].string)
            // As people type: in small letters, with spaces.
            let typed = code.lowercased().enumerated().map { $0.offset % 4 == 3 ? "\($0.element) " : "\($0.element)" }
            let device = try await scene.setUp("CID-001", code: typed.joined(), device: "tablet")
            #expect(device.peer.caller.pillar?.id == device.pillar)
            #expect(try await scene.shown(device)["event", "id"].string == SceneData.alwaysOpen.text)
            let seen = try await scene.ok(
                scene.peer(.administrator), "pillar.get", ["pillarId": .string(device.pillar.text)])
            #expect(seen["deviceId"] == "tablet" && seen["firstLoginAt"]?.string != nil)
        }
    }

    @Test func `KIO-01 a wrong name, a wrong code and a stale code have one answer`() async throws {
        try await Scene.with { scene in
            let code = try await scene.create(pillar: "CID-001")["setUpCode", "code"].string!
            let other = try await scene.create(pillar: "CID-002")["setUpCode", "code"].string!
            var answers = Set<RPCError>()
            for params in [
                Self.params("CID-009", code, "a"), Self.params("CID-001", "0000000000000000", "a"),
                Self.params("CID-001", other, "a"),
            ] {
                let result = await scene.call(scene.stranger(), "pillar.setUp", params)
                if case .failure(let error) = result { answers.insert(error) } else { Issue.record("\(params.text)") }
            }
            try await scene.sql("update pillar set set_up_code_expires_at = now() - interval '1 second'")
            let stale = await scene.call(scene.stranger(), "pillar.setUp", Self.params("CID-001", code, "a"))
            if case .failure(let error) = stale { answers.insert(error) } else { Issue.record("stale") }
            #expect(answers.count == 1)
            #expect(answers.first?.data?["kind"] == "pillar.setUpRefused")
            #expect(try await scene.count("security_event where kind like 'setUp%'") == 4)
        }
    }

    @Test func `KIO-01 the same device may repeat until it first logs in, another one may not`() async throws {
        try await Scene.with { scene in
            let code = try await scene.create(pillar: "CID-001")["setUpCode", "code"].string!
            let params = Self.params("CID-001", code, "tablet")
            let first = try await scene.ok(scene.stranger(), "pillar.setUp", params)
            #expect(
                await scene.refused(scene.stranger(), "pillar.setUp", Self.params("CID-001", code, "phone"))
                    == ["pillar.alreadyConfigured"])
            let second = try await scene.ok(scene.stranger(), "pillar.setUp", params)
            let credentials = [first, second].compactMap { $0["credential"]?.string }
            #expect(Set(credentials).count == 2)
            // The repeated answer is the one that counts.
            let peer = scene.stranger()
            #expect(await scene.refused(peer, "session.resume", ["token": .string(credentials[0])]) == ["-32001"])
            try await scene.ok(peer, "session.resume", ["token": .string(credentials[1])])
            #expect(await scene.refused(scene.stranger(), "pillar.setUp", params) == ["pillar.alreadyConfigured"])
        }
    }

    @Test func `KIO-01 a device that is another pillar is refused`() async throws {
        try await Scene.with { scene in
            let first = try await scene.create(pillar: "CID-001")["setUpCode", "code"].string!
            let second = try await scene.create(pillar: "CID-002")["setUpCode", "code"].string!
            try await scene.ok(scene.stranger(), "pillar.setUp", Self.params("CID-001", first, "tablet"))
            let again = Self.params("CID-002", second, "tablet")
            #expect(await scene.refused(scene.stranger(), "pillar.setUp", again) == ["pillar.deviceInUse"])
        }
    }

    @Test func `GEN-05 set-up codes are not to be guessed: the twenty-first try of a minute is not looked at`()
        async throws
    {
        try await Scene.with { scene in
            let code = try await scene.create(pillar: "CID-001")["setUpCode", "code"].string!
            let stranger = scene.stranger()
            for _ in 1...20 {
                let wrong = Self.params("CID-001", "0000000000000000", "a")
                #expect(await scene.refused(stranger, "pillar.setUp", wrong) == ["pillar.setUpRefused"])
            }
            #expect(await scene.refused(stranger, "pillar.setUp", Self.params("CID-001", code, "a")) == ["-32005"])
            // Wrong tries of others do not void the code.
            try await scene.ok(scene.stranger(), "pillar.setUp", Self.params("CID-001", code, "a"))
        }
    }

    @Test func `the set-up is in the audit trail of the pillar's card system`() async throws {
        try await Scene.with { scene in
            let device = try await scene.pillar()
            let trail: SQL = """
                audit where method = 'pillar.setUp' and card_system_id = \(SceneData.here)
                    and object_id = \(device.pillar)
                """
            #expect(try await scene.count(trail) == 1)
        }
    }

    @Test func `a released device is stopped at once, and stays a stranger when another takes its place`() async throws
    {
        try await Scene.with { scene in
            let old = try await scene.pillar()
            let idle = try await scene.logIn(old.credential, old.pillar)
            try await scene.ok(idle.peer, "pillar.subscribe")
            let released = try await scene.ok(
                scene.peer(.administrator), "pillar.release", ["pillarId": .string(old.pillar.text)])
            #expect(await scene.refused(old.peer, "pillar.assignedEvent") == ["-32001"])
            let checkIn: JSON = ["cardNumber": .string(Scene.Holder(1).number)]
            #expect(await scene.refused(old.peer, "pillar.checkIn", checkIn) == ["-32001"])

            let code = try #require(released["setUpCode", "code"].string)
            let new = try await scene.setUp("CID-001", code: code, device: "new tablet")
            #expect(try await scene.shown(new)["event", "id"].string == SceneData.alwaysOpen.text)
            // This one said nothing in between.
            try await scene.fix(new, on: scene.event(2))
            #expect(idle.pushes.events == [])
            #expect(await scene.refused(idle.peer, "pillar.assignedEvent") == ["-32001"])
            #expect(
                await scene.refused(scene.stranger(), "session.resume", ["token": .string(old.credential)]) == [
                    "-32001"
                ])
        }
    }

    @Test func `a retired pillar has no code, is no login, and is listed only where asked for`() async throws {
        try await Scene.with { scene in
            let device = try await scene.pillar()
            let administrator = try await scene.peer(.administrator)
            let retired = try await scene.ok(
                administrator, "pillar.release", ["pillarId": .string(device.pillar.text), "retire": true])
            #expect(retired["setUpCode"] == nil && retired["pillar", "status"] == "retired")
            #expect(await scene.refused(device.peer, "pillar.assignedEvent") == ["-32001"])
            for (withRetired, count) in [(false, 0), (true, 1)] {
                let list = try await scene.ok(administrator, "pillar.list", ["withRetired": .bool(withRetired)])
                #expect(list["items"]?.array?.count == count)
            }
        }
    }
}
