import CardRules
import JSONRPC
import Postgres
import TestSupport
import Testing

@testable import CardMethods

/// A script under way. Ten people of two card systems begin it, and others are registered.
struct PeopleScript {
    let scene: Scene
    private(set) var model = PeopleModel()
    /// What differs from the model.
    private(set) var faults: [String] = []
    /// How often each outcome of each method was seen.
    private(set) var outcomes: [String: Int] = [:]

    private var generator: SeededGenerator
    private var holders: [JSON] = []
    private var stops = Self.allStops[...]
    private let peers: [SceneData.Person: Peer]

    /// Before and after midnight at the ends of months, of a status and of its grace, and in the nights of the two
    /// changes of the clock.
    private static let allStops = """
        2030-06-10T23:59+02 2030-06-11T00:00+02 2030-06-30T23:59+02 2030-07-01T00:00+02 2030-07-10T23:59+02
        2030-07-11T00:00+02 2030-07-31T23:59+02 2030-08-01T00:00+02 2030-08-31T23:59+02 2030-09-01T00:00+02
        2030-10-26T23:59+02 2030-10-27T00:00+02 2030-10-27T02:30+02 2030-10-27T02:30+01 2030-10-27T23:59+01
        2030-10-28T00:00+01 2030-12-31T23:59+01 2031-01-01T00:00+01 2031-02-28T23:59+01 2031-03-01T00:00+01
        2031-03-29T23:59+01 2031-03-30T00:00+01 2031-03-30T01:58+01 2031-03-30T03:00+02 2031-03-30T23:59+02
        2031-03-31T00:00+02 2031-04-30T23:59+02 2031-05-01T00:00+02 2031-05-30T23:59+02 2031-05-31T00:00+02
        """.split(whereSeparator: \.isWhitespace).map(String.init)

    init(_ scene: Scene, seed: UInt64) async throws {
        (self.scene, generator) = (scene, SeededGenerator(seed: seed))
        peers = Dictionary(
            uniqueKeysWithValues: try await SceneData.Person.allCases.asyncMap { ($0, try await scene.peer($0)) })
        try await scene.ok(
            peers[.administrator]!, "municipality.add",
            ["cardSystemId": Self.id(true), "name": "Eeklo", "postalCodes": ["9900"]])
        try await scene.settings(of: SceneData.alwaysOpen, points: 1, limit: Scene.limit(1, per: .day))
        let ends = ["2030-06-10", "2030-06-30", "2030-07-01", "2031-04-30", "2031-04-30"].map { CivilDate(text: $0)! }
        for index in Array(1...8) + [41, 42] {
            let holder = Scene.Holder(index)
            let end = index <= ends.count ? ends[index - 1] : nil
            model.add(holder.number, isHere: index < 41, endDate: end)
            holders.append(.string(holder.id.text))
            try await scene.sql("update membership set opportunity_end_date = \(end) where id = \(holder.id)")
        }
    }

    private static func id(_ isHere: Bool) -> JSON { .string((isHere ? SceneData.here : SceneData.there).text) }

    private func administrator(_ isHere: Bool) -> SceneData.Person { isHere ? .administrator : .otherAdministrator }

    private mutating func any<Element>(_ elements: [Element]) -> Element { elements.randomElement(using: &generator)! }

    /// Makes a call, and holds what is against it against what should be.
    private mutating func call(
        _ person: SceneData.Person, _ method: String, _ params: JSON, _ expected: Set<String>
    ) async -> JSON? {
        let result = await scene.call(peers[person]!, method, params)
        let answer = try? result.get()
        let kinds = answer == nil ? Set(result.kinds) : []
        outcomes["\(method) \(kinds.sorted().joined(separator: "+"))", default: 0] += 1
        if kinds != expected {
            faults.append("\(method) \(params.text): \(kinds.sorted()) instead of \(expected.sorted())")
        }
        return answer
    }

    private mutating func check<Value: Equatable>(_ what: String, _ told: Value, _ expected: Value) {
        if told != expected { faults.append("\(what): \(told) instead of \(expected)") }
    }
}

// MARK: The steps

