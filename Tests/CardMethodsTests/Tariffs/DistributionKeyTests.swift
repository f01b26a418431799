import CardRules
import JSONRPC
import Postgres
import TestSupport
import Testing

@testable import CardMethods

/// Keys, their terms, and what they say as of when.
@Suite(.scene) struct DistributionKeyTests {
    private static let here: JSON = .string(SceneData.here.text)

    @Test func `R-130 R-131 R-132 a key says whole what it was given`() async throws {
        try await Scene.with { scene in
            let administrator = try await scene.peer(.administrator)
            let town = try await scene.ok(
                administrator, "municipality.add",
                ["cardSystemId": Self.here, "name": "Aalter", "postalCodes": ["9880"]])
            let full: JSON = [
                "isAutomatic": true, "discount": ["kind": "fixedPrice", "value": 150],
                "conditions": [
                    "opportunity": "anyCardSystem", "priceBelowCents": 1000, "ageFrom": 6, "ageUntil": 17,
                    "municipalityIds": [town.id],
                ], "maximumRegularPriceCents": 2000,
                "shares": [["payer": "cardSystem", "weight": 3], ["payer": "partner", "weight": 1]],
            ]
            let made = try await scene.ok(
                administrator, "distributionKey.create",
                full.merged(with: ["cardSystemId": Self.here, "name": "Swimming"]))
            let term = made["term"]!
            for name in ["isAutomatic", "discount", "conditions", "maximumRegularPriceCents", "shares"] {
                #expect(term[name] == full[name])
            }
            #expect(term["validFrom"] != nil && made["comingTerms"] == [])
            let renamed = try await scene.ok(
                administrator, "distributionKey.update", ["distributionKeyId": made.id, "name": "Pool", "version": 1])
            #expect(renamed["name"] == "Pool" && renamed["version"] == 2 && renamed["term"] == term)
        }
    }

