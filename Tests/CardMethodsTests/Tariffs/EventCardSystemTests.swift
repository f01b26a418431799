import CardRules
import JSONRPC
import TestSupport
import Testing

@testable import CardMethods

/// Which card systems an event takes, and the keys that are chosen for it.
@Suite(.scene) struct EventCardSystemTests {
    private static let event: JSON = ["eventId": .string(SceneData.alwaysOpen.text)]
    private static let here: JSON = .string(SceneData.here.text)
    private static let there: JSON = .string(SceneData.there.text)

    private static func set(_ cardSystems: JSON...) -> JSON {
        event.merged(with: ["cardSystems": .array(cardSystems)])
    }

    /// The ids of those that are enabled, each with the names of the keys that are chosen.
    private static func taken(_ answer: JSON) -> [String: [String]] {
        let enabled = (answer["cardSystems"]?.array ?? []).filter { $0["isEnabled"] == true }
        return Dictionary(
            uniqueKeysWithValues: enabled.map { cardSystem in
                let keys = (cardSystem["manualDistributionKeys"]?.array ?? []).filter { $0["isEnabled"] == true }
                return (cardSystem["name"]!.string!, keys.map { $0["name"]!.string! })
            })
    }

    @Test func `EVC-01 EVC-02 EVC-06 an event takes all card systems, until it is said which, and anybody may ask`()
        async throws
    {
        try await Scene.with { scene in
            let operating = try await scene.peer(.operating)
            try await scene.ok(
                operating, "counter.addCardSystem",
                ["counterId": .string(SceneData.Place.library.counter.text), "cardSystemId": Self.there])
            let key = try await scene.key("Day")
            try await scene.key("Each", ["isAutomatic": true])
            let librarian = try await scene.peer(.librarian)
            func asked(at instant: Instant? = nil) async throws -> [String: [String]] {
                let at: JSON = instant.map { ["at": .string($0.text)] } ?? [:]
                let clerk = try await scene.peer(.clerkElsewhere)
                return Self.taken(try await scene.ok(clerk, "event.getCardSystems", Self.event.merged(with: at)))
            }
            #expect(try await asked() == ["Here": [], "There": []])
            let listed = try await scene.ok(librarian, "event.getCardSystems", Self.event)
            #expect(
                listed["cardSystems", at: 0]["manualDistributionKeys"]?.array?.compactMap { $0["name"] } == ["Day"])
            let start = scene.now
            try await scene.advance(.hours(1))
            let one = Self.set(["cardSystemId": Self.here, "distributionKeyIds": [key.id]])
            #expect(Self.taken(try await scene.ok(librarian, "event.setCardSystems", one)) == ["Here": ["Day"]])
            #expect(try await asked() == ["Here": ["Day"]])
            try await scene.advance(.hours(1))
            try await scene.ok(librarian, "event.setCardSystems", Self.set())
            #expect(try await asked() == [:])
            #expect(try await asked(at: start) == ["Here": [], "There": []])
            #expect(try await asked(at: start + .minutes(61)) == ["Here": ["Day"]])
            let tariffs = try await scene.tariffs(at: start + .minutes(61))[SceneData.alwaysOpen]
            #expect(tariffs?.cardSystems.map(\.keys.chosen.count) == [1])
            #expect(tariffs?.cardSystems.map { $0.keys.automatic.map(\.name) } == [["Each"]])
            #expect(try await scene.tariffs(at: scene.now)[SceneData.alwaysOpen]?.cardSystems == [])
        }
    }

    @Test func `EVC-05 it may be said before the event is known, of an organizer of one's own`() async throws {
        try await Scene.with { scene in
            let (librarian, guide) = (try await scene.peer(.librarian), try await scene.peer(.guide))
            let administrator = try await scene.peer(.administrator)
            let unknown: JSON = ["eventId": .string(SceneData.event(2).text)]
            let none = Self.set().merged(with: unknown)
            #expect(Self.taken(try await scene.ok(librarian, "event.setCardSystems", none)) == [:])
            #expect(await scene.refused(librarian, "event.getCardSystems", unknown) == ["event.notFound"])
            // For a different organizer it says nothing.
            try await scene.ok(
                administrator, "event.setCardSystems",
                Self.set(["cardSystemId": Self.here]).merged(with: unknown).merged(with: [
                    "organizerId": .string(SceneData.Place.museum.organizer.text)
                ]))
            #expect(await scene.refused(administrator, "event.setCardSystems", none) == ["-32602"])
            let foreign: JSON = ["organizerId": .string(SceneData.Place.library.organizer.text)]
            #expect(await scene.refused(guide, "event.setCardSystems", none.merged(with: foreign)) == ["-32004"])
            try await scene.event(2)
            #expect(Self.taken(try await scene.ok(guide, "event.getCardSystems", unknown)) == [:])
        }
    }

    @Test func `EVC-06 only the organizer's counter and those above it may say so`() async throws {
        try await Scene.with { scene in
            for (person, isAllowed) in [
                (SceneData.Person.operating, true), (.administrator, true), (.librarian, true), (.guide, false),
                (.otherAdministrator, false), (.clerkElsewhere, false),
            ] {
                let kinds = await scene.refused(
                    try await scene.peer(person), "event.setCardSystems", Self.set(["cardSystemId": Self.here]))
                #expect((kinds == ["-32004"]) != isAllowed, "\(person) \(kinds)")
            }
        }
    }

    @Test func `EVC-04 what is sold freezes it, and what is cancelled or lapsed frees it`() async throws {
        try await Scene.with { scene in
            let librarian = try await scene.peer(.librarian)
            let sales: [(String, Int?, Bool)] = [
                ("confirmed", nil, true), ("reserved", 60, true), ("reserved", 0, false), ("cancelled", nil, false),
                ("lapsed", nil, false),
            ]
            for (number, (status, minutes, isFrozen)) in zip(2..., sales) {
                let event = try await scene.event(number)
                try await scene.sell(event, status: status, until: minutes.map { scene.now + .minutes($0) })
                let none = Self.set().merged(with: ["eventId": .string(event.text)])
                let kinds = await scene.refused(librarian, "event.setCardSystems", none)
                #expect((kinds == ["event.hasTicketSales"]) == isFrozen, "\(status) \(kinds)")
                // Nor does it move to another organizer.
                let moved = SceneDocuments.event(
                    number, of: SceneData.Place.museum.organizer, SceneDocuments.always,
                    modified: "2030-05-09T09:00:00+02:00")
                let report = try await scene.ok(scene.peer(.operating), "event.import", ["documents": [moved]])
                #expect((report["outcomes", at: 0]["outcome"] == "updated") != isFrozen, "\(status) \(report.text)")
            }
        }
    }

    @Test func `a change against an older version is a conflict, and a card system named twice is malformed`()
        async throws
    {
        try await Scene.with { scene in
            let librarian = try await scene.peer(.librarian)
            let version = try await scene.ok(librarian, "event.getCardSystems", Self.event)["version"]!
            let change = Self.set().merged(with: ["version": version])
            try await scene.ok(librarian, "event.setCardSystems", change)
            #expect(await scene.refused(librarian, "event.setCardSystems", change) == ["-32009"])
            let twice = Self.set(["cardSystemId": Self.here], ["cardSystemId": Self.here])
            #expect(await scene.refused(librarian, "event.setCardSystems", twice) == ["-32602"])
            let off = Self.set([
                "cardSystemId": Self.here, "isEnabled": false, "distributionKeyIds": [Self.here],
            ])
            #expect(await scene.refused(librarian, "event.setCardSystems", off) == ["-32602"])
        }
    }

    @Test func `EVS-01 settings are told as they were`() async throws {
        try await Scene.with { scene in
            let librarian = try await scene.peer(.librarian)
            let start = scene.now
            for (points, limit) in [(2, nil), (3, Scene.limit(4, per: .year))] as [(Int64, JSON?)] {
                try await scene.advance(.hours(1))
                // Of two changes at one instant the later one holds.
                for points in [9, points] {
                    let settings: JSON = ["checkInPoints": .integer(points), "ticketLimit": limit ?? .null]
                    try await scene.ok(librarian, "event.setSettings", settings.merged(with: Self.event))
                }
            }
            func asked(_ hours: Int) async throws -> [JSON?] {
                let at: JSON = ["at": .string((start + .minutes(hours * 60 + 1)).text)]
                let answer = try await scene.ok(librarian, "event.getSettings", Self.event.merged(with: at))
                return [answer["checkInPoints"], answer["checkInLimit"], answer["ticketLimit"]]
            }
            #expect(try await asked(0) == [1, Scene.limit(1, per: .day), nil])
            #expect(try await asked(1) == [2, nil, nil])
            #expect(try await asked(2) == [3, nil, Scene.limit(4, per: .year)])
            let past = try await scene.tariffs(at: start + .minutes(61))[SceneData.alwaysOpen]
            #expect(past?.event.checkInPoints == 2 && past?.ticketLimit == nil)
            let now = try await scene.tariffs(at: scene.now)[SceneData.alwaysOpen]
            #expect(now?.ticketLimit == PeriodLimit(volume: 4, per: .year))
        }
    }
}
