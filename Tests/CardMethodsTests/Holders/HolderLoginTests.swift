import CardRules
import JSONRPC
import Postgres
import TestSupport
import Testing

@testable import CardMethods

extension Scene {
    /// A registration token of a holder of the scene.
    func token(of holder: Holder) async throws -> JSON {
        let params: JSON = ["cardNumber": .string(holder.number), "dateOfBirth": "1990-01-01"]
        return try await ok(stranger(), "holder.registrationToken", params)["token"]!
    }

    /// An account without roles that is the login of a holder, on a connection of its own.
    func login(of holder: Holder) async throws -> Peer {
        let peer = try await session(account("holder-\(holder.index)@example.org"))
        try await ok(peer, "holder.link", ["token": token(of: holder)])
        return peer
    }
}

@Suite(.scene) struct HolderLoginTests {
    private static let proof: JSON = ["cardNumber": .string(Scene.Holder(1).number), "dateOfBirth": "1990-01-01"]

    @Test func `UID-01 card number and birth date give a token, that tells of the login and links one`() async throws {
        try await Scene.with { scene in
            let token = try await scene.token(of: .init(1))
            let status: JSON = ["token": token]
            #expect(try await scene.ok(scene.stranger(), "holder.loginStatus", status)["status"] == "unregistered")
            let peer = try await scene.session(scene.account("ann@example.org"))
            #expect(try await scene.ok(peer, "holder.link", status)["passHolderId"]?.string == Scene.Holder(1).id.text)
            // It is used up, and so are the person's others.
            #expect(await scene.refused(peer, "holder.loginStatus", status) == ["token.invalid"])
            let next: JSON = ["token": try await scene.token(of: .init(1))]
            #expect(try await scene.ok(peer, "holder.loginStatus", next)["status"] == "registered")
            try await scene.ok(peer, "holder.unlink")
            #expect(await scene.refused(peer, "holder.loginStatus", next) == ["token.invalid"])
            #expect(await scene.refused(peer, "holder.unlink") == ["-32004"])
            #expect(try await scene.count("holder_login") == 0)
        }
    }

    @Test func `UID-01 an address is free, known or linked, told to whoever has a token`() async throws {
        try await Scene.with { scene in
            _ = try await scene.login(of: .init(2))
            let token = try await scene.token(of: .init(1))
            for (email, status) in [
                ("nobody@example.org", "free"), ("GUIDE@example.org", "known"), ("holder-2@example.org", "linked"),
            ] {
                let params: JSON = ["token": token, "email": .string(email)]
                #expect(try await scene.ok(scene.stranger(), "holder.emailStatus", params)["status"]?.string == status)
            }
            let params: JSON = ["token": "ksr_X", "email": "guide@example.org"]
            #expect(await scene.refused(scene.stranger(), "holder.emailStatus", params) == ["token.invalid"])
        }
    }

    @Test func `UID-01 a token is stale after half an hour of real time, and kept hashed`() async throws {
        try await Scene.with { scene in
            let token = try await scene.token(of: .init(1))
            let params: JSON = ["token": token]
            #expect(
                try await scene.count("registration_token where token_hash = \(Secret.hash(token.string!))") == 1)
            try await scene.sql("update registration_token set expires_at = expires_at - interval '29 minutes'")
            try await scene.ok(scene.stranger(), "holder.loginStatus", params)
            try await scene.sql("update registration_token set expires_at = expires_at - interval '1 minute'")
            #expect(await scene.refused(scene.stranger(), "holder.loginStatus", params) == ["token.invalid"])
        }
    }

    @Test func `UID-01 all misses answer alike, and after five wrong dates of a day the right one does too`()
        async throws
    {
        try await Scene.with { scene in
            try await scene.sql("update card set status = 'blocked' where id = \(Scene.Holder(3).card)")
            let wrong = Self.proof.merged(with: ["dateOfBirth": "1990-01-02"])
            let misses = [
                wrong, ["cardNumber": .string(SceneData.stockCard), "dateOfBirth": "1990-01-01"],
                ["cardNumber": .string(SceneData.groupCard), "dateOfBirth": "1990-01-01"],
                ["cardNumber": .string(Scene.Holder(3).number), "dateOfBirth": "1990-01-01"],
            ]
            var answers: Set<String> = []
            for miss in misses {
                answers.insert("\(await scene.call(scene.stranger(), "holder.registrationToken", miss))")
            }
            // Eight more at once: no more than four of them are compared with the date.
            await withTaskGroup(of: Void.self) { group in
                for _ in 1...8 {
                    group.addTask { _ = await scene.call(scene.stranger(), "holder.registrationToken", wrong) }
                }
            }
            answers.insert("\(await scene.call(scene.stranger(), "holder.registrationToken", Self.proof))")
            #expect(answers.count == 1)
            let counted: Int = try await scene.value("select sum(count)::bigint from birth_date_misses")
            #expect(counted == BirthDateProof.missesPerDay)
            #expect(try await scene.count("security_event where kind = 'birthDate.wrong'") == 13)
            try await scene.sql("update birth_date_misses set day = day - 1")
            try await scene.ok(scene.stranger(), "holder.registrationToken", Self.proof)
        }
    }

    @Test func `GEN-05 one source misses twenty times an hour`() async throws {
        try await Scene.with { scene in
            let peer = scene.stranger()
            let wrong: JSON = ["cardNumber": .string(SceneData.stockCard), "dateOfBirth": "1990-01-01"]
            for _ in 1...20 { #expect(await scene.refused(peer, "holder.registrationToken", wrong).count == 1) }
            #expect(await scene.refused(peer, "holder.registrationToken", Self.proof) == ["-32005"])
        }
    }

    @Test func `UID-01 of many accounts that link at once, one is the login`() async throws {
        try await Scene.with { scene in
            var peers: [(Peer, JSON)] = []
            for number in 1...8 {
                peers.append(
                    (
                        try await scene.session(scene.account("ann-\(number)@example.org")),
                        ["token": try await scene.token(of: .init(1))]
                    ))
            }
            let linked = await withTaskGroup(of: Bool.self) { group in
                for (peer, params) in peers {
                    group.addTask { (try? await scene.call(peer, "holder.link", params).get()) != nil }
                }
                return await group.reduce(into: 0) { $0 += $1 ? 1 : 0 }
            }
            #expect(linked == 1)
            #expect(try await scene.count("holder_login") == 1)
        }
    }

    @Test func `UID-01 an administrator takes a login away with a reason, in his card system`() async throws {
        try await Scene.with { scene in
            let peer = try await scene.login(of: .init(1))
            let params: JSON = ["passHolderId": .string(Scene.Holder(1).id.text), "reason": "not his"]
            let other = try await scene.peer(.otherAdministrator)
            #expect(await scene.refused(other, "passHolder.unlinkLogin", params) == ["passHolder.notFound"])
            try await scene.ok(scene.peer(.administrator), "passHolder.unlinkLogin", params)
            await eventually("the session has heard") { await scene.refused(peer, "holder.unlink") == ["-32004"] }
        }
    }
}
