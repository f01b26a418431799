import CardRules
import JSONRPC
import Postgres
import TestSupport
import Testing

@testable import CardMethods

/// Whoever follows the changes of the export has the export.
@Suite(.scene) struct OpportunityExportTests {
    static let seeds: [UInt64] = [1, .random(in: 2...999_999)]

    @Test(arguments: seeds)
    func `MEM-12 MEM-13 the export and its changes agree with a plain model through everything that moves it`(
        seed: UInt64
    ) async throws {
        try await Scene.with { scene in
            var script = try await ExportScript(scene, seed: seed)
            try await script.follow()
            for step in 1...120 {
                let what = try await script.step()
                let isFollowed = Bool.random()
                if isFollowed { try await script.follow() }
                let (full, model) = (try await script.export(), script.valid)
                #expect(full == model, "seed \(seed), step \(step): \(what)")
                if isFollowed { #expect(script.followed == full, "seed \(seed), step \(step): \(what)") }
                if full != model || isFollowed && script.followed != full { return }
            }
            try await script.follow()
            #expect(script.followed == script.valid, "seed \(seed)")
            #expect(script.done.count >= 9, "the script went everywhere: \(script.done)")
        }
    }

    @Test func `MEM-13 GRP-03 a group's card is exported while it has tickets, and not a day longer than the pass`()
        async throws
    {
        try await Scene.with { scene in
            let administrator = try await scene.peer(.administrator)
            let here: JSON = ["cardSystemId": .string(SceneData.here.text)]
            let since = JSON.string(scene.now.text)
            let group: JSON = [
                "name": "Club", "address": ["postalCode": "9900", "city": "Eeklo"], "cardType": "digital",
                "ticketsPerYear": 2, "endDate": "2030-06-10",
            ]
            let made = try await scene.ok(
                try await scene.peer(.librarian), "groupPass.create", group.merged(with: here))
            let number = made["card", "cardNumber"]
            func exported() async throws -> [JSON] {
                let full = try await scene.ok(administrator, "opportunity.exportCards", here)["items"]!.array!
                let changes = try await scene.ok(
                    administrator, "opportunity.exportChanges", here.merged(with: ["since": since]))["items"]!.array!
                let cards = full.filter { $0["cardNumber"] == number }
                let change = changes.filter { $0["cardNumber"] == number }
                #expect(change.map { $0["isValid"] } == [.bool(!cards.isEmpty)])
                return cards
            }
            #expect(try await exported() == [["cardNumber": number, "passType": "group"]])
            for (change, count) in [(-2, 0), (1, 1)] as [(Int64, Int)] {
                try await scene.ok(
                    administrator, "groupPassAllowance.change",
                    ["groupPassId": made.id, "change": .integer(change), "reason": "counted again"])
                #expect(try await exported().count == count)
            }
            try await scene.move(to: "2030-06-10T23:59:20+02:00")
            #expect(try await exported().count == 1)
            try await scene.move(to: "2030-06-11T00:00:00+02:00")
            #expect(try await exported() == [])
        }
    }

    @Test func `what was changed shortly before is told again, and a moment to come is refused`() async throws {
        try await Scene.with { scene in
            let script = try await ExportScript(scene, seed: 3)
            let first = SceneData.Holder(1).number
            let moment = scene.now
            try await scene.ok(
                script.administrator, "card.block", ["cardNumber": .string(first), "reason": "lost"])
            for since in [moment, scene.now] {
                let answer = try await scene.ok(
                    script.administrator, "opportunity.exportChanges",
                    ["cardSystemId": .string(SceneData.here.text), "since": .string(since.text)])
                #expect(
                    answer["items"]!.array!.contains { $0["cardNumber"]?.string == first && $0["isValid"] == false })
            }
            let tomorrow: JSON = [
                "cardSystemId": .string(SceneData.here.text), "since": .string((scene.now + .days(1)).text),
            ]
            #expect(await scene.refused(script.administrator, "opportunity.exportChanges", tomorrow) == ["-32602"])
        }
    }
}

/// A script under way: twelve people with a status of one card system, and what a follower of the export holds.
struct ExportScript {
    let scene: Scene
    let administrator: Peer
    /// What a follower holds.
    private(set) var followed: Set<String> = []
    private(set) var done: [String: Int] = [:]
    private var asOf: JSON = .null
    private var people: [Person]
    private var grace = 30
    private var generator: SeededGenerator

    /// What the model knows of somebody.
    private struct Person {
        let holder: SceneData.Holder
        var card = CardStatus.active
        var membership = MembershipStatus.active
        var endDate: CivilDate
        var suspendedUntil: CivilDate?
    }

