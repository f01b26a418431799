import CardRules
import JSONRPC
import Postgres
import TestSupport
import Testing

@testable import CardMethods

@Suite(.bare) struct AccountTests {
    private func token(_ world: Scene, _ boss: Peer, _ to: String) async throws -> JSON {
        let mails = try await world.ok(boss, "mail.list", ["to": .string(to)])
        return .string(String(mails["items"]!.array![0]["body"]!.string!.split(separator: "\n").last!))
    }

    @Test func `GEN-02 PER-01 an account is registered, confirmed, used, and its password changed`() async throws {
        try await Scene.with { world in
            let services = world.services
            let first = try await Operators.create(
                email: EmailAddress(checking: "Op@example.org"), name: "Op", password: "operator-operator", services)
            let boss = world.stranger()
            let login = try await world.ok(
                boss, "session.login", ["email": "op@EXAMPLE.org", "password": "operator-operator"])
            #expect(login["session"]?["account"]?["id"]?.string == first.text)
            #expect(login["session"]?["roles"]?.array?.first?["role"] == "operator")

            let stranger = world.stranger()
            let params: JSON = ["email": "ann@example.org", "name": "Ann", "password": "a-long-password"]
            let made = try await world.ok(stranger, "account.register", params, key: "r")
            #expect(try await world.ok(stranger, "account.register", params, key: "r") == made)
            #expect(await world.kind(stranger, "account.register", params) == "account.emailTaken")
            let credentials: JSON = ["email": "ann@example.org", "password": "a-long-password"]
            #expect(await world.kind(stranger, "session.login", credentials) == "account.credentialsWrong")
            #expect(await world.kind(stranger, "account.confirmEmail", ["token": "kse_X"]) == "token.invalid")
            let token = try await token(world, boss, "Ann@example.org")
            _ = try await world.ok(stranger, "account.confirmEmail", ["token": token], key: "c")
            _ = try await world.ok(stranger, "account.confirmEmail", ["token": token], key: "c")
            #expect(await world.kind(stranger, "account.confirmEmail", ["token": token]) == "token.invalid")
            let session = try await world.ok(stranger, "session.login", credentials)
            #expect(session["token"]!.string!.hasPrefix("kss_"))
            let other = world.stranger()
            _ = try await world.ok(other, "session.resume", ["token": session["token"]!])
            #expect(try await world.ok(other, "session.get")["account"]?["email"] == "ann@example.org")

            let change: JSON = ["oldPassword": "a-long-password", "newPassword": "another-password"]
            #expect(
                await world.kind(
                    stranger, "account.changePassword",
                    ["oldPassword": "wrong", "newPassword": "another-password"]) == "account.credentialsWrong")
            _ = try await world.ok(stranger, "account.changePassword", change, key: "p")
            _ = try await world.ok(stranger, "account.changePassword", change, key: "p")
            #expect(try await world.ok(stranger, "session.get")["account"]?["email"] == "ann@example.org")
            let ended: Int = try await world.value("select count(*) from session where ended_at is not null")
            #expect(ended == 0)  // both connections share one session
            #expect(await world.kind(world.stranger(), "session.login", credentials) == "account.credentialsWrong")
            _ = try await world.ok(stranger, "session.logout")
            #expect(await world.kind(stranger, "session.get") == "login.missing")
            #expect(
                await world.kind(world.stranger(), "session.resume", ["token": session["token"]!]) == "login.missing")
            let events = try await world.ok(boss, "security.list", ["withTotal": true])
            #expect(
                events["items"]!.array!.map { $0["kind"]!.string! } == [
                    "login.failed", "login.failed", "emailToken.wrong", "emailToken.wrong", "login.failed",
                    "registration.emailTaken",
                ])
            let audit = try await world.ok(boss, "audit.list", ["limit": 3, "withTotal": true])
            #expect(audit["items"]?.array?.count == 3)
            let rest = try await world.ok(boss, "audit.list", ["cursor": audit["nextCursor"]!, "limit": 500])
            #expect(rest["items"]?.array?.last?["actorKind"] == "host")
            #expect(audit["total"]!.integer! == Int64(3 + rest["items"]!.array!.count))
        }
    }

    @Test
    func `R033 R034 five wrong passwords lock staff and slow down administrators, and a lapsed registration gives way`()
        async throws
    {
        try await Scene.with { world in
            let boss = try await world.session(
                try await Operators.create(
                    email: EmailAddress(checking: "op@example.org"), name: "Op", password: "operator-operator",
                    world.services))
            let stranger = world.stranger()
            for _ in 1...2 {
                _ = try await world.ok(
                    stranger, "account.register",
                    ["email": "ann@example.org", "name": "Ann", "password": "a-long-password"])
                try await world.sql("update account_token set expires_at = now() - interval '1 hour'")
            }
            try await world.sql("update account set email_confirmed_at = now() where email_key = 'ann@example.org'")
            let ann: AccountID = try await world.value("select id from account where email_key = 'ann@example.org'")
            let wrong: JSON = ["email": "ann@example.org", "password": "x"]
            let right: JSON = ["email": "ann@example.org", "password": "a-long-password"]
            for _ in 1...4 {
                #expect(await world.kind(stranger, "session.login", wrong) == "account.credentialsWrong")
            }
            _ = try await world.ok(stranger, "session.login", right)
            for _ in 1...5 {
                #expect(await world.kind(world.stranger(), "session.login", wrong) == "account.credentialsWrong")
            }
            #expect(await world.kind(world.stranger(), "session.login", right) == "account.credentialsWrong")
            #expect(try await world.ok(stranger, "session.get")["account"]?["lockedAt"] != nil)
            let locked = try await world.ok(boss, "account.list", ["email": "a*", "isLocked": true])
            #expect(locked["items"]!.array!.count == 1)
            _ = try await world.ok(boss, "account.unlock", ["accountId": .string(ann.text)])
            #expect(await world.kind(boss, "account.unlock", ["accountId": .string(ann.text)]) == "account.notLocked")
            _ = try await world.ok(world.stranger(), "session.login", right)

            let op: JSON = ["email": "op@example.org", "password": "operator-operator"]
            let noOp: JSON = ["email": "op@example.org", "password": "x"]
            #expect(await world.kind(world.stranger(), "session.login", noOp) == "account.credentialsWrong")
            #expect(await world.kind(world.stranger(), "session.login", op) == "limit.exceeded")
            try await Task.sleep(for: .seconds(1))
            _ = try await world.ok(world.stranger(), "session.login", op)
        }
    }

    @Test func `PER-06 roles are granted and revoked by who stands over them, and the last operator stays`()
        async throws
    {
        try await Scene.with { world in
            let op = try await world.account("op@example.org")
            try await world.grant(op, "operator")
            let boss = try await world.session(op)
            let a = try await world.ok(boss, "cardSystem.create", ["name": "A"])
            let b = try await world.ok(boss, "cardSystem.create", ["name": "B"])
            let city = try await world.ok(
                boss, "municipality.add", ["cardSystemId": a.id, "name": "Eeklo", "postalCodes": ["9900"]])
            let ann = try await world.account("ann@example.org")
            let bob = try await world.account("bob@example.org")
            let grant: JSON = [
                "email": "Ann@example.org", "role": "cardSystemAdministrator", "cardSystemId": a.id,
            ]
            _ = try await world.ok(boss, "role.grant", grant)
            #expect(await world.kind(boss, "role.grant", grant) == "role.alreadyHeld")
            let admin = try await world.session(ann)
            let bobs = try await world.session(bob)
            #expect(await world.kind(bobs, "role.list") == "permission.missing")
            _ = try await world.ok(
                admin, "role.grant",
                ["email": "bob@example.org", "role": "municipalityAdministrator", "municipalityId": city.id])
            #expect(
                await world.kind(
                    admin, "role.grant",
                    ["email": "bob@example.org", "role": "cardSystemAdministrator", "cardSystemId": b.id])
                    == "permission.missing")
            #expect(
                await world.kind(admin, "role.grant", ["email": "bob@example.org", "role": "operator"])
                    == "permission.missing")
            #expect(
                await world.kind(
                    boss, "role.grant", ["email": "bob@example.org", "role": "operator", "cardSystemId": b.id])
                    == "params.invalid")
            #expect(try await world.ok(admin, "role.list")["items"]!.array!.count == 2)
            #expect(
                try await world.ok(boss, "role.list", ["limit": 2, "withTotal": true])["total"] == 3)
            let revoke: JSON = [
                "accountId": .string(bob.text), "role": "municipalityAdministrator", "municipalityId": city.id,
            ]
            _ = try await world.ok(admin, "role.revoke", revoke)
            #expect(await world.kind(admin, "role.revoke", revoke) == "role.notFound")
            let ended: Int = try await world.value(
                "select count(*) from session where account_id = \(bob) and ended_at is null")
            #expect(ended == 0)
            #expect(
                await world.kind(boss, "role.revoke", ["accountId": .string(op.text), "role": "operator"])
                    == "role.lastOperator")
            #expect(try await world.ok(admin, "session.get")["roles"]?.array?.first?["cardSystemName"] == "A")
        }
    }

    @Test func `a session that ended elsewhere frees its connection for another login`() async throws {
        try await Scene.with { world in
            let ann = try await world.account("ann@example.org")
            let (one, two) = (world.stranger(), world.stranger())
            try await world.owner.transaction { [services = world.services] transaction in
                _ = try Sessions.open(for: ann, token: "kss_A", in: transaction, services)
                _ = try Sessions.open(for: ann, token: "kss_B", in: transaction, services)
            }
            _ = try await world.ok(one, "session.resume", ["token": "kss_A"])
            _ = try await world.ok(two, "session.resume", ["token": "kss_A"])
            _ = try await world.ok(one, "session.logout")
            await eventually("the other connection has heard") {
                await world.kind(two, "session.get") == "login.missing"
            }
            #expect(try await world.ok(two, "cardSystem.list")["items"] == [])
            _ = try await world.ok(two, "session.resume", ["token": "kss_B"])
            try await world.sql("update session set last_used_at = now() - interval '13 hours'")
            #expect(await world.kind(world.stranger(), "session.resume", ["token": "kss_B"]) == "login.missing")
        }
    }

    @Test func `wrong and right passwords at once are answered alike`() async throws {
        try await Scene.with { world in
            _ = try await Operators.create(
                email: EmailAddress(checking: "op@example.org"), name: "Op", password: "operator-operator",
                world.services)
            let answers = await withTaskGroup(of: String.self) { group in
                for n in 0..<12 {
                    group.addTask {
                        await world.kind(
                            world.stranger(), "session.login",
                            ["email": "op@example.org", "password": .string("x\(n)")])
                    }
                }
                return await group.reduce(into: [String: Int]()) { $0[$1, default: 0] += 1 }
            }
            #expect(answers["account.credentialsWrong"] == 1 && answers["limit.exceeded"] == 11, "\(answers)")
        }
    }

    @Test func `a pillar resumes by its credential`() async throws {
        try await Scene.with { world in
            let op = try await world.account("op@example.org")
            try await world.grant(op, "operator")
            let a = try await world.ok(try await world.session(op), "cardSystem.create", ["name": "A"])
            let pillar = PillarID(at: world.services.clock.now)
            try await world.sql(
                """
                insert into pillar (id, card_system_id, name, credential_hash, created_at)
                values (\(pillar), \(a.cardSystem()), 'CID', \(Secret.hash("ksp_X")), now())
                """)
            let peer = world.stranger()
            let view = try await world.ok(peer, "session.resume", ["token": "ksp_X"])
            #expect(view["pillar"]?["name"] == "CID" && view["account"] == nil)
            let first: Bool = try await world.value("select first_login_at is not null from pillar")
            #expect(first)
            #expect(try await world.ok(peer, "session.get")["pillar"]?["id"]?.string == pillar.text)
            _ = try await world.ok(peer, "session.logout")
            #expect(await world.kind(peer, "session.get") == "login.missing")
        }
    }
}
