import CardRules
import JSONRPC
import Postgres
import TestSupport
import Testing

@testable import CardMethods

@Suite(.scene) struct OrderTests {
    private static let here = JSON.string(SceneData.here.text)

    private static func person(_ changes: JSON = [:]) -> JSON { SceneData.onlinePerson(changes) }

    /// A child without an address of its own.
    private static let child = person([
        "firstName": "Mia", "dateOfBirth": "2020-05-01", "insz": "20050100165", "email": nil, "parentalConsent": true,
    ])

    private static func order(_ main: JSON = person(), _ extra: [JSON] = []) -> JSON {
        ["cardSystemId": here, "main": main, "extra": .array(extra)]
    }

    @Test func `ORD-01 ORD-02 an order of nothing to pay makes pass holders at once, the main one's login ends it`()
        async throws
    {
        try await Scene.with { scene in
            try await scene.openOnline()
            let made = try await scene.ok(scene.stranger(), "order.create", Self.order(Self.person(), [Self.child]))
            #expect(made["order", "state"] == "pendingLoginLink" && made["order", "totalCents"] == 0)
            #expect(made["order", "priceCents"] == [0, 0])
            #expect(try await scene.count("pass_holder") == SceneData.Holder.count + 2)
            #expect(try await scene.count("registration_order_person where person_sealed is not null") == 0)
            let body: String = try await scene.value("select body from mail where to_address = 'jan@example.org'")
            let tokens = body.split(separator: "\n").filter { $0.hasPrefix(RegistrationToken.prefix) }.map(String.init)
            try #require(tokens.count == 2)
            let get: JSON = ["orderId": made["order", "id"], "token": made["token"]!]
            for (token, email, state) in [
                (tokens[1], "mia@example.org", "pendingLoginLink"), (tokens[0], "jan@example.org", "completed"),
            ] {
                try await scene.ok(scene.session(scene.account(email)), "holder.link", ["token": .string(token)])
                #expect(try await scene.ok(scene.stranger(), "order.get", get)["state"]?.string == state)
            }
            #expect(try scene.verify().isEmpty)
        }
    }

    /// What is ordered, and everything that is against it with its pointer.
    private static let refusals: [(rule: String, main: JSON, extra: [JSON], reasons: Set<String>)] = [
        ("REG-12", person(["insz": nil]), [], ["registration.inszRequired /main/insz"]),
        (
            "REG-13", person(), [child.merged(with: ["parentalConsent": false])],
            ["registration.consentMissing /extra/0/parentalConsent"]
        ),
        (
            "REG-13 R-034", person(["legalTermsDigital": false]), [child.merged(with: ["dateOfBirth": "2020-05-02"])],
            ["registration.termsMissing /main/legalTermsDigital", "insz.mismatch /extra/0/insz"]
        ),
        ("REG-14", person(), [child.merged(with: ["email": "JAN@example.org"])], ["email.alreadyUsed /extra/0/email"]),
        (
            "ORD-01", person(), [child, child],
            ["order.personTwice /extra/1/insz"]
        ),
        (
            "REG-15", person(["dateOfBirth": "2020-05-01", "insz": "20050100165", "parentalConsent": true]), [],
            ["registration.underage /main/dateOfBirth"]
        ),
        (
            "REG-20", person(["asksOpportunity": true, "address": ["postalCode": "9000", "city": "Gent"]]), [],
            ["registration.onlineNotAllowed /main/asksOpportunity"]
        ),
    ]

    @Test func `ORD-01 each is checked like a registration, with a pointer to whom it is about`() async throws {
        try await Scene.with { scene in
            try await scene.openOnline()
            for row in Self.refusals {
                let answer = await scene.call(scene.stranger(), "order.create", Self.order(row.main, row.extra))
                guard case .failure(let error) = answer else {
                    Issue.record("\(row.rule) was not refused")
                    continue
                }
                let reasons = error.data?["reasons"]?.array?.map {
                    "\($0["kind"].string!) \($0["pointer"].string ?? "")"
                }
                #expect(Set(reasons ?? []) == row.reasons, "\(row.rule)")
            }
            #expect(try await scene.count("registration_order") == 0)
        }
    }

