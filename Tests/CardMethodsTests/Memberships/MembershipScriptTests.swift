import CardRules
import JSONRPC
import Postgres
import TestSupport
import Testing

@testable import CardMethods

/// Long scripts of memberships, cards and moves against the plain model; a preview always says what is done.
@Suite(.bare) struct MembershipScriptTests {
    static let seeds: [UInt64] = [1, 2, .random(in: 3...999_999)]

    @Test(arguments: seeds)
    func `R-191 a script of 200 steps comes to what the model comes to, and previews agree`(seed: UInt64) async throws {
        try await Scene.with { scene in
            var script = try await MembershipScript(scene, seed: seed)
            for step in 1...200 {
                let what = try await script.step()
                try #require(script.faults == [], "seed \(seed), step \(step): \(what)")
            }
            try await script.compare()
            #expect(script.faults == [], "seed \(seed)")
            #expect(script.outcomes.count >= 8, "the script went everywhere: \(script.outcomes)")
            #expect(try scene.verify() == [:], "seed \(seed)")
        }
    }
}

/// A script under way.
struct MembershipScript {
    typealias System = MembershipModel.System

    private let scene: Scene
    private let two: TwoRegions
    private var generator: SeededGenerator
    private var model = MembershipModel()
    private var holders: [JSON] = []
    private var numbers: [JSON] = []
    /// What differs from the model.
    private(set) var faults: [String] = []
    private(set) var outcomes: [String: Int] = [:]

    init(_ scene: Scene, seed: UInt64) async throws {
        (self.scene, generator) = (scene, SeededGenerator(seed: seed))
        two = try await TwoRegions(scene)
        for person in 0..<4 {
            let made = try await two.register(scene, person == 0 ? ["opportunity": [:]] : [:])
            holders.append(made.holder)
            model.people.append(.init(home: "9900", memberships: [.first: .init(hasStatus: person == 0)]))
            model.issue(person, .first, isOpportunity: person == 0)
            numbers.append(made.card)
        }
    }

    private func clerk(_ system: System) -> Peer {
        system == .first ? two.region.authorised.clerk : two.desk.clerk
    }

    private func id(_ system: System) -> JSON { system == .first ? two.region.cardSystem : two.cardSystem }

    private func address(_ home: String) -> JSON { ["postalCode": .string(home), "city": "Stad"] }

    mutating func step() async throws -> String {
        let person = Int.random(in: 0..<holders.count, using: &generator)
        let system = System.allCases.randomElement(using: &generator)!
        switch Int.random(in: 0..<10, using: &generator) {
        case 0...3: return try await set(person, system)
        case 4, 5: return try await move(person, to: system)
        case 6: return try await replace(person, system)
        case 7, 8: return try await turnCard()
        default: return try await turnHolder(person, system)
        }
    }

    /// How the clerk names the person; `nil` if he cannot.
    private func name(_ person: Int, to system: System) -> JSON? {
        if model.people[person].memberships[system] != nil { return ["passHolderId": holders[person]] }
        return model.activeCards(of: person).first.map { ["heldCardNumber": numbers[$0]] }
    }

    private mutating func set(_ person: Int, _ system: System) async throws -> String {
        guard let name = name(person, to: system) else { return "nothing" }
        let (isNew, status) = (Bool.random(using: &generator), Bool.random(using: &generator))
        let home = [nil, nil, "9900", "9800"].randomElement(using: &generator)!
        var params = name.merged(with: ["cardSystemId": id(system)])
        if isNew { params = params.merged(with: ["cardType": "digital"]) }
        if status { params = params.merged(with: ["opportunity": [:]]) }
        if let home { params = params.merged(with: ["address": address(home)]) }
        let expected = model.reasons(person, system, isNew: isNew, status: status, home: home)
        let answer = try await both("membership.preview", "membership.set", params, system, expected)
        if let answer {
            if isNew { numbers.append(answer["cardNumber"]!) }
            model.set(person, system, isNew: isNew, status: status, home: home)
        }
        return "set \(params.text)"
    }

    private mutating func move(_ person: Int, to system: System) async throws -> String {
        guard let name = name(person, to: system) else { return "nothing" }
        let (isNew, status) = (Bool.random(using: &generator), Bool.random(using: &generator))
        let from: System = system == .first ? .second : .first
        var params = name.merged(with: [
            "fromCardSystemId": id(from), "toCardSystemId": id(system), "address": address(system.home),
        ])
        if isNew { params = params.merged(with: ["cardType": "digital"]) }
        if status { params = params.merged(with: ["opportunity": [:]]) }
        let expected = model.reasonsAgainstMove(person, to: system, isNew: isNew, status: status)
        if let answer = try await both("passHolder.previewMove", "passHolder.move", params, system, expected) {
            if let number = answer["cardNumber"] { numbers.append(number) }
            model.move(person, to: system, isNew: isNew, status: status)
        }
        return "move \(params.text)"
    }