extension PeopleScript {
    /// Does something, and tells what. Each sixth step moves the clock.
    mutating func step(_ number: Int) async throws -> String {
        if number.isMultiple(of: 6), let stop = stops.popFirst() {
            try await scene.move(to: "\(stop.dropLast(3)):00\(stop.suffix(3)):00")
            model.today = CivilDate(text: String(stop.prefix(10)))!
            return "the clock moves"
        }
        switch Int.random(in: 0..<20, using: &generator) {
        case 0...4: return await checkIn()
        case 5...9: return await changeStatus()
        case 10, 11: return await turnCard()
        case 12, 13: return await turnHolder()
        case 14: return await replace()
        case 15: return await register()
        case 16, 17: return await merge()
        default: return await unmerge()
        }
    }

    private mutating func checkIn() async -> String {
        let card = any(Array(model.cards.indices))
        let params: JSON = [
            "eventId": .string(SceneData.alwaysOpen.text), "cardNumber": .string(model.cards[card].number),
        ]
        if let answer = await call(.librarian, "checkIn.create", params, model.reasonsAgainstCheckIn(card)) {
            model.checkIn(card)
            check("total", answer["totalPoints"], .integer(Int64(model.points[model.cards[card].holder])))
        }
        return "card \(card) checks in"
    }

    private mutating func anyMembership() -> Int {
        let holder = any(model.living)
        return any(model.memberships(of: holder))
    }

    private func named(_ membership: Int) -> JSON {
        let membership = model.memberships[membership]
        return ["passHolderId": holders[membership.holder], "cardSystemId": Self.id(membership.isHere)]
    }

    private mutating func changeStatus() async -> String {
        let (row, verb) = (anyMembership(), any(["extend", "extend", "suspend", "resume", "end"]))
        let ahead = any([-1, 0, 1, 7, 30, 31, 300])
        let day = any([model.today.adding(days: ahead), CivilDate(text: "2031-04-30")!])
        let details: [String: JSON] = [
            "extend": ["endDate": .string(day.text)], "suspend": ["until": .string(day.text), "reason": "a script"],
            "resume": [:], "end": ["endDate": .string(day.text), "reason": "a script"],
        ]
        let reasons = model.reasonsAgainst(verb, row, day)
        let who = administrator(model.memberships[row].isHere)
        if await call(who, "opportunity.\(verb)", named(row).merged(with: details[verb]!), reasons) != nil {
            model.change(verb, row, day)
        }
        return "\(verb) \(row) \(day.text)"
    }

    private mutating func turnCard() async -> String {
        let (card, blocks) = (any(Array(model.cards.indices)), Bool.random(using: &generator))
        let params: JSON = ["cardNumber": .string(model.cards[card].number), "reason": "a script"]
        let reasons = model.reasonsAgainstTurning(card, blocks: blocks)
        let who = administrator(model.cards[card].isHere)
        if await call(who, blocks ? "card.block" : "card.unblock", params, reasons) != nil {
            model.cards[card].status = blocks ? "blocked" : "active"
        }
        return "card \(card) is blocked: \(blocks)"
    }

    private mutating func turnHolder() async -> String {
        let (row, blocks) = (anyMembership(), Bool.random(using: &generator))
        let isSame = model.memberships[row].isBlocked == blocks
        let reasons: Set<String> = isSame ? [blocks ? "passHolder.blocked" : "passHolder.notBlocked"] : []
        let params = named(row).merged(with: ["reason": "a script"])
        let method = blocks ? "passHolder.block" : "passHolder.unblock"
        if await call(administrator(model.memberships[row].isHere), method, params, reasons) != nil {
            model.memberships[row].isBlocked = blocks
        }
        return "membership \(row) is blocked: \(blocks)"
    }

    private mutating func replace() async -> String {
        let (row, isDefect) = (anyMembership(), Bool.random(using: &generator))
        let membership = model.memberships[row]
        let isBlocked = membership.isBlocked || model.isBlocked(membership.holder)
        let params = named(row).merged(with: ["cardType": "digital", "reason": isDefect ? "defect" : "loss"])
        let clerk: SceneData.Person = membership.isHere ? .librarian : .clerkElsewhere
        if let answer = await call(clerk, "card.replace", params, isBlocked ? ["passHolder.blocked"] : []) {
            model.replace(row, with: answer["cardNumber"]!.string!, isDefect: isDefect)
        }
        return "membership \(row) has another card"
    }