    init(_ scene: Scene, seed: UInt64) async throws {
        self.scene = scene
        generator = SeededGenerator(seed: seed)
        administrator = try await scene.peer(.administrator)
        try await scene.ok(
            administrator, "municipality.add",
            ["cardSystemId": .string(SceneData.here.text), "name": "Eeklo", "postalCodes": ["9900"]])
        let today = Brussels.date(scene.now)
        people = (1...12).map { Person(holder: .init($0), endDate: today.adding(days: $0 * 7 - 42)) }
        for person in people {
            try await scene.sql(
                "update membership set opportunity_end_date = \(person.endDate) where id = \(person.holder.id)")
        }
    }

    private var today: CivilDate { Brussels.date(scene.now) }

    /// The numbers that the model exports: the group that every scene has is always among them.
    var valid: Set<String> {
        Set(
            people.filter { person in
                let status = OpportunityStatus(
                    endDate: person.endDate, suspendedUntil: person.suspendedUntil, graceDays: grace, on: today)
                guard case .active = status else { return false }
                return person.card == .active && person.membership == .active
            }.map(\.holder.number) + [SceneData.groupCard])
    }

    // MARK: The export

    func export() async throws -> Set<String> {
        Set(try await pages("opportunity.exportCards").rows.map { $0["cardNumber"]!.string! })
    }

    /// Takes what changed since the last time; everything at first.
    mutating func follow() async throws {
        let isFirst = asOf.isNull
        let (rows, asOf) = try await pages(
            isFirst ? "opportunity.exportCards" : "opportunity.exportChanges", isFirst ? [:] : ["since": asOf])
        for row in rows {
            let number = row["cardNumber"]!.string!
            if isFirst || row["isValid"] == true { followed.insert(number) } else { followed.remove(number) }
        }
        self.asOf = asOf
    }

    private func pages(_ method: String, _ more: JSON = [:]) async throws -> (rows: [JSON], asOf: JSON) {
        var rows: [JSON] = []
        var cursor = JSON.null
        var asOf = JSON.null
        repeat {
            let params: JSON = ["cardSystemId": .string(SceneData.here.text), "limit": 5, "cursor": cursor]
            let page = try await scene.ok(administrator, method, more.merged(with: params))
            rows += page["items"]!.array!
            if asOf.isNull { asOf = page["asOf"]! }
            cursor = page["nextCursor"] ?? .null
        } while !cursor.isNull
        #expect(rows.map { $0["cardNumber"]!.string! } == rows.map { $0["cardNumber"]!.string! }.sorted())
        return (rows, asOf)
    }

    // MARK: Steps

    /// Does something by chance, and tells what.
    mutating func step() async throws -> String {
        let index = Int.random(in: people.indices, using: &generator)
        let person = people[index]
        let named: JSON = [
            "cardSystemId": .string(SceneData.here.text), "passHolderId": .string(person.holder.id.text), "reason": "r",
        ]
        let day = today.adding(days: .random(in: 0...45, using: &generator))
        let what: String
        switch Int.random(in: 0..<10, using: &generator) {
        case 0, 1:
            what = "clock.advance"
            try await scene.advance(.minutes(.random(in: 1...25_000, using: &generator)))
        case 2:
            what = person.card == .active ? "card.block" : "card.unblock"
            try await call(what, ["cardNumber": .string(person.holder.number), "reason": "r"])
            people[index].card = person.card == .active ? .blocked : .active
        case 3:
            what = person.membership == .active ? "passHolder.block" : "passHolder.unblock"
            try await call(what, named)
            people[index].membership = person.membership == .active ? .blocked : .active
        case 4, 5:
            what = "opportunity.suspend"
            try await call(what, named.merged(with: ["until": .string(day.text)]))
            people[index].suspendedUntil = day
        case 6:
            what = "opportunity.resume"
            guard let until = person.suspendedUntil, until >= today else { break }
            try await call(what, named)
            people[index].suspendedUntil = nil
        case 7:
            what = "opportunity.extend"
            guard day >= person.endDate, person.membership == .active else { break }
            let key: JSON = ["cardSystemId": .string(SceneData.here.text), "cardNumber": .string(person.holder.number)]
            try await call(what, key.merged(with: ["endDate": .string(day.text)]))
            people[index].endDate = day
        case 8:
            what = "opportunity.end"
            guard day < person.endDate else { break }
            try await call(what, named.merged(with: ["endDate": .string(day.text)]))
            people[index].endDate = day
        default:
            what = "cardSystem.update"
            grace = .random(in: 0...60, using: &generator)
            try await call(
                what,
                [
                    "cardSystemId": .string(SceneData.here.text), "opportunityGraceDays": .integer(Int64(grace)),
                ])
        }
        done[what, default: 0] += 1
        return "\(what) \(person.holder.number)"
    }

    private func call(_ method: String, _ params: JSON) async throws {
        try await scene.ok(administrator, method, params)
    }
}