    @Test func `S4 a key says something else from an instant on, and tells what it said`() async throws {
        try await Scene.with { scene in
            let administrator = try await scene.peer(.administrator)
            let key = try await scene.key("Half day")
            let named: JSON = ["distributionKeyId": key.id]
            let tomorrow: JSON = .string((scene.now + .days(1)).text)
            let later = Scene.term.merged(with: [
                "discount": ["kind": "amountOff", "value": 700], "validFrom": tomorrow,
            ])
            let set = try await scene.ok(administrator, "distributionKey.setTerm", later.merged(with: named))
            #expect(set["term", "discount"] == ["kind": "percentPaid", "value": 20] && set["version"] == 2)
            #expect(set["comingTerms"]?.array?.compactMap { $0["validFrom"] } == [tomorrow])
            let before: JSON = .string((scene.now - .seconds(1)).text)
            func kind(_ at: JSON) async throws -> JSON? {
                let one = try await scene.ok(administrator, "distributionKey.get", named.merged(with: ["at": at]))
                let all = try await scene.ok(
                    administrator, "distributionKey.list", ["cardSystemId": Self.here, "at": at])
                #expect(all["items"]?.array == [one])
                return one["term", "discount"]["kind"]
            }
            #expect(try await kind(before) == nil)
            #expect(try await kind(.string(scene.now.text)) == "percentPaid")
            #expect(try await kind(tomorrow) == "amountOff")
            try await scene.advance(.days(2))
            let now = try await scene.ok(administrator, "distributionKey.get", named)
            #expect(now["term", "discount", "kind"] == "amountOff" && now["comingTerms"] == [])
            let history = try await scene.ok(
                administrator, "distributionKey.history", named.merged(with: ["withTotal": true]))
            #expect(history["total"] == 2)
            #expect(history["items"]?.array?.map { $0["term", "discount", "kind"] } == ["amountOff", "percentPaid"])
            #expect(
                history["items"]?.array?.compactMap { $0["recordedBy"]?.string }
                    == [SceneData.Person.administrator, .operating].map(\.account.text))
        }
    }

    static let malformed: [JSON] = [
        ["discount": ["kind": "percentPaid", "value": 101]], ["discount": ["kind": "percentOff", "value": 20]],
        ["discount": ["kind": "fixedPrice", "value": -1]], ["shares": []],
        ["shares": [["payer": "organizer", "weight": 0]]], ["shares": [["payer": "state", "weight": 1]]],
        ["shares": [["payer": "partner", "weight": 1], ["payer": "partner", "weight": 2]]],
        ["conditions": ["ageFrom": 12, "ageUntil": 12]], ["conditions": ["priceBelowCents": 0]],
        ["conditions": ["opportunity": "there"]], ["maximumRegularPriceCents": 0], ["validFrom": "tomorrow"],
    ]

    @Test func `S4 a malformed term makes no key`() async throws {
        try await Scene.with { scene in
            let administrator = try await scene.peer(.administrator)
            for changes in Self.malformed {
                let params = Scene.term.merged(with: ["cardSystemId": Self.here, "name": "K"]).merged(with: changes)
                let kinds = await scene.refused(administrator, "distributionKey.create", params)
                #expect(kinds == ["-32602"], "\(changes)")
            }
            #expect(try await scene.count("distribution_key") == 0)
        }
    }

    @Test func `S4 a counter's key and its limit are told as they were`() async throws {
        try await Scene.with { scene in
            let administrator = try await scene.peer(.administrator)
            let counter: JSON = ["counterId": .string(SceneData.Place.library.counter.text)]
            let keys = [try await scene.key("A"), try await scene.key("B")]
            let start = scene.now
            for key in keys {
                try await scene.advance(.hours(1))
                try await scene.ok(
                    administrator, "counter.setDistributionKey", counter.merged(with: ["distributionKeyId": key.id]))
            }
            try await scene.ok(
                administrator, "counter.setTicketLimit",
                counter.merged(with: ["limit": Scene.limit(2, per: .month)]))
            func asked(_ hours: Int) async throws -> [JSON?] {
                let at: JSON = ["at": .string((start + .minutes(hours * 60 + 1)).text)]
                let answer = try await scene.ok(administrator, "counter.get", counter.merged(with: at))
                return [answer["distributionKeyId"], answer["ticketLimit"]]
            }
            #expect(try await asked(0) == [nil, nil])
            #expect(try await asked(1) == [keys[0].id, nil])
            #expect(try await asked(2) == [keys[1].id, Scene.limit(2, per: .month)])
        }
    }

    @Test func `TAR-08 a card system's settings are told as they were`() async throws {
        try await Scene.with { scene in
            let administrator = try await scene.peer(.administrator)
            let start = scene.now
            for (cents, minutes) in [(2000, 5), (nil, 30)] as [(Int64?, Int64)] {
                try await scene.advance(.hours(1))
                let set: JSON = [
                    "cardSystemId": Self.here, "opportunityPriceMaximumCents": cents.map(JSON.integer) ?? .null,
                    "ticketHoldMinutes": .integer(minutes),
                ]
                let answer = try await scene.ok(administrator, "cardSystem.update", set)
                #expect(answer["ticketHoldMinutes"] == .integer(minutes))
            }
            func asked(_ hours: Int) async throws -> [JSON?] {
                let at: JSON = .string((start + .minutes(hours * 60 + 1)).text)
                let answer = try await scene.ok(
                    scene.stranger(), "cardSystem.get", ["cardSystemId": Self.here, "at": at])
                return [answer["opportunityPriceMaximumCents"], answer["ticketHoldMinutes"]]
            }
            #expect(try await asked(0) == [nil, 15])
            #expect(try await asked(1) == [2000, 5])
            #expect(try await asked(2) == [nil, 30])
            for wrong in [["ticketHoldMinutes": 0], ["ticketHoldMinutes": 1441], ["opportunityPriceMaximumCents": 0]]
                as [JSON]
            {
                let params = wrong.merged(with: ["cardSystemId": Self.here])
                #expect(await scene.refused(administrator, "cardSystem.update", params) == ["-32602"])
            }
        }
    }
}