    /// Somebody new; a status that is granted without a day lasts until 30 April of next year.
    private mutating func register() async -> String {
        let hasStatus = Bool.random(using: &generator)
        let person: JSON = [
            "cardSystemId": Self.id(true), "name": "Peeters", "firstName": "Jan", "dateOfBirth": "1985-03-17",
            "address": ["postalCode": "9900", "city": "Eeklo"], "legalTermsPaper": true, "cardType": "digital",
            "duplicateConfirmed": true,
        ]
        let params = hasStatus ? person.merged(with: ["opportunity": [:]]) : person
        if let answer = await call(.librarian, "passHolder.register", params, []) {
            let end = CivilDate(text: "\(model.today.year + 1)-04-30")
            model.add(answer["cardNumber"]!.string!, endDate: hasStatus ? end : nil)
            holders.append(answer["passHolderId"]!)
        }
        return "somebody is registered, with status: \(hasStatus)"
    }

    private mutating func merge() async -> String {
        let (kept, merged) = (any(model.living), any(model.living))
        let params: JSON = ["kept": holders[kept], "merged": holders[merged], "reason": "a script"]
        let reasons: Set<String> = kept == merged ? ["merge.samePerson"] : []
        if let answer = await call(.operating, "passHolder.merge", params, reasons) {
            model.merge(answer["mergeId"]!.string!, merged, into: kept)
        }
        return "\(merged) is \(kept)"
    }

    private mutating func unmerge() async -> String {
        guard !model.merges.isEmpty else { return "nothing to undo" }
        // Mostly a late one, which can be undone.
        let index = max(0, model.merges.count - 1 - Int.random(in: 0..<3, using: &generator))
        let params: JSON = ["mergeId": .string(model.merges[index].id), "reason": "a script"]
        if await call(.operating, "passHolder.unmerge", params, model.reasonsAgainstUnmerging(index)) != nil {
            model.unmerge(index)
        }
        return "merge \(index) is undone"
    }
}

// MARK: What is shown

extension PeopleScript {
    /// All that the model knows against what the methods tell.
    mutating func compare() async throws {
        for holder in model.living { try await compare(holder) }
        for card in model.cards.indices {
            let (number, owner) = (model.cards[card].number, model.cards[card].holder)
            let params: JSON = ["cardNumber": .string(number)]
            if let pass = await call(.operating, "pass.lookUp", params, model.reasonsAgainstUsing(card)) {
                check("whose \(number)", pass["passHolderId"], holders[owner])
                check("points by \(number)", pass["points"], .integer(Int64(model.points[owner])))
            }
        }
        let export = try await scene.ok(
            peers[.administrator]!, "opportunity.exportCards", ["cardSystemId": Self.id(true)])
        let numbers = Set(export["items"]!.array!.map { $0["cardNumber"]!.string! })
        check("export", numbers.subtracting([SceneData.groupCard]), model.exported)
    }

    private mutating func compare(_ holder: Int) async throws {
        let record = try await scene.ok(peers[.operating]!, "passHolder.get", ["passHolderId": holders[holder]])
        check("points of \(holder)", record["points"], .integer(Int64(model.points[holder])))
        check("status of \(holder)", record["status"]?.string, model.isBlocked(holder) ? "blocked" : "active")
        var headlines: [String] = []
        for row in model.memberships(of: holder) {
            let membership = model.memberships[row]
            let own = record["memberships"]!.array!.first { $0["cardSystemId"] == Self.id(membership.isHere) } ?? [:]
            let card = model.cards[membership.card]
            let status = own["opportunityStatus", "status"].string
            let isGrace = own["opportunityStatus", "inGracePeriod"] == true
            check("status of membership \(row)", isGrace ? "grace" : status, Optional(model.status(row)))
            check(
                "membership \(row)",
                [
                    own["status"]?.string, own["card", "cardNumber"].string, own["card", "status"].string,
                    own["opportunityStatus", "endDate"].string,
                ],
                [membership.isBlocked ? "blocked" : "active", card.number, card.status, membership.endDate?.text])
            if !membership.isBlocked, card.status == "active" { headlines.append(card.number) }
        }
        let shown = record["cardNumber"]?.string
        check("headline of \(holder)", shown.map { headlines.contains($0) } ?? headlines.isEmpty, true)
    }
}
