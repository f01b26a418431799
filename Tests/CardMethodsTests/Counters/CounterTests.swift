import CardRules
import JSONRPC
import Postgres
import TestSupport
import Testing

@testable import CardMethods

@Suite(.bare) struct CounterTests {
    @Test func `PER-02 PER-03 ORG-01 R-180 R-181 R-182 counters, their staff and rights`() async throws {
        try await Scene.with { world in
            let op = try await world.account("op@example.org")
            try await world.grant(op, "operator")
            let boss = try await world.session(op)
            let a = try await world.ok(boss, "cardSystem.create", ["name": "A"])
            let b = try await world.ok(boss, "cardSystem.create", ["name": "B"])
            let city = try await world.ok(
                boss, "municipality.add", ["cardSystemId": a.id, "name": "Eeklo", "postalCodes": ["9900"]])
            let town = try await world.ok(
                boss, "municipality.add", ["cardSystemId": a.id, "name": "Aalter", "postalCodes": ["9880"]])
            let admin = try await world.admin("ann@example.org", of: a.cardSystem())
            let foreign = try await world.admin("frank@example.org", of: b.cardSystem())
            let mayor = try await world.account("mayor@example.org")
            try await world.grant(
                mayor, "municipalityAdministrator", a.cardSystem(), MunicipalityID(text: city.id.string!)!)
            let local = try await world.session(mayor)

            let counter = try await world.ok(
                boss, "counter.create",
                [
                    "cardSystemId": a.id, "name": "Library 100%", "key": "K1", "municipalityId": city.id,
                    "phone": "0471 23 45 67",
                    "contactEmail": "lib@eeklo.be", "isPointOfSale": true,
                ])
            #expect(counter["version"] == 1 && counter["phone"] == "+32471234567" && counter["status"] == "created")
            guard
                case .failure(let taken) = await world.call(
                    boss, "counter.create", ["cardSystemId": a.id, "name": "Library 100%", "key": "K1"])
            else { Issue.record("taken"); return }
            #expect(taken.data?["reasons"]?.array?.map { $0["pointer"] } == ["/name", "/key"])
            let other = try await world.ok(
                boss, "counter.create", ["cardSystemId": a.id, "name": "Museum", "municipalityId": town.id])
            let theirs = try await world.ok(boss, "counter.create", ["cardSystemId": b.id, "name": "B1"])
            let id: JSON = ["counterId": counter.id]
            #expect(await world.kind(foreign, "counter.get", id) == "counter.notFound")
            #expect(await world.kind(admin, "counter.get", ["counterId": theirs.id]) == "counter.notFound")
            #expect(await world.kind(local, "counter.activate", ["counterId": other.id]) == "permission.missing")
            _ = try await world.ok(local, "counter.activate", id)
            #expect(await world.kind(local, "counter.activate", id) == "counter.alreadyActive")
            _ = try await world.ok(
                admin, "counter.update", ["counterId": counter.id, "street": "Markt 1", "version": 2])
            #expect(
                await world.kind(
                    local, "counter.update", ["counterId": counter.id, "municipalityId": town.id])
                    == "permission.missing")
            #expect(
                await world.kind(admin, "counter.update", ["counterId": counter.id, "name": "Museum"])
                    == "counter.nameTaken")

