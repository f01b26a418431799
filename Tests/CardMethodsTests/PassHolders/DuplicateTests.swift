import CardRules
import JSONRPC
import TestSupport
import Testing

@testable import CardMethods

@Suite(.bare) struct DuplicateTests {
    @Test func `who is likely to be registered already is refused until it is confirmed`() async throws {
        try await Scene.with { scene in
            let region = try await Region(scene)
            let clerk = region.authorised.clerk
            func register(_ changes: JSON) async -> Result<JSON, RPCError> {
                let person = region.person(["duplicateConfirmed": false]).merged(with: changes)
                return await scene.call(clerk, "passHolder.register", person)
            }
            let first = try await register(["insz": "85031799708"]).get()
            let alike = await register(["firstName": "Peeters", "name": "Àn"])
            #expect(alike.kinds == ["passHolder.likelyDuplicate"])
            guard case .failure(let error) = alike else { return }
            let named = error.data?["reasons"]?.array?[0]["passHolders"]?.array?[0]
            #expect(named?["passHolderId"] == first["passHolderId"] && named?["likeness"] == "swapped")
            #expect(named?["cardNumber"] == first["cardNumber"])
            #expect(await register(["insz": "85031799510"]).kinds[0].hasPrefix("answered"), "another INSZ")
            #expect(await register(["dateOfBirth": "1985-03-18"]).kinds[0].hasPrefix("answered"), "another birthday")
            #expect(await register(["firstName": "Joris"]).kinds[0].hasPrefix("answered"), "another name")
            #expect(await register(["duplicateConfirmed": true]).kinds[0].hasPrefix("answered"))
            let other = try await scene.ok(region.boss, "cardSystem.create", ["name": "Other"])
            let counter = try await scene.ok(
                region.boss, "counter.create", ["cardSystemId": other.id, "name": "Desk"])
            let elsewhere = region.person([
                "cardSystemId": other.id, "counterId": counter.id, "duplicateConfirmed": false,
            ])
            let admin = try await scene.admin("other@example.org", of: other.cardSystem())
            let made = await scene.refused(admin, "passHolder.register", elsewhere)
            #expect(made[0].hasPrefix("answered"), "of another card system nothing is told")
        }
    }

    @Test func `likely duplicates are found for one person, and listed page by page for a card system`() async throws {
        try await Scene.with { scene in
            let region = try await Region(scene)
            let clerk = region.plain.clerk
            let ann = try await scene.registered(region, ["firstName": "Ann"])
            let an = try await scene.registered(region)
            let twin = try await scene.registered(region, ["firstName": "Joris"])
            let swapped = try await scene.registered(region, ["firstName": "Peeters", "name": "An"])
            let born: JSON = ["dateOfBirth": "1985-03-18"]
            let (bo, ba) = (
                try await scene.registered(region, born.merged(with: ["firstName": "Bo"])),
                try await scene.registered(region, born.merged(with: ["firstName": "Ba"]))
            )
            func found(_ holder: JSON) async throws -> [String: String] {
                let items = try await scene.ok(clerk, "passHolder.findDuplicates", ["passHolderId": holder])["items"]
                return Dictionary(
                    uniqueKeysWithValues: items!.array!.map { ($0["passHolder"]!.id.string!, $0["likeness"]!.string!) })
            }
            #expect(try await found(an) == [ann.string!: "similar", swapped.string!: "swapped"])
            #expect(try await found(twin) == [:])
            var pages: [[String]] = []
            var cursor: JSON = nil
            repeat {
                let page = try await scene.ok(
                    clerk, "passHolder.listDuplicates",
                    ["cardSystemId": region.cardSystem, "limit": 1, "cursor": cursor])
                for item in page["items"]!.array! {
                    let others = item["duplicates"]!.array!.map { $0["passHolder"]!.id.string! }
                    pages.append([item["passHolder"]!.id.string!] + others)
                }
                cursor = page["nextCursor"] ?? nil
            } while !cursor.isNull
            #expect(
                pages == [
                    [ann.string!, an.string!], [an.string!, swapped.string!], [bo.string!, ba.string!],
                ])
            let wrong: JSON = ["cardSystemId": region.cardSystem, "cursor": ann]
            #expect(await scene.refused(clerk, "passHolder.listDuplicates", wrong) == ["-32602"])
        }
    }
}
