import CardRules
import JSONRPC
import Postgres
import TestSupport
import Testing

@testable import CardMethods

@Suite(.scene) struct CouponTests {
    private static let here = JSON.string(SceneData.here.text)
    private static let holder = JSON.string(Scene.Holder(1).id.text)
    private static let group = JSON.string(SceneData.group.text)

    @Test func `COU-05 S6 a coupon is made, found by name, and told with all that it says`() async throws {
        try await Scene.with { scene in
            let (_, city) = try await scene.mayor(of: "Eeklo", "9900")
            let administrator = try await scene.peer(.administrator)
            let made = try await scene.coupon([
                "description": "For friends", "priceBelowCents": 2000,
                "eventIds": [.string(SceneData.alwaysOpen.text)],
                "organizerCounterIds": [.string(SceneData.Place.library.counter.text)],
                "segments": [
                    ["opportunity": "here"], ["municipalityIds": [city], "ageUntil": 25],
                    ["opportunity": "anyCardSystem", "ageFrom": 65],
                ], "validUntil": "2030-12-31", "holderLimit": ["volume": 3, "period": "month"],
                "eventLimit": ["volume": 10, "period": "week"], "totalLimit": ["volume": 50, "period": "quarter"],
                "budgetCents": 9000, "budgetWarningPercent": 50,
                "shares": [["payer": "municipality", "weight": 2], ["payer": "partner", "weight": 1]],
            ])
            let read = try await scene.ok(administrator, "coupon.get", ["couponId": made.id])
            #expect(read == made)
            #expect(made["tariffId"]?.string?.hasPrefix("COUPON_") == true && made["status"] == "active")
            #expect(made["segments"]?.array?.count == 3 && made["segments"]?.array?[1]["municipalityIds"] == [city])
            #expect(made["validFrom"] == "2030-06-03" && made["spentCents"] == 0 && made["budgetWarning"] == false)
            #expect(made["shares"]?.array?.map { $0["weight"] } == [2, 1] && made["isUsed"] == false)
            let other = try await scene.coupon(["name": "free", "discount": ["kind": "fixedPrice", "value": 0]])
            #expect(other["tariffId"] != made["tariffId"] && other["budgetCents"] == nil && other["spentCents"] == nil)
            let list: JSON = ["cardSystemId": Self.here, "withTotal": true, "limit": 1]
            let page = try await scene.ok(administrator, "coupon.list", list)
            #expect(page["total"] == 2 && page["items"]?.array?.map(\.id) == [other.id])
            let rest = try await scene.ok(
                administrator, "coupon.list", list.merged(with: ["cursor": page["nextCursor"]!]))
            #expect(rest["items"]?.array?.map(\.id) == [made.id])
            let feed = try await scene.ok(administrator, "feed.list", ["cardSystemId": Self.here])
            #expect(feed["items"]?.array?.last?["objectId"] == other.id)
            #expect(feed["items"]?.array?.last?["objectKind"] == "coupon")
        }
    }

    @Test(arguments: [
        // what is different | pointers
        #"{"discount":{"kind":"percentOff","value":101}} | /discount/value"#,
        #"{"discount":{"kind":"amountOff","value":0}} | /discount/value"#,
        #"{"discount":{"kind":"percentPaid","value":20}} | /discount/kind"#,
        #"{"shares":[]} | /shares"#, #"{"shares":null} | /distributionKeyId"#,
        #"{"shares":[{"payer":"partner","weight":0}]} | /shares/0/weight"#,
        #"{"forEveryone":true,"segments":[{"ageFrom":6}]} | /segments"#,
        #"{"segments":[{}]} | /segments/0/opportunity"#,
        #"{"segments":[{"ageFrom":26,"ageUntil":18}]} | /segments/0/ageUntil"#,
        #"{"validFrom":"2030-07-01","validUntil":"2030-06-30"} | /validUntil"#,
        #"{"holderLimit":{"volume":0,"period":"day"}} | /holderLimit/volume"#, #"{"budgetCents":0} | /budgetCents"#,
        #"{"budgetWarningPercent":101} | /budgetWarningPercent"#,
    ])
    func `COU-05 a coupon that makes no sense is refused with a pointer`(row: String) async throws {
        try await Scene.with { scene in
            let cells = row.split(separator: " | ").map(String.init)
            let changes = try JSON(parsing: Array(cells[0].utf8))
            let params = Scene.coupon().merged(with: changes)
            guard case .failure(let error) = await scene.call(try scene.peer(.administrator), "coupon.create", params)
            else { Issue.record("made"); return }
            #expect(error.data?["problems"]?.array?.compactMap { $0["pointer"]?.string } == [cells[1]])
        }
    }