    @Test func `ORD-02 nobody is a pass holder before the payment is confirmed, whole and once`() async throws {
        try await Scene.with { scene in
            let order = try await scene.pendingOrder(cents: 500, [SceneData.onlinePerson(), Self.child])
            #expect(try await scene.count("pass_holder") == SceneData.Holder.count)
            #expect(
                try await scene.count(
                    "registration_order_person where position('Peeters'::bytea in person_sealed) > 0") == 0)
            let admin = try await scene.peer(.administrator)
            let payment: JSON = [
                "communication": order["communication"]!, "amountCents": 500, "paidOn": "2030-06-03", "reference": "R1",
            ]
            let other = try await scene.peer(.otherAdministrator)
            #expect(await scene.refused(other, "order.confirmPayment", payment) == ["order.notFound"])
            let done = await withTaskGroup(of: Bool.self) { group in
                for _ in 1...8 {
                    group.addTask { (try? await scene.call(admin, "order.confirmPayment", payment).get()) != nil }
                }
                return await group.reduce(into: 0) { $0 += $1 ? 1 : 0 }
            }
            #expect(done == 1)
            #expect(try await scene.count("pass_holder") == SceneData.Holder.count + 2)
            #expect(await scene.refused(admin, "order.confirmPayment", payment) == ["order.notPending"])
            let list = try await scene.ok(admin, "order.list", ["orderId": order["id"]!])["items"]!.array![0]
            #expect(list["order", "state"] == "pendingLoginLink" && list["paymentReference"] == "R1")
            #expect(list["people"]!.array!.allSatisfy { $0["passHolderId"] != nil && $0["name"] == nil })
            #expect(try scene.verify().isEmpty)
        }
    }

    @Test
    func `ORD-02 what became impossible meanwhile is told when the payment is confirmed, and nobody is registered`()
        async throws
    {
        try await Scene.with { scene in
            let order = try await scene.pendingOrder(cents: 500, [SceneData.onlinePerson(), Self.child])
            let twin = SceneData.onlinePerson([
                "insz": "20050100165", "dateOfBirth": "2020-05-01", "parentalConsent": true,
            ])
            let main = SceneData.onlinePerson(["insz": "85031799807", "email": "other@example.org"])
            let params: JSON = [
                "cardSystemId": Self.here, "main": main, "extra": [twin.merged(with: ["email": nil])],
            ]
            _ = try await scene.ok(scene.stranger(), "order.create", params)
            let payment: JSON = [
                "orderId": order["id"]!, "amountCents": 500, "paidOn": "2030-06-03", "reference": "R1",
            ]
            let admin = try await scene.peer(.administrator)
            #expect(await scene.refused(admin, "order.confirmPayment", payment) == ["insz.alreadyUsed"])
            #expect(try await scene.count("pass_holder") == SceneData.Holder.count + 2)
        }
    }

    @Test func `ORD-01 ORD-02 R-039 the price list of the day says what is paid by transfer, whatever it says later`()
        async throws
    {
        try await Scene.with { scene in
            try await scene.openOnline()
            let admin = try await scene.peer(.administrator)
            let rows: JSON = [
                ["label": "Adult", "reason": "firstCard", "ageFrom": 18, "priceCents": 300],
                ["label": "Child", "reason": "firstCard", "ageUntil": 17, "priceCents": 100],
            ]
            try await scene.ok(admin, "priceList.set", ["cardSystemId": Self.here, "rows": rows])
            let made = try await scene.ok(scene.stranger(), "order.create", Self.order(Self.person(), [Self.child]))
            #expect(made["order", "state"] == "pendingPayment" && made["order", "totalCents"] == 400)
            #expect(made["order", "priceCents"] == [300, 100])
            let text = try #require(made["order", "communication"].string)
            let digits = try #require(Int(text.filter(\.isNumber)))
            let remainder = digits / 100 % 97
            #expect(text.wholeMatch(of: /\+{3}\d{3}\/\d{4}\/\d{5}\+{3}/) != nil)
            #expect(digits % 100 == (remainder == 0 ? 97 : remainder))
            #expect(try await scene.count("pass_holder") == SceneData.Holder.count)
            try await scene.ok(admin, "priceList.set", ["cardSystemId": Self.here, "rows": []])
            func pay(_ cents: Int64) -> JSON {
                [
                    "communication": .string(text), "amountCents": .integer(cents), "paidOn": "2030-06-03",
                    "reference": "R1",
                ]
            }
            #expect(await scene.refused(admin, "order.confirmPayment", pay(399)) == ["payment.tooSmall"])
            #expect(await scene.refused(admin, "order.confirmPayment", pay(401)) == ["payment.tooLarge"])
            #expect(try await scene.ok(admin, "order.confirmPayment", pay(400))["state"] == "pendingLoginLink")
            #expect(try await scene.count("pass_holder") == SceneData.Holder.count + 2)
            let sold: [Int] = try await scene.value("select array_agg(price_cents order by price_cents) from pass_sale")
            #expect(sold == [100, 300])
            #expect(try scene.verify().isEmpty)
        }
    }

    @Test func `ORD-02 an order lapses after the days of the card system, and forgets whom it was for`() async throws {
        try await Scene.with { scene in
            let order = try await scene.pendingOrder(cents: 500)
            try await scene.advance(.seconds(15 * 86_400 - 10))
            let open = "registration_order where state = 'pendingPayment'" as SQL
            #expect(try await scene.count(open) == 1)
            try await scene.advance(.seconds(20))
            #expect(try await scene.count(open) == 0)
            #expect(try await scene.count("registration_order_person where person_sealed is not null") == 0)
            let get: JSON = ["orderId": order["id"]!, "token": order["token"]!]
            #expect(try await scene.ok(scene.stranger(), "order.get", get)["cancelReason"] == "lapsed")
        }
    }

    @Test func `ORD-02 order days are counted to the end of the last one`() async throws {
        try await Scene.with { scene in
            try await scene.openOnline()
            let made = try await scene.ok(scene.stranger(), "order.create", Self.order())
            #expect(
                made["order", "lapsesAt"].string.flatMap(Instant.init(text:))
                    == Instant(text: "2030-06-18T00:00:00+02:00"))
        }
    }

    @Test func `ORD-03 the order's own token shows it for a time, with nothing personal`() async throws {
        try await Scene.with { scene in
            let order = try await scene.pendingOrder(cents: 500)
            let get: JSON = ["orderId": order["id"]!, "token": order["token"]!]
            let shown = try await scene.ok(scene.stranger(), "order.get", get)
            #expect(shown["communication"] == order["communication"] && shown["iban"] == "BE68539007547034")
            #expect(!shown.text.contains("Peeters") && !shown.text.contains("jan@"))
            let source = scene.stranger()
            for wrong in [["token": "kso_X"], ["orderId": .string(ID<Never>(at: scene.now).text)]] as [JSON] {
                #expect(await scene.refused(source, "order.get", get.merged(with: wrong)) == ["order.notFound"])
            }
            for _ in 1...18 { _ = await scene.refused(source, "order.get", get.merged(with: ["token": "kso_X"])) }
            #expect(await scene.refused(source, "order.get", get) == ["-32005"])
            try await scene.sql("update registration_order set token_expires_at = now()")
            #expect(await scene.refused(scene.stranger(), "order.get", get) == ["order.notFound"])
        }
    }

    @Test func `ORD-02 an order is cancelled by its token or its administrator`() async throws {
        try await Scene.with { scene in
            let order = try await scene.pendingOrder(cents: 500)
            let cancel: JSON = ["orderId": order["id"]!, "reason": "changed my mind"]
            for person in [SceneData.Person.otherAdministrator, .librarian] {
                #expect(await scene.refused(try scene.peer(person), "order.cancel", cancel) == ["order.notFound"])
            }
            let own = cancel.merged(with: ["token": order["token"]!])
            #expect(try await scene.ok(scene.stranger(), "order.cancel", own)["state"] == "cancelled")
            #expect(await scene.refused(scene.stranger(), "order.cancel", own) == ["order.notPending"])
            #expect(try await scene.count("registration_order_person where person_sealed is not null") == 0)
        }
    }

    @Test func `ORD-01 OPP-07 administrators find orders by state, communication, time and what is asked`() async throws
    {
        try await Scene.with { scene in
            let asking = SceneData.onlinePerson(["asksOpportunity": true])
            let order = try await scene.pendingOrder(cents: 500, [asking])
            let admin = try await scene.peer(.administrator)
            func found(_ filter: JSON) async throws -> Int {
                try await scene.ok(admin, "order.list", filter)["items"]!.array!.count
            }
            for (filter, count) in [
                ([:], 1), (["state": "pendingPayment"], 1), (["state": "completed"], 0),
                (["communication": order["communication"]!], 1), (["communication": "090933755493"], 0),
                (["asksOpportunity": true], 1), (["asksOpportunity": false], 0),
                (["until": "2030-06-03T00:00:00+02:00"], 0), (["from": "2030-06-03T00:00:00+02:00"], 1),
            ] as [(JSON, Int)] {
                #expect(try await found(filter) == count, "\(filter)")
            }
            let person = try await scene.ok(admin, "order.list")["items"]!.array![0]["people"]!.array![0]
            #expect(person["name"] == "Peeters" && person["inszMasked"]?.string?.hasSuffix("08") == true)
            let other = try await scene.ok(scene.peer(.otherAdministrator), "order.list")["items"]!.array!
            #expect(other.isEmpty)
        }
    }
}
