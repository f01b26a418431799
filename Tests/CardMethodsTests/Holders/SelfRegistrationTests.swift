import CardRules
import JSONRPC
import Postgres
import TestSupport
import Testing

@testable import CardMethods

@Suite(.scene) struct SelfRegistrationTests {
    private static let issuer = TestIssuer()

    private static func params(_ word: JSON, _ changes: JSON = [:]) -> JSON {
        let plain: JSON = [
            "cardSystemId": .string(SceneData.here.text), "identity": word, "legalTermsDigital": true,
            "address": ["postalCode": "9900", "city": "Eeklo"],
        ]
        return plain.merged(with: changes)
    }

    @Test func `REG-15 REG-03 who proves his INSZ is a pass holder with a digital card, and logged in as one`()
        async throws
    {
        try await Scene.with(settings: try Self.issuer.settings) { scene in
            try await scene.openOnline()
            let peer = try await scene.session(scene.account("Jan@example.org"))
            let word = try Self.issuer.word(expiresAt: scene.soon)
            let made = try await scene.ok(peer, "holder.register", Self.params(word))
            let record = try await scene.ok(peer, "holder.get")
            #expect(record["id"] == made["passHolderId"] && record["cardNumber"] == made["cardNumber"])
            #expect(record["name"] == "Peeters" && record["firstName"] == "Jan")
            #expect(record["inszMasked"]?.string?.hasSuffix("08") == true && record["legalTermsDigital"] == true)
            #expect(record["email"] == "Jan@example.org")
            #expect(record["memberships"]?.array?.first?["opportunityStatus", "status"] == "none")
            #expect(
                try await scene.count("audit where method = 'holder.register' and card_system_id = \(SceneData.here)")
                    == 1)
            #expect(try scene.verify().isEmpty)
            let second = try Self.issuer.word(expiresAt: scene.soon)
            #expect(
                Set(await scene.refused(peer, "holder.register", Self.params(second)))
                    == ["account.alreadyLinked", "email.alreadyUsed", "insz.alreadyUsed"])
        }
    }

    /// What the issuer says and what is asked otherwise, and everything that is against it.
    private static let refusals: [(rule: String, word: JSON, changes: JSON, kinds: Set<String>)] = [
        ("REG-15", ["insz": nil], [:], ["identity.inszRequired"]),
        ("REG-15", ["aud": "another"], [:], ["identity.invalid"]),
        (
            "REG-15", ["birthDate": "2014-06-04", "insz": "14060400150"], [:],
            ["registration.underage", "registration.consentMissing"]
        ),
        ("R-034", ["birthDate": "1985-03-18"], [:], ["insz.mismatch"]),
        (
            "REG-15", [:], ["address": ["postalCode": "75001", "city": "Paris", "country": "FR"]],
            ["registration.foreignNotAllowed"]
        ),
        ("REG-13", [:], ["legalTermsDigital": false], ["registration.termsMissing"]),
        ("R-037", [:], ["optIns": ["sms"]], ["registration.optInImpossible"]),
    ]

    @Test func `REG-13 REG-15 everything that is against it, and nothing is changed`() async throws {
        try await Scene.with(settings: try Self.issuer.settings) { scene in
            try await scene.openOnline()
            let peer = try await scene.session(scene.account("jan@example.org"))
            for row in Self.refusals {
                let word = try Self.issuer.word(row.word, expiresAt: scene.soon)
                let kinds = await scene.refused(peer, "holder.register", Self.params(word, row.changes))
                #expect(Set(kinds) == row.kinds, "\(row.rule) \(row.word) \(row.changes)")
            }
            #expect(try await scene.count("pass_holder") == SceneData.Holder.count)
            #expect(try await scene.count("identity_use") == 0)
            try await scene.ok(
                scene.peer(.administrator), "cardSystem.update",
                ["cardSystemId": .string(SceneData.here.text), "cardlessRegistrationType": "opportunity"])
            let word = try Self.issuer.word(expiresAt: scene.soon)
            #expect(
                await scene.refused(peer, "holder.register", Self.params(word)) == ["registration.onlineNotAllowed"])
        }
    }

    @Test func `REG-15 a word counts once, whoever brings it`() async throws {
        try await Scene.with(settings: try Self.issuer.settings) { scene in
            try await scene.openOnline()
            let word = try Self.issuer.word(expiresAt: scene.soon)
            var peers: [Peer] = []
            for number in 1...6 { peers.append(try await scene.session(scene.account("jan-\(number)@example.org"))) }
            let done = await withTaskGroup(of: Bool.self) { group in
                for peer in peers {
                    group.addTask {
                        (try? await scene.call(peer, "holder.register", Self.params(word)).get()) != nil
                    }
                }
                return await group.reduce(into: 0) { $0 += $1 ? 1 : 0 }
            }
            #expect(done == 1)
            #expect(try await scene.count("pass_holder") == SceneData.Holder.count + 1)
        }
    }
}
