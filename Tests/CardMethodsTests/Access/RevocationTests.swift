import CardRules
import JSONRPC
import Postgres
import TestSupport
import Testing

@testable import CardMethods

/// What somebody loses is gone at once, on whatever daemon he is connected to.
@Suite(.scene) struct RevocationTests {
    /// What is taken from the librarian or the administrator on one daemon, and how the other one answers then.
    private static let losses: [(who: SceneData.Person, method: String, params: String, code: Int)] = [
        (
            .administrator, "role.revoke",
            #"{"accountId":"ADMINISTRATOR","role":"cardSystemAdministrator","cardSystemId":"HERE"}"#, -32001
        ),
        (.librarian, "counterMember.remove", #"{"counterId":"LIBRARY","accountId":"LIBRARIAN"}"#, -32004),
        (.librarian, "permissionGroup.update", #"{"permissionGroupId":"HERE","permissions":["event.read"]}"#, -32004),
    ]

    @Test(arguments: losses.indices)
    func `GEN-02 PER-03 a right that is taken away on one daemon is gone on the other`(_ index: Int) async throws {
        let loss = Self.losses[index]
        try await Scene.with { here in
            try await Scene.with { there in
                let peer = try await there.peer(loss.who)
                let params: JSON = ["cardSystemId": .string(SceneData.here.text)]
                try await there.ok(peer, "card.list", params)
                var text = loss.params
                for (word, value) in [
                    ("ADMINISTRATOR", SceneData.Person.administrator.account.text),
                    ("LIBRARIAN", SceneData.Person.librarian.account.text),
                    ("LIBRARY", SceneData.Place.library.counter.text), ("HERE", SceneData.here.text),
                ] { text = text.replacing(word, with: value) }
                try await here.ok(here.peer(.operating), loss.method, try JSON(parsing: Array(text.utf8)))
                await eventually("the other daemon has heard") {
                    await there.refused(peer, "card.list", params) == ["\(loss.code)"]
                }
            }
        }
    }

    @Test(arguments: [
        ("last_used_at = now() - interval '11 hours 59 minutes'", true),
        ("last_used_at = now() - interval '12 hours 1 minute'", false),
        ("ends_at = now() + interval '1 minute'", true),
        ("ends_at = now()", false),
        ("ended_at = now()", false),
    ])
    func `a session ends after 12 hours of silence, and at its end`(change: String, goesOn: Bool) async throws {
        try await Scene.with { scene in
            let update = "update session set \(change) where account_id = '\(SceneData.Person.guide.account.text)'"
            try await scene.owner.connection { try $0.script(update) }
            let answer = await scene.call(
                scene.stranger(), "session.resume", ["token": .string(SceneData.Person.guide.token)])
            #expect(goesOn ? (try? answer.get()) != nil : answer.kinds == ["-32001"])
        }
    }

    @Test func `a session lives for seven days`() async throws {
        try await Scene.with { scene in
            let guide = SceneData.Person.guide.account
            _ = try await scene.session(guide)
            let days: Int = try await scene.value(
                """
                select round(extract(epoch from max(ends_at - created_at)) / 86400)::bigint from session
                where account_id = \(guide) and counter_id is not null
                """)
            #expect(days == 7)
        }
    }

    @Test func `a changed password ends the account's other sessions`() async throws {
        try await Scene.with { scene in
            let email = "olga@example.org"
            let account = try await Operators.create(
                email: EmailAddress(checking: email), name: "Olga", password: "operator-operator", scene.services)
            let (own, other) = (scene.stranger(), scene.stranger())
            for peer in [own, other] {
                try await scene.ok(
                    peer, "session.login", ["email": .string(email), "password": "operator-operator"])
            }
            try await scene.ok(
                own, "account.changePassword", ["oldPassword": "operator-operator", "newPassword": "another-password"])
            await eventually("the other connection has heard") {
                await scene.refused(other, "session.get") == ["-32001"]
            }
            try await scene.ok(own, "session.get")
            #expect(try await scene.count("session where account_id = \(account) and ended_at is null") == 1)
        }
    }
}