            // The payout account takes two.
            let iban: JSON = ["counterId": counter.id, "iban": "BE71 0961 2345 6769"]
            #expect(
                await world.kind(local, "counter.setIban", ["counterId": counter.id, "iban": "BE71096123456768"])
                    == "params.invalid")
            #expect(await world.kind(local, "counter.confirmIban", iban) == "counter.noIbanProposed")
            #expect(try await world.ok(local, "counter.setIban", iban)["iban"] == nil)
            #expect(await world.kind(local, "counter.confirmIban", iban) == "counter.secondPersonNeeded")
            #expect(try await world.ok(admin, "counter.confirmIban", iban)["iban"] == "BE71096123456769")
            #expect(try await world.ok(boss, "mail.list", ["to": "lib@eeklo.be"])["items"]!.array!.count == 2)

            let key = try await world.ok(
                admin, "distributionKey.create",
                Scene.term.merged(with: ["cardSystemId": a.id, "name": "k"]))
            _ = try await world.ok(
                local, "counter.setDistributionKey", ["counterId": counter.id, "distributionKeyId": key.id])
            #expect(
                await world.kind(
                    local, "counter.setDistributionKey", ["counterId": counter.id, "distributionKeyId": counter.id])
                    == "distributionKey.notFound")
            let limited = try await world.ok(
                local, "counter.setTicketLimit",
                ["counterId": counter.id, "limit": ["volume": 2, "period": "month"]])
            #expect(limited["ticketLimit"] == ["volume": 2, "period": "month"])

            // Groups: the card system's own administrator only.
            let groups = try await world.ok(admin, "permissionGroup.list", ["cardSystemId": a.id])["items"]!.array!
            let set: JSON = [
                "counterId": counter.id, "cardSystemId": a.id, "permissionGroupIds": [groups[0].id, groups[1].id],
            ]
            #expect(await world.kind(boss, "counter.setPermissionGroups", set) == "permission.missing")
            #expect(
                try await world.ok(admin, "counter.setPermissionGroups", set)["cardSystems"]!
                    .array![0]["permissionGroups"]!.array!.count == 2)
            _ = try await world.ok(
                admin, "counter.setPermissionGroups",
                ["counterId": counter.id, "cardSystemId": a.id, "permissionGroupIds": [groups[1].id]])
            #expect(
                await world.kind(admin, "permissionGroup.remove", ["permissionGroupId": groups[1].id])
                    == "permissionGroup.inUse")
            let bGroups = try await world.ok(foreign, "permissionGroup.list", ["cardSystemId": b.id])["items"]!.array!
            #expect(
                await world.kind(
                    admin, "counter.setPermissionGroups",
                    ["counterId": counter.id, "cardSystemId": a.id, "permissionGroupIds": [bGroups[0].id]])
                    == "permissionGroup.notFound")
            #expect(
                await world.kind(
                    foreign, "counter.setPermissionGroups",
                    ["counterId": counter.id, "cardSystemId": b.id, "permissionGroupIds": [bGroups[0].id]])
                    == "counter.notFound")
            let joined = try await world.ok(
                foreign, "counter.addCardSystem", ["counterId": counter.id, "cardSystemId": b.id])
            #expect(joined["iban"] == nil && joined["cardSystems"]!.array!.count == 1)
            _ = try await world.ok(
                foreign, "counter.setPermissionGroups",
                ["counterId": counter.id, "cardSystemId": b.id, "permissionGroupIds": [bGroups[0].id]])
            #expect(
                await world.kind(foreign, "counter.update", ["counterId": counter.id, "name": "Z"])
                    == "permission.missing")
            #expect(try await world.ok(foreign, "counter.get", id)["name"] == "Library 100%")

            // Staff.
            let carl = try await world.account("carl@example.org")
            let dora = try await world.account("dora@example.org")
            #expect(
                await world.kind(admin, "counterMember.add", ["counterId": counter.id, "email": "no@example.org"])
                    == "account.notFound")
            let add: JSON = ["counterId": counter.id, "email": "carl@example.org", "role": "admin"]
            _ = try await world.ok(local, "counterMember.add", add)
            #expect(await world.kind(local, "counterMember.add", add) == "counter.memberExists")
            let carls = try await world.session(carl)
            let me = try await world.ok(carls, "session.get")
            #expect(me["counterId"] == counter.id)
            let systems = me["counters"]!["items"]!.array![0]["cardSystems"]!.array!
            #expect(systems.count == 2 && systems.allSatisfy { !$0["permissions"]!.array!.isEmpty })
            _ = try await world.ok(carls, "counterMember.add", ["counterId": counter.id, "email": "dora@example.org"])
            let doras = try await world.session(dora)
            #expect(
                await world.kind(doras, "counterMember.add", ["counterId": counter.id, "email": "ann@example.org"])
                    == "permission.missing")
            #expect(try await world.ok(doras, "counterMember.list", id)["items"]!.array!.count == 2)
            #expect(try await world.ok(doras, "counter.get", id)["iban"] == "BE71096123456769")
            #expect(
                await world.kind(
                    carls, "counterMember.remove", ["counterId": counter.id, "accountId": .string(carl.text)])
                    == "counter.lastAdmin")
            #expect(
                await world.kind(
                    carls, "counterMember.setRole",
                    ["counterId": counter.id, "accountId": .string(carl.text), "role": "member"]) == "counter.lastAdmin"
            )
            #expect(
                await world.kind(carls, "counterMember.list", ["counterId": other.id]) == "permission.missing")
            _ = try await world.ok(
                carls, "counterMember.remove", ["counterId": counter.id, "accountId": .string(dora.text)])
            let choice: CounterID? = try await world.owner.transaction {
                try $0.query("select counter_id from session where account_id = \(dora)")[0][0]
            }
            #expect(choice == nil)

            // A second counter: to be chosen, last used first.
            _ = try await world.ok(
                admin, "counterMember.add", ["counterId": other.id, "email": "carl@example.org"])
            let again = try await world.session(carl)
            #expect(try await world.ok(again, "session.get")["counterId"] == nil)
            #expect(await world.kind(again, "session.chooseCounter", ["counterId": theirs.id]) == "counter.notFound")
            _ = try await world.ok(again, "session.chooseCounter", ["counterId": counter.id])
            _ = try await world.ok(again, "session.chooseCounter", ["counterId": other.id])
            #expect(await world.kind(again, "counter.get", ["counterId": other.id]) == "permission.missing")
            let counters = try await world.ok(again, "session.counters", ["limit": 1])
            #expect(counters["items"]!.array![0].id == other.id)
            let second = try await world.ok(again, "session.counters", ["cursor": counters["nextCursor"]!])
            #expect(second["items"]!.array!.map(\.id) == [counter.id])
            _ = try await world.ok(
                admin, "counterMember.remove", ["counterId": counter.id, "accountId": .string(carl.text)])
            #expect(try await world.ok(again, "session.chooseCounter")["counterId"] == nil)

            // Lists.
            func names(_ peer: Peer, _ params: JSON = [:]) async throws -> [String] {
                try await world.ok(peer, "counter.list", params)["items"]!.array!.map { $0["name"]!.string! }
            }
            #expect(try await names(boss) == ["B1", "Library 100%", "Museum"])
            #expect(try await names(admin) == ["Library 100%", "Museum"])
            #expect(try await names(foreign) == ["B1", "Library 100%"])
            #expect(try await names(local) == ["Library 100%"])
            #expect(try await names(boss, ["name": "*100%"]) == ["Library 100%"])
            #expect(try await names(boss, ["name": "lib*"]) == ["Library 100%"])
            #expect(try await names(boss, ["name": "Librar_ 100%"]) == [])
            #expect(try await names(boss, ["permissionGroupId": groups[1].id]) == ["Library 100%"])
            #expect(try await names(boss, ["status": "created", "cardSystemId": a.id]) == ["Museum"])
            #expect(await world.kind(boss, "counter.list", ["cardSystemId": city.id]) == "cardSystem.notFound")
            #expect(
                await world.kind(boss, "counter.list", ["permissionGroupId": city.id]) == "permissionGroup.notFound")
            #expect(await world.kind(boss, "counter.list", ["limit": 501]) == "params.invalid")
            let sale = try await world.ok(
                world.stranger(), "pointOfSale.list", ["postalCode": "9900", "cardSystemId": b.id])
            #expect(sale["items"]!.array!.map { $0["name"] } == ["Library 100%"])
            #expect(sale["items"]!.array![0]["municipality"] == "Eeklo")
            let staff = try await world.ok(boss, "counterMember.list", ["counterId": other.id])
            #expect(staff["items"]!.array!.count == 1)
        }
    }

    @Test func `a lost membership ends the choice on a connection that is open`() async throws {
        try await Scene.with { world in
            let op = try await world.account("op@example.org")
            try await world.grant(op, "operator")
            let boss = try await world.session(op)
            let a = try await world.ok(boss, "cardSystem.create", ["name": "A"])
            let counter = try await world.ok(boss, "counter.create", ["cardSystemId": a.id, "name": "C"])
            _ = try await world.ok(boss, "counter.activate", ["counterId": counter.id])
            let carl = try await world.account("carl@example.org")
            _ = try await world.ok(boss, "counterMember.add", ["counterId": counter.id, "email": "carl@example.org"])
            let carls = try await world.session(carl)
            _ = try await world.ok(carls, "counter.get", ["counterId": counter.id])
            _ = try await world.ok(
                boss, "counterMember.remove", ["counterId": counter.id, "accountId": .string(carl.text)])
            await eventually("the open connection has heard") {
                await world.kind(carls, "counter.get", ["counterId": counter.id]) == "permission.missing"
            }
        }
    }
}