    /// Asks what would be done, does it, and holds both against the model.
    private mutating func both(
        _ preview: String, _ act: String, _ params: JSON, _ system: System, _ expected: Set<String>
    ) async throws -> JSON? {
        let told = try await scene.ok(clerk(system), preview, params)
        let foretold = Set(told["reasons"]!.array!.compactMap { $0["kind"]?.string })
        let result = await scene.call(clerk(system), act, params)
        let answer = try? result.get()
        let kinds = answer == nil ? Set(result.kinds) : []
        note(act, kinds, expected)
        if foretold != kinds { faults.append("\(preview) tells \(foretold), \(act) says \(kinds)") }
        return answer
    }

    private mutating func note(_ act: String, _ kinds: Set<String>, _ expected: Set<String>) {
        outcomes["\(act) \(kinds.sorted().joined(separator: "+"))", default: 0] += 1
        if kinds != expected { faults.append("\(act): \(kinds.sorted()) instead of \(expected.sorted())") }
    }

    private mutating func replace(_ person: Int, _ system: System) async throws -> String {
        guard model.people[person].memberships[system] != nil else { return "nothing" }
        let isDefect = Bool.random(using: &generator)
        let params: JSON = [
            "passHolderId": holders[person], "cardSystemId": id(system), "cardType": "digital",
            "reason": isDefect ? "defect" : "loss",
        ]
        let result = await scene.call(clerk(system), "card.replace", params)
        let answer = try? result.get()
        note("card.replace", answer == nil ? Set(result.kinds) : [], model.reasonsAgainstReplacing(person, system))
        if let answer {
            numbers.append(answer["cardNumber"]!)
            model.replace(person, system, isDefect: isDefect)
        }
        return "replace \(params.text)"
    }

    private mutating func turnCard() async throws -> String {
        let index = Int.random(in: numbers.indices, using: &generator)
        let (card, blocks) = (model.cards[index], Bool.random(using: &generator))
        let params: JSON = ["cardNumber": numbers[index], "reason": "script"]
        let result = await scene.call(clerk(card.system), blocks ? "card.block" : "card.unblock", params)
        let isCurrent = model.people[card.person].memberships[card.system]!.card == index
        let against: [Bool: Set<String>] = [
            true: card.status == "active" ? [] : [card.status == "blocked" ? "card.blocked" : "card.notActive"],
            false: Set(card.status == "blocked" ? [] : ["card.notBlocked"]).union(isCurrent ? [] : ["card.replaced"]),
        ]
        let kinds = (try? result.get()) == nil ? Set(result.kinds) : []
        note(blocks ? "card.block" : "card.unblock", kinds, against[blocks]!)
        if kinds.isEmpty { model.cards[index].status = blocks ? "blocked" : "active" }
        return "card \(index)"
    }

    private mutating func turnHolder(_ person: Int, _ system: System) async throws -> String {
        guard let membership = model.people[person].memberships[system] else { return "nothing" }
        let params: JSON = ["passHolderId": holders[person], "cardSystemId": id(system), "reason": "script"]
        let method = membership.isBlocked ? "passHolder.unblock" : "passHolder.block"
        try await scene.ok(clerk(system), method, params)
        model.people[person].memberships[system]!.isBlocked.toggle()
        return "\(method) \(person)"
    }

    /// All that the model knows against what the methods tell.
    mutating func compare() async throws {
        for (index, person) in model.people.enumerated() {
            for system in System.allCases where person.memberships[system] != nil {
                let membership = person.memberships[system]!
                let record = try await scene.ok(clerk(system), "passHolder.get", ["passHolderId": holders[index]])
                let own = record["memberships"]!.array![0]
                let told: [JSON?] = [
                    own["card", "cardNumber"], own["card", "status"], record["address", "postalCode"], own["status"],
                    record["status"], .bool(own["opportunityStatus", "status"] != "none"),
                ]
                let expected: [JSON?] = [
                    membership.card.map { numbers[$0] } ?? .null,
                    membership.card.map { .string(model.cards[$0].status) } ?? .null, .string(person.home),
                    membership.isBlocked ? "blocked" : "active", person.isBlocked ? "blocked" : "active",
                    .bool(membership.hasStatus),
                ]
                if told != expected { faults.append("person \(index) in \(system): \(told) instead of \(expected)") }
            }
        }
        for (index, card) in model.cards.enumerated() {
            let status = try await two.status(scene, numbers[index])
            if status != card.status { faults.append("card \(index) is \(status ?? "gone"), not \(card.status)") }
        }
    }
}
