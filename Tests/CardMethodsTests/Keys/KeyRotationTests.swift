import CardRules
import JSONRPC
import Postgres
import Synchronization
import TestSupport
import Testing

@testable import CardMethods

/// A key file that daemons read.
private final class KeyFile: Sendable {
    let keys = Mutex(MasterKeys(only: Array(repeating: 7, count: 32)))

    var now: MasterKeys { keys.withLock { $0 } }

    func add() -> UInt8 { keys.withLock { $0.add(Array(repeating: 8, count: 32))! } }

    func daemon(_ body: (Scene) async throws -> Void) async throws {
        let scene = try await Scene(keys: Keys(now) { self.now })
        do { try await body(scene) } catch {
            await scene.close()
            throw error
        }
        await scene.close()
    }
}

@Suite(.bare) struct KeyRotationTests {
    private static let numbers = ["85031799708", "85031799609", "85031799510"]

    @Test func `a rotation at any of its steps finds, refuses and opens every INSZ, on daemons that know of it or not`()
        async throws
    {
        let file = KeyFile()
        try await file.daemon { old in
            try await file.daemon { new in
                let region = try await Region(old)
                let clerk = region.authorised.clerk
                let admin = region.admin
                let first = try await old.ok(
                    clerk, "passHolder.register", region.person(["insz": .string(Self.numbers[0])]))
                let number = first["passHolderId"]!

                /// Whatever the step, on both daemons: found, not registered again, opened, and a call repeated.
                func check(_ step: Comment) async throws {
                    for scene in [old, new] {
                        let pass = try await scene.ok(clerk, "pass.lookUp", ["insz": .string(Self.numbers[0])])
                        #expect(pass["passHolderId"] == number, step)
                        let again = region.person(["insz": .string(Self.numbers[0])])
                        #expect(await scene.refused(clerk, "passHolder.register", again) == ["insz.alreadyUsed"], step)
                        let reveal: JSON = ["passHolderId": number, "purpose": "test"]
                        for _ in 1...2 {
                            let shown = try await scene.ok(admin, "passHolder.revealInsz", reveal, key: "reveal")
                            #expect(shown["insz"]?.string == Self.numbers[0], step)
                        }
                    }
                }
                try await check("before")
                let (watchOld, watchNew) = (KeyWatch(old.services, host: "a"), KeyWatch(new.services, host: "b"))
                try await watchOld.look()
                try await watchNew.look()

                let name = file.add()
                try await file.daemon { host in
                    let rotation = KeyRotation(host.services)
                    try await rotation.introduce()
                    #expect(try await rotation.hostsWithout(name) == ["a", "b"])
                    try await check("introduced")
                    try await watchNew.look()
                    #expect(try await rotation.hostsWithout(name) == ["a"])
                    try await rotation.write(with: name)
                    try await check("switched, and one daemon has not looked")
                    let second = region.person(["insz": .string(Self.numbers[1])])
                    try await old.ok(clerk, "passHolder.register", second)
                    #expect(await new.refused(clerk, "passHolder.register", second) == ["insz.alreadyUsed"])
                    #expect(
                        try await host.value(
                            "select array_agg(get_byte(insz_index, 0)::bigint order by registered_at) from pass_holder")
                            == [1, 2])
                    try await rotation.rewrite(batch: 1) { _ in try await check("rewriting") }
                    try await check("rewritten")
                    let uses = try await rotation.uses()
                    #expect(uses.map(\.writes) == [false, true])
                    #expect(uses[0].counts.map(\.column) == ["idempotency.params_hash"])
                    #expect(try await rotation.retire(1)?.name == 1, "stored answers still need it")
                    #expect(try await rotation.retire(2)?.writes == true)
                    try await host.sql("delete from idempotency where get_byte(params_hash, 0) = 1")
                    #expect(try await rotation.retire(1) == nil)
                }
                try await watchOld.look()
                #expect(old.services.keys.names == [2])
                let third = region.person(["insz": .string(Self.numbers[2])])
                try await old.ok(clerk, "passHolder.register", third)
                #expect(await new.refused(clerk, "passHolder.register", third) == ["insz.alreadyUsed"])
            }
        }
    }

    @Test func `two who register one INSZ around the switch meet, whatever key they write with`() async throws {
        let file = KeyFile()
        try await file.daemon { old in
            let region = try await Region(old)
            let clerk = region.authorised.clerk
            try await KeyWatch(old.services, host: "a").look()
            let name = file.add()
            try await file.daemon { new in
                let rotation = KeyRotation(new.services)
                try await rotation.introduce()
                for round in 0..<8 {
                    let insz = Self.insz(serial: 100 + round)
                    async let one = old.call(clerk, "passHolder.register", region.person(["insz": insz]))
                    async let two = new.call(clerk, "passHolder.register", region.person(["insz": insz]))
                    if round == 3 { try await rotation.write(with: name) }
                    if round == 5 { try await rotation.rewrite { _ in } }
                    let kinds = await [one, two].filter { if case .failure = $0 { true } else { false } }.map(\.kinds)
                    #expect(kinds == [["insz.alreadyUsed"]], "round \(round)")
                }
                #expect(try await new.count("pass_holder") == 8)
            }
        }
    }

    @Test func `a key file that lacks a key, or has another of its name, is told apart`() async throws {
        let file = KeyFile()
        try await file.daemon { scene in
            try await KeyWatch(scene.services, host: "a").look()
            let wrong = try await Scene(keys: Keys(master: Array(repeating: 9, count: 32)))
            await #expect(throws: MasterKeyMissing.self) { try await KeyWatch(wrong.services, host: "b").look() }
            await wrong.close()
        }
    }

    @Test func `every column of bytes is listed under the keys that make it, or needs none`() async throws {
        let keyless = [
            "account.password_hash", "account.password_salt", "account_token.token_hash", "audit.digest",
            "audit_link.digest", "audit_link.hash", "event.content_hash", "family_member.removal_token_hash",
            "identity_use.nonce_hash",
            "master_key.check_value",
            "organizer.content_hash", "pass_holder_picture.bytes", "pillar.credential_hash", "pillar.set_up_code_hash",
            "place.content_hash",
            "registration_order.token_hash", "registration_token.token_hash",
            "session.token_hash", "tenant_head.hash",
        ]
        try await Scene.with { scene in
            let columns: [String] = try await scene.value(
                """
                select array_agg(table_name || '.' || column_name) from information_schema.columns
                where table_schema = 'public' and data_type = 'bytea'
                """)
            let listed = KeyedColumn.all.map { "\($0.table).\($0.column)" }
            #expect(Set(columns).subtracting(keyless).sorted() == listed.sorted())
        }
    }

    /// A number of somebody born on 17 March 1985, with an even serial.
    private static func insz(serial: Int) -> JSON {
        let base = 850_317_000 + serial
        let check = 97 - base % 97
        return .string("\(base)" + (check < 10 ? "0" : "") + "\(check)")
    }
}

struct MasterKeysTests {
    private static let digits = String(repeating: "0f", count: 32)

    @Test func `a key file is one key, or several under their names`() {
        let one = MasterKeys(text: Self.digits)
        #expect(one?.oldest == 1 && one?.newest == 1 && one?.text == "1 \(Self.digits)\n")
        var two = one!
        #expect(two.add(Array(repeating: 1, count: 32)) == 2)
        #expect(MasterKeys(text: two.text) == two)
        let wrong = [
            "", "0f", "0 \(Self.digits)", "256 \(Self.digits)", "1 2 \(Self.digits)", "\(Self.digits)\n\(Self.digits)",
        ]
        for text in wrong { #expect(MasterKeys(text: text) == nil, "\(text)") }
    }
}