    @Test func `COU-05 what a coupon names must be there, and all that is not is told at once`() async throws {
        try await Scene.with { scene in
            let administrator = try await scene.peer(.administrator)
            let nowhere = JSON.string(ID<Never>(high: 1, low: 1).text)
            let elsewhere = JSON.string(SceneData.Place.elsewhere.counter.text)
            let kinds = await scene.refused(
                administrator, "coupon.create",
                Scene.coupon().merged(with: [
                    "eventIds": [nowhere], "organizerCounterIds": [elsewhere],
                    "segments": [["municipalityIds": [nowhere]]], "validUntil": "2030-06-02",
                ]))
            #expect(
                Set(kinds) == ["event.notFound", "counter.notFound", "municipality.notFound", "endDate.tooEarly"])
            let key = Scene.coupon().merged(with: ["shares": nil, "distributionKeyId": nowhere])
            #expect(await scene.refused(administrator, "coupon.create", key) == ["distributionKey.notFound"])
        }
    }

    @Test func `COU-05 the shares of a coupon's key are those that hold at any time`() async throws {
        try await Scene.with { scene in
            let key = DistributionKeyID(high: 0x7000, low: 1 << 63)
            try await scene.sql(
                """
                insert into distribution_key (id, card_system_id, name, holder_percent, organizer_percent,
                    government_percent) values (\(key), \(SceneData.here), 'K', 20, 40, 40)
                """)
            for (number, payer, from) in [(1, "organizer", scene.now), (2, "partner", scene.now + .days(1))] {
                try await scene.sql(
                    """
                    insert into distribution_key_term (id, card_system_id, distribution_key_id, valid_from, recorded_at,
                        is_automatic, discount_kind, discount_value, payers, payer_weights)
                    values (\(ID<Never>(high: 0x7000, low: UInt64(number))), \(SceneData.here), \(key), \(from),
                        \(from), false, 'percentPaid', 20, \([payer]), '{1}')
                    """)
            }
            let made = try await scene.coupon(["shares": nil, "distributionKeyId": .string(key.text)])
            #expect(made["shares"]?.array?.map { $0["payer"] } == ["organizer"])
            try await scene.advance(.days(2))
            let later = try await scene.ok(scene.peer(.administrator), "coupon.get", ["couponId": made.id])
            #expect(later["shares"]?.array?.map { $0["payer"] } == ["partner"])
        }
    }

    @Test func `COU-05 a municipality's administrator makes coupons for its residents, at its own cost`() async throws {
        try await Scene.with { scene in
            let (mayor, eeklo) = try await scene.mayor(of: "Eeklo", "9900")
            let (_, aalter) = try await scene.mayor(of: "Aalter", "9880")
            let theirs = try await scene.coupon(["forEveryone": true])
            let own: JSON = ["municipalityId": eeklo, "forEveryone": true]
            func made(_ changes: JSON) -> JSON { Scene.coupon().merged(with: own).merged(with: changes) }
            #expect(
                await scene.kind(mayor, "coupon.create", made(["municipalityId": nil])) == "permission.missing")
            #expect(
                await scene.kind(mayor, "coupon.create", made(["municipalityId": aalter])) == "permission.missing")
            let dear = made(["shares": [["payer": "municipality", "weight": 1], ["payer": "organizer", "weight": 1]]])
            #expect(await scene.refused(mayor, "coupon.create", dear) == ["coupon.payerNotAllowed"])
            #expect(await scene.refused(mayor, "coupon.preview", ["coupon": dear]) == ["coupon.payerNotAllowed"])
            let coupon = try await scene.coupon(by: mayor, own)
            let list = try await scene.ok(mayor, "coupon.list", ["cardSystemId": Self.here])
            #expect(list["items"]?.array?.map(\.id) == [coupon.id])
            #expect(await scene.refused(mayor, "coupon.get", ["couponId": theirs.id]) == ["coupon.notFound"])
            #expect(await scene.refused(mayor, "coupon.end", ["couponId": theirs.id]) == ["coupon.notFound"])
            // Nobody from elsewhere, named or not.
            try await scene.sql("update pass_holder set postal_code = '9880' where id = \(Scene.Holder(2).id)")
            func name(_ number: Int) -> JSON {
                ["couponId": coupon.id, "cardNumber": .string(Scene.Holder(number).number)]
            }
            #expect(await scene.refused(mayor, "coupon.addTarget", name(2)) == ["card.notFound"])
            try await scene.ok(mayor, "coupon.addTarget", name(1))
            let librarian = try await scene.peer(.librarian)
            for (number, count) in [(1, 2), (2, 1)] {
                let granted = try await scene.ok(
                    librarian, "passHolder.listCoupons",
                    ["passHolderId": .string(Scene.Holder(number).id.text), "withTotal": true])
                #expect(granted["total"] == .integer(Int64(count)))
            }
            #expect(await scene.kind(mayor, "coupon.listTargets", ["couponId": coupon.id]) == "permission.missing")
        }
    }

    @Test func `COU-05 what tickets were sold with stays, and limits and budget rise`() async throws {
        try await Scene.with { scene in
            let administrator = try await scene.peer(.administrator)
            let made = try await scene.coupon([
                "forEveryone": true, "holderLimit": ["volume": 3, "period": "month"], "budgetCents": 9000,
            ])
            let coupon: JSON = ["couponId": made.id]
            func update(_ changes: JSON) -> JSON { coupon.merged(with: changes) }
            let segments = try await scene.ok(
                administrator, "coupon.update",
                update(["forEveryone": false, "segments": [["ageUntil": 25]], "version": 1, "description": "Young"]))
            #expect(segments["version"] == 2 && segments["forEveryone"] == false && segments["description"] == "Young")
            #expect(
                await scene.kind(administrator, "coupon.update", update(["name": "X", "version": 1]))
                    == "version.conflict"
            )
            let sale = try await scene.sell(made.couponID(), to: .init(1))
            guard
                case .failure(let error) = await scene.call(
                    administrator, "coupon.update",
                    update([
                        "discount": ["kind": "percentOff", "value": 50], "segments": [["ageUntil": 30]],
                        "holderLimit": ["volume": 2, "period": "month"], "budgetCents": 8000, "name": "Same",
                    ]))
            else { Issue.record("changed"); return }
            #expect(
                error.data?["reasons"]?.array?.compactMap { $0["pointer"]?.string }
                    == ["/discount", "/segments", "/holderLimit", "/budgetCents"])
            let raised = try await scene.ok(
                administrator, "coupon.update",
                update([
                    "name": "New", "description": nil, "validUntil": "2031-01-01", "budgetCents": 10000,
                    "holderLimit": ["volume": 4, "period": "month"],
                ]))
            #expect(raised["name"] == "New" && raised["budgetCents"] == 10000 && raised["spentCents"] == 600)
            #expect(raised["isUsed"] == true && raised["description"] == nil && raised["holderLimit", "volume"] == 4)
            // Once all is cancelled it is as new.
            try await scene.cancel(sale)
            let free = try await scene.ok(administrator, "coupon.update", update(["forEveryone": true]))
            #expect(free["isUsed"] == false && free["spentCents"] == 0 && free["segments"] == [])
            let ended = try await scene.ok(administrator, "coupon.end", update([:]))
            #expect(ended["status"] == "expired" && ended["isEnded"] == true)
            #expect(await scene.refused(administrator, "coupon.update", update(["name": "X"])) == ["coupon.ended"])
            let target = update(["passHolderId": Self.holder])
            #expect(await scene.refused(administrator, "coupon.addTarget", target) == ["coupon.ended"])
        }
    }

    @Test func `COU-06 a coupon names holders and groups, one by one and by a file`() async throws {
        try await Scene.with { scene in
            let administrator = try await scene.peer(.administrator)
            let made = try await scene.coupon()
            let coupon: JSON = ["couponId": made.id]
            func target(_ changes: JSON) -> JSON { coupon.merged(with: changes) }
            try await scene.ok(administrator, "coupon.addTarget", target(["passHolderId": Self.holder]))
            try await scene.ok(administrator, "coupon.addTarget", target(["cardNumber": .string(SceneData.groupCard)]))
            let twice = await scene.refused(administrator, "coupon.addTarget", target(["groupPassId": Self.group]))
            #expect(twice == ["coupon.targetExists"])
            let stranger = target(["passHolderId": .string(Scene.Holder(45).id.text)])
            #expect(await scene.refused(administrator, "coupon.addTarget", stranger) == ["passHolder.notFound"])
            let card = target(["cardNumber": .string(Scene.Holder(45).number)])
            #expect(await scene.refused(administrator, "coupon.addTarget", card) == ["card.notFound"])
            #expect(
                await scene.refused(
                    administrator, "coupon.addTarget", target(["cardNumber": .string(SceneData.stockCard)]))
                    == ["card.notFound"])
            let list = try await scene.ok(administrator, "coupon.listTargets", ["couponId": made.id])
            #expect(list["items"]?.array?.map { $0["passHolderId"] } == [Self.holder, nil])
            #expect(list["items"]?.array?.map { $0["groupPassId"] } == [nil, Self.group])
            let librarian = try await scene.peer(.librarian)
            let theirs = try await scene.ok(librarian, "groupPass.listCoupons", ["groupPassId": Self.group])
            #expect(theirs["items"]?.array?.map { $0["couponId"] } == [made.id])
            try await scene.ok(administrator, "coupon.removeTarget", target(["groupPassId": Self.group]))
            #expect(
                await scene.refused(administrator, "coupon.removeTarget", target(["groupPassId": Self.group]))
                    == ["coupon.targetNotFound"])
            let file = "cardNumber\n\(Scene.Holder(1).number)\n\(Scene.Holder(2).number)\n\(Scene.Holder(3).number)\n"
            _ = try await scene.started(administrator, "coupon.addTarget", file, sharing: ["couponId": made.id])
            try await scene.work()
            let done = try await scene.ok(administrator, "coupon.get", ["couponId": made.id])
            #expect(done["namedCount"] == 3)
            let feed = try await scene.ok(administrator, "feed.list", ["cardSystemId": Self.here])
            #expect(
                feed["items"]?.array?.contains { $0["details", "passHolderId"] == Self.holder } == true)
        }
    }
}
