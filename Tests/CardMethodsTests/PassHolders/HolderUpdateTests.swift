import CardRules
import JSONRPC
import Postgres
import TestSupport
import Testing

@testable import CardMethods

@Suite(.bare) struct HolderUpdateTests {
    @Test func `PH-01 PH-02 what is absent stays, null clears, and a stale version is told what was changed`()
        async throws
    {
        try await Scene.with { scene in
            let region = try await Region(scene)
            let clerk = region.authorised.clerk
            let holder = try await scene.registered(
                region, ["email": "An@example.org", "phone": "09 377 12 34", "optIns": ["infoMails"]])
            func update(_ changes: JSON) async -> Result<JSON, RPCError> {
                await scene.call(clerk, "passHolder.update", changes.merged(with: ["passHolderId": holder]))
            }
            let first = try await update(["name": "Déjà", "version": 1, "phone": nil, "gender": "x"]).get()
            #expect(first["name"] == "Déjà" && first["firstName"] == "An" && first["version"] == 2)
            #expect(first["phone"] == nil && first["email"] == "An@example.org" && first["optIns"] == ["infoMails"])
            #expect(await update(["version": 1, "email": nil]).kinds == ["-32009"])
            #expect(await update(["email": ""]).kinds == ["registration.optInImpossible"])
            let last = try await update(["email": nil, "optIns": [], "insz": "85031799708", "gender": "male"]).get()
            #expect(last["email"] == nil && last["inszMasked"] == "85*******08" && last["version"] == 3)
            #expect(await update(["insz": "85031799510"]).kinds == ["insz.alreadyKnown"])
            let other = try await scene.registered(region, ["firstName": "Jan"])
            let taken = await scene.refused(
                clerk, "passHolder.update", ["passHolderId": other, "insz": "85031799708", "name": "X"])
            #expect(taken == ["insz.alreadyUsed"], "R-031")
            #expect(await update(["cardNumber": Region.card(1)]).kinds == ["-32602"])
        }
    }

    @Test func `PH-03 PH-05 a status binds to its region, whoever changes the address`() async throws {
        try await Scene.with { scene in
            let region = try await Region(scene)
            let holder = try await scene.registered(region, ["opportunity": [:]])
            func move(_ code: String, _ city: String, _ country: String = "BE") async -> [String] {
                let address: JSON = ["postalCode": .string(code), "city": .string(city), "country": .string(country)]
                return await scene.refused(
                    region.authorised.clerk, "passHolder.update", ["passHolderId": holder, "address": address])
            }
            #expect(await move("9000", "Gent") == ["address.outsideRegion"])
            #expect(await move("4551", "Sas", "NL") == ["registration.foreignNotAllowed", "address.outsideRegion"])
            #expect(await move("9880", "Eeklo") == ["city.notOfPostalCode"])
            #expect(await move("9880", "Lotenhulle")[0].hasPrefix("answered"))
            try await scene.sql("update membership set opportunity_end_date = '2020-04-30'")
            #expect(await move("9000", "Gent")[0].hasPrefix("answered"))
        }
    }

    @Test func `S10 a holder with a login keeps how he is reached, of himself only`() async throws {
        try await Scene.with { scene in
            let region = try await Region(scene)
            let (holder, other) = (
                try await scene.registered(region), try await scene.registered(region, ["firstName": "Jan"])
            )
            let account = try await scene.account("an@example.org")
            let id = PassHolderID(text: holder.string!)!
            try await scene.sql(
                "insert into holder_login (account_id, holder_id, linked_at) values (\(account), \(id), now())")
            let peer = try await scene.session(account)
            let changed = try await scene.ok(
                peer, "passHolder.update",
                ["passHolderId": holder, "email": "an@example.org", "optIns": ["infoMails"], "mobile": "0471 23 45 67"])
            #expect(changed["email"] == "an@example.org" && changed["memberships"]?.array?.count == 1)
            let name = await scene.refused(peer, "passHolder.update", ["passHolderId": holder, "name": "X"])
            #expect(name == ["permission.notHeld"])
            let stranger = await scene.refused(peer, "passHolder.update", ["passHolderId": other, "email": nil])
            #expect(stranger == ["passHolder.notFound"])
        }
    }

    @Test func `PH-06 a note is its card system's own, and no part of the record`() async throws {
        try await Scene.with { scene in
            let region = try await Region(scene)
            let clerk = region.authorised.clerk
            let member: JSON = ["passHolderId": try await scene.registered(region), "cardSystemId": region.cardSystem]
            #expect(try await scene.ok(clerk, "passHolder.note", member) == ["version": 0])
            let long = String(repeating: "é\n", count: 2000)
            let set = try await scene.ok(clerk, "passHolder.setNote", member.merged(with: ["note": .string(long)]))
            #expect(set["note"]?.string == long && set["version"] == 1)
            let stale = await scene.refused(
                clerk, "passHolder.setNote", member.merged(with: ["note": "x", "version": 0]))
            #expect(stale == ["-32009"])
            #expect(
                await scene.refused(clerk, "passHolder.setNote", member.merged(with: ["note": .string(long + "!")]))
                    == ["-32602"])
            let record = try await scene.ok(clerk, "passHolder.get", ["passHolderId": member["passHolderId"]!])
            #expect(!record.text.contains("é"))
            #expect(await scene.refused(region.plain.clerk, "passHolder.note", member) == ["-32004"])
            let cleared = try await scene.ok(clerk, "passHolder.setNote", member.merged(with: ["note": nil]))
            #expect(cleared["note"] == nil && cleared["version"] == 2)
            let other = try await scene.ok(region.boss, "cardSystem.create", ["name": "Other"])
            let elsewhere = member.merged(with: ["cardSystemId": other.id])
            #expect(await scene.refused(region.boss, "passHolder.setNote", elsewhere) == ["passHolder.notFound"])
        }
    }
}

extension Scene {
    /// The id of somebody who is registered at the region's authorised counter.
    func registered(_ region: Region, _ changes: JSON = [:]) async throws -> JSON {
        try await ok(region.authorised.clerk, "passHolder.register", region.person(changes))["passHolderId"]!
    }
}
