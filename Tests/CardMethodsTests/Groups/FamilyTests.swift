import CardRules
import JSONRPC
import Postgres
import TestSupport
import Testing

@testable import CardMethods

@Suite(.scene) struct FamilyTests {
    private static func who(_ index: Int) -> JSON { ["passHolderId": .string(Scene.Holder(index).id.text)] }

    private static func adding(_ index: Int, to main: Int) -> JSON {
        who(main).merged(with: ["cardNumber": .string(Scene.Holder(index).number)])
    }

    private static func removing(_ index: Int, from main: Int) -> JSON {
        who(main).merged(with: ["memberId": .string(Scene.Holder(index).id.text)])
    }

    /// A connection on which a holder is logged in.
    private static func holder(_ index: Int, _ scene: Scene) async throws -> Peer {
        let account = try await scene.account("holder\(index)@example.org")
        try await scene.sql(
            """
            insert into holder_login (account_id, holder_id, linked_at)
            values (\(account), \(Scene.Holder(index).id), \(scene.now))
            """)
        return try await scene.session(account)
    }

    private static func members(_ family: JSON) -> [JSON] { family["members"]!.array!.map { $0["passHolderId"]! } }

    @Test func `FAM-01 FAM-02 FAM-05 a family is its main member's, and one-way`() async throws {
        try await Scene.with { scene in
            let librarian = try await scene.peer(.librarian)
            let alone = try await scene.ok(librarian, "family.list", Self.who(1))
            #expect(alone["members"]!.array!.map { $0["isMainMember"] } == [true])
            // A member of the other card system too: passes are used everywhere.
            let added = Self.adding(45, to: 1).merged(with: ["icon": "fox"])
            let family = try await scene.ok(librarian, "family.add", added)
            #expect(family["membersMaximum"] == 10 && family["adultsMaximum"] == 2)
            let member = family["members"]!.array![1]
            #expect(member["passHolderId"] == .string(Scene.Holder(45).id.text) && member["icon"] == "fox")
            #expect(member["firstName"] == "Ann" && member["name"] == nil && member["isAdult"] == true)
            #expect(try await scene.ok(librarian, "family.memberships", Self.who(1))["families"] == [])
            let elsewhere = try await scene.peer(.clerkElsewhere)
            let families = try await scene.ok(elsewhere, "family.memberships", Self.who(45))["families"]!.array!
            #expect(families.map { $0["passHolderId"] } == [.string(Scene.Holder(1).id.text)])
            #expect(try await scene.ok(elsewhere, "family.list", Self.who(45))["members"]!.array!.count == 1)

            #expect(await scene.refused(librarian, "family.add", added) == ["family.alreadyMember"])
            #expect(
                await scene.refused(librarian, "family.add", Self.adding(2, to: 1)) == ["family.tooManyAdults"])
            let group = Self.who(1).merged(with: ["cardNumber": .string(SceneData.groupCard)])
            #expect(await scene.refused(librarian, "family.add", group) == ["card.groupPass"])
            let unknown = Self.who(1).merged(with: [
                "cardNumber": .string(CardNumber(prefix: "0900", serial: 999, opportunity: false)!.text)
            ])
            #expect(await scene.refused(librarian, "family.add", unknown) == ["passHolder.notFound"])
            try await scene.ok(
                librarian, "family.setIcon", Self.removing(1, from: 1).merged(with: ["icon": "bear"]))
            let shown = try await scene.ok(librarian, "family.list", Self.who(1))
            #expect(shown["members"]!.array!.map { $0["icon"] } == ["bear", "fox"])
            #expect(try scene.verify() == [:])
        }
    }

    @Test func `FAM-02 R-190 two who are added at once do not both get the last place`() async throws {
        try await Scene.with { scene in
            try await scene.ok(
                scene.peer(.administrator), "cardSystem.update",
                ["cardSystemId": .string(SceneData.here.text), "familyMembersMaximum": 3, "familyAdultsMaximum": 50])
            let peers = [try await scene.peer(.librarian), try await scene.peer(.guide)]
            let kinds = await withTaskGroup(of: [String].self) { tasks in
                for index in 2...7 {
                    tasks.addTask {
                        await scene.refused(peers[index % 2], "family.add", Self.adding(index, to: 1))
                    }
                }
                return await tasks.reduce(into: []) { $0.append($1) }
            }
            #expect(kinds.filter { $0 == ["family.tooManyMembers"] }.count == 4)
            #expect(try await scene.count("family_member where main_id <> member_id") == 2)
        }
    }

    @Test func `FAM-04 R-198 the main member and the one who leaves remove, nobody else`() async throws {
        try await Scene.with { scene in
            let librarian = try await scene.peer(.librarian)
            try await scene.ok(librarian, "family.add", Self.adding(45, to: 1))
            #expect(
                await scene.kind(librarian, "family.remove", Self.removing(1, from: 1)) == "family.mainMemberFixed")
            let elsewhere = try await scene.peer(.clerkElsewhere)
            #expect(await scene.kind(elsewhere, "family.remove", Self.removing(2, from: 1)) == "passHolder.notFound")
            // For the one who leaves.
            try await scene.ok(elsewhere, "family.remove", Self.removing(45, from: 1))
            #expect(
                await scene.kind(librarian, "family.remove", Self.removing(45, from: 1)) == "family.memberNotFound")
            try await scene.ok(librarian, "family.add", Self.adding(45, to: 1))
            let (mine, other) = (try await Self.holder(1, scene), try await Self.holder(2, scene))
            #expect(await scene.kind(other, "family.remove", Self.removing(45, from: 1)) == "passHolder.notFound")
            #expect(await scene.kind(other, "family.list", Self.who(1)) == "passHolder.notFound")
            try await scene.ok(mine, "family.remove", ["memberId": .string(Scene.Holder(45).id.text)])
            #expect(Self.members(try await scene.ok(mine, "family.list")) == [.string(Scene.Holder(1).id.text)])
            #expect(try scene.verify() == [:])
        }
    }

    @Test(arguments: [("nl", "Dag Ann"), ("fr", "Bonjour Ann"), ("en", "Hello Ann")])
    func `FAM-04 who was added is mailed a token to leave with`(language: String, greeting: String) async throws {
        try await Scene.with { scene in
            let librarian = try await scene.peer(.librarian)
            _ = try await Self.holder(2, scene)
            try await scene.sql(
                """
                update pass_holder set email = 'ann@example.org', email_key = 'ann@example.org'
                where id = \(Scene.Holder(2).id)
                """, "update account set language = \(language) where email_key = 'holder2@example.org'")
            try await scene.ok(librarian, "family.add", Self.adding(2, to: 1))
            let mail: String = try await scene.value("select body from mail where to_address = 'ann@example.org'")
            #expect(mail.hasPrefix(greeting))
            let token = JSON.string(String(mail[mail.firstRange(of: "ksf_")!.lowerBound...]))
            #expect(await scene.kind(scene.stranger(), "family.leave", ["token": "ksf_X"]) == "token.invalid")
            try await scene.ok(scene.stranger(), "family.leave", ["token": token])
            #expect(try await scene.ok(librarian, "family.list", Self.who(1))["members"]!.array!.count == 1)
            #expect(await scene.kind(scene.stranger(), "family.leave", ["token": token]) == "token.invalid")
            #expect(try await scene.count("mail where to_address = 'ann@example.org'") == 1)
        }
    }
}
