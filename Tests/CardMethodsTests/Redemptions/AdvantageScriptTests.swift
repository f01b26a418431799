import CardRules
import JSONRPC
import Postgres
import TestSupport
import Testing

@testable import CardMethods

/// Long scripts of check-ins and what their points are exchanged for, on a clock that moves, against the plain model.
@Suite(.scene) struct AdvantageScriptTests {
    /// Some that are always the same, and one of each run, which a failure names.
    static let seeds: [UInt64] = [1, 2, 3, .random(in: 4...999_999)]

    @Test(arguments: seeds) func `ADV a script of 300 steps comes to what the model comes to`(
        seed: UInt64
    ) async throws {
        try await Scene.with { scene in
            var script = try await AdvantageScript(
                scene, seed: seed, from: TicketScriptTests.starts[Int(seed % 3)])
            for step in 1...300 {
                let what = try await script.step()
                if let fault = try await script.fault() {
                    Issue.record("seed \(seed), step \(step), \(scene.now.text), \(what): \(fault)")
                    return
                }
            }
            #expect(script.outcomes.count >= 12, "seed \(seed) went everywhere: \(script.outcomes)")
            let (fault, faults) = (try await script.faultInTotals(), try scene.verify())
            #expect(fault == nil, "seed \(seed)")
            #expect(faults == [:], "seed \(seed)")
        }
    }
}

/// A script under way. The clock stands a few minutes after each half hour, where no day ends.
struct AdvantageScript {
    let scene: Scene
    var model: AdvantageModel
    /// How often each kind of outcome was seen.
    var outcomes: [String: Int] = [:]
    private var generator: SeededGenerator
    /// What was answered otherwise than the model tells, in the last step.
    private var difference: String?
    private let peers: [SceneData.Person: Peer]
    private let event: EventID
    private var codes: Set<String> = []
    /// Calls that were made with a key, and what was answered.
    private var made: [(peer: Peer, method: String, params: JSON, key: String, answer: Result<JSON, RPCError>)] = []

    private static let clerks: [SceneData.Place: SceneData.Person] = [
        .library: .librarian, .museum: .guide, .elsewhere: .clerkElsewhere,
    ]

    init(_ scene: Scene, seed: UInt64, from start: String) async throws {
        self.scene = scene
        generator = SeededGenerator(seed: seed)
        try await scene.move(to: start)
        let today = Brussels.date(Instant(text: start)!)
        model = AdvantageModel(
            advantages: [
                1: .init(points: 5, units: 12, ofHolder: (2, .week), total: (3, .day)),
                2: .init(
                    points: 3, ofHolder: (1, .day), from: today.adding(days: 2), until: today.adding(days: 20), codes: 8
                ),
                3: .init(isWelcome: true, points: 0, ofHolder: (1, .absolute)),
                4: .init(points: 2, total: (4, .month), systems: [.there]),
                5: .init(points: 1, ofHolder: (3, .month), places: [.museum], towns: [.aalter]),
            ],
            holders: [
                1: .init(system: .here, town: .eeklo), 2: .init(system: .here, town: .aalter),
                3: .init(system: .here, town: nil), 7: .init(system: .here, town: .aalter, isNew: false),
                41: .init(system: .there, town: .aalter), 42: .init(system: .there, town: nil),
            ])
        try await scene.make(model)
        event = try await scene.event(6, points: 4)
        peers = Dictionary(
            uniqueKeysWithValues: try await SceneData.Person.allCases.asyncMap { ($0, try await scene.peer($0)) })
    }

    /// Does something, and tells what.
    mutating func step() async throws -> String {
        switch Int.random(in: 0..<100, using: &generator) {
        case 0..<20: return await checkIn()
        case 20..<52: return await redeem()
        case 52..<58: return await ask()
        case 58..<69: return await cancel()
        case 69..<78: return await restore()
        case 78..<81: return await toggleCard()
        case 81..<83: return await toggleAdvantage()
        case 83..<87: return await changeLimit()
        case 87..<90: return await repeatCall()
        default: return try await moveClock()
        }
    }

    private mutating func any<Element>(_ elements: [Element]) -> Element { elements.randomElement(using: &generator)! }

    private mutating func expect<Value: Equatable>(_ value: Value, _ expected: Value, _ what: String) {
        if value != expected, difference == nil { difference = "\(what) is \(value), ought to be \(expected)" }
    }

    /// Makes a call under a key, and remembers it. What is against it must be just what was expected.
    private mutating func call(
        _ person: SceneData.Person, _ method: String, _ params: JSON, _ expected: Set<String>
    ) async -> JSON? {
        let (peer, key) = (peers[person]!, scene.nextKey())
        let answer = await scene.call(peer, method, params, key: key)
        made.append((peer, method, params, key, answer))
        for outcome in expected.isEmpty ? [method] : expected { outcomes[outcome, default: 0] += 1 }
        let against: Set<String> = if case .failure = answer { Set(answer.kinds) } else { [] }
        expect(against, expected, "what is against \(method) \(params.text)")
        return try? answer.get()
    }

    /// What differs from the model after a step; `nil` if nothing does.
    mutating func fault() async throws -> String? {
        for (index, holder) in model.holders {
            expect(try await scene.points(.init(index)), holder.saved, "what holder \(index) saved")
        }
        for (number, advantage) in model.advantages {
            let stock = try await scene.stock(Scene.advantage(number))
            expect(stock[0], model.unitsTaken(number), "units of \(number)")
            if advantage.codes != nil { expect(stock[1], model.codesLeft(number), "codes of \(number)") }
        }
        return difference
    }

    mutating func faultInTotals() async throws -> String? {
        let totals = try await scene.ok(peers[.operating]!, "redemption.totals")
        let standing = model.taken.filter { !$0.isCancelled }
        expect(totals["taken"]?.integer, Int64(standing.count), "what stands")
        expect(totals["cancelled"]?.integer, Int64(model.taken.count - standing.count), "what was cancelled")
        let points = standing.reduce(0) { $0 + model.advantages[$1.advantage]!.points }
        expect(totals["points"]?.integer, Int64(points), "what it cost")
        return difference
    }
}

// MARK: The steps

extension AdvantageScript {
    private static func card(_ holder: Int) -> JSON { ["cardNumber": .string(Scene.Holder(holder).number)] }

    private mutating func holder() -> Int { any(model.holders.keys.sorted()) }

    private mutating func checkIn() async -> String {
        let holder = holder()
        let params = Self.card(holder).merged(with: ["eventId": .string(event.text)])
        let against: Set<String> = model.holders[holder]!.isCardBlocked ? ["card.blocked"] : []
        if await call(.librarian, "checkIn.create", params, against) != nil { model.holders[holder]!.saved += 4 }
        return "holder \(holder) checks in"
    }

    /// Mostly one that can be had.
    private mutating func wish() -> (holder: Int, number: Int, place: SceneData.Place) {
        var wish = (holder(), any([1, 2, 3, 4, 5]), any(SceneData.Place.allCases))
        for _ in 0..<any([0, 10, 10]) {
            if model.reasons(wish.0, wish.1, at: wish.2, scene.now).isEmpty { break }
            wish = (holder(), any([1, 2, 3, 4, 5]), any(SceneData.Place.allCases))
        }
        return wish
    }

    private mutating func redeem() async -> String {
        let (holder, number, place) = wish()
        let what = "holder \(holder) takes \(number) at \(place)"
        let params = Self.card(holder).merged(with: ["advantageId": .string(Scene.advantage(number).text)])
        let against = model.reasons(holder, number, at: place, scene.now)
        guard let answer = await call(Self.clerks[place]!, "advantage.redeem", params, against), against.isEmpty else {
            return what
        }
        let code = answer["code"]?.string
        expect(code != nil, model.advantages[number]!.codes != nil, "whether there is a code")
        if let code { expect(codes.insert(code).inserted, true, "whether the code is new") }
        model.take(
            .init(
                id: answer["id"]!.string!, holder: holder, advantage: number, place: place,
                at: Instant(text: answer["redeemedAt"]!.string!)!, code: code))
        expect(answer["points"]?.integer, Int64(model.advantages[number]!.points), "what it costs")
        expect(answer["totalPoints"]?.integer, Int64(model.holders[holder]!.saved), "what is left")
        return what
    }

    /// ADV-11: the same checks, and nothing is changed.
    private mutating func ask() async -> String {
        let (holder, number, place) = wish()
        let params = Self.card(holder).merged(with: ["advantageId": .string(Scene.advantage(number).text)])
        let answer = await scene.call(peers[Self.clerks[place]!]!, "advantage.redeemStatus", params)
        let told = try? answer.get()["reasons"]?.array?.map { $0["kind"]!.string! }
        expect(
            Set(told ?? answer.kinds), model.reasons(holder, number, at: place, scene.now), "what is against \(number)")
        return "may holder \(holder) take \(number) at \(place)"
    }

    private mutating func one(where isWanted: (AdvantageModel.Taken) -> Bool) -> Int? {
        let wanted = model.taken.indices.filter { isWanted(model.taken[$0]) }.suffix(15)
        if wanted.isEmpty || any([true, false, false]) { return model.taken.indices.last }
        return any(Array(wanted))
    }

    private func administrator(of one: AdvantageModel.Taken) -> SceneData.Person {
        one.place.cardSystem == SceneData.here ? .administrator : .otherAdministrator
    }

    private mutating func cancel() async -> String {
        guard let index = one(where: { !$0.isCancelled }) else { return "nothing to cancel" }
        let one = model.taken[index]
        let person = any([Self.clerks[one.place]!, administrator(of: one)])
        let against: Set<String> = one.isCancelled ? ["redemption.alreadyCancelled"] : []
        let params: JSON = ["redemptionId": .string(one.id), "reason": "a script"]
        if let answer = await call(person, "redemption.cancel", params, against) {
            model.cancel(index)
            expect(answer["totalPoints"]?.integer, Int64(model.holders[one.holder]!.saved), "what is there again")
        }
        return "\(index) is cancelled"
    }

    private mutating func restore() async -> String {
        guard let index = one(where: \.isCancelled) else { return "nothing to restore" }
        let one = model.taken[index]
        let params: JSON = ["redemptionId": .string(one.id), "reason": "a script"]
        if await call(administrator(of: one), "redemption.restore", params, model.againstRestoring(index)) != nil {
            model.restore(index)
        }
        return "\(index) is restored"
    }

    private mutating func toggleCard() async -> String {
        let blocked = model.holders.keys.filter { model.holders[$0]!.isCardBlocked }.sorted()
        let holder = any(blocked + blocked + [self.holder()])
        let isBlocked = model.holders[holder]!.isCardBlocked
        let params = Self.card(holder).merged(with: ["reason": "a script"])
        let person: SceneData.Person = holder > 40 ? .otherAdministrator : .administrator
        _ = await call(person, isBlocked ? "card.unblock" : "card.block", params, [])
        model.holders[holder]!.isCardBlocked.toggle()
        return "the card of holder \(holder) is blocked or not"
    }

    private mutating func toggleAdvantage() async -> String {
        let number = any([1, 3, 5])
        model.advantages[number]!.isActive.toggle()
        let status = model.advantages[number]!.isActive ? "active" : "inactive"
        let params: JSON = ["advantageId": .string(Scene.advantage(number).text), "status": .string(status)]
        _ = await call(.administrator, "advantage.update", params, [])
        return "\(number) is \(status)"
    }

    private mutating func changeLimit() async -> String {
        let number = any([1, 2, 5])
        let limit: AdvantageModel.Limit? = any([nil, (any([2, 4]), any(PeriodLimit.Period.allCases))])
        model.advantages[number]!.total = limit
        let params: JSON = [
            "advantageId": .string(Scene.advantage(number).text),
            "totalLimit": limit.map { Scene.limit($0.volume, per: $0.period) } ?? nil,
        ]
        _ = await call(.administrator, "advantage.update", params, [])
        return "\(number) has another limit"
    }

    /// Something that was said before is said again, and means nothing new.
    private mutating func repeatCall() async -> String {
        guard !made.isEmpty else { return "nothing to repeat" }
        let call = any(made)
        let answer = await scene.call(call.peer, call.method, call.params, key: call.key)
        if answer != call.answer { difference = "\(call.method) was answered otherwise" }
        return "\(call.method) \(call.key) is said again"
    }

    private mutating func moveClock() async throws -> String {
        try await scene.advance(.minutes(30 * any([1, 1, 3, 11, 24, 48, 48, 100])))
        return "it is \(scene.now.text)"
    }
}

extension Scene {
    /// Makes what the model tells.
    func make(_ model: AdvantageModel) async throws {
        let aalter = TicketScriptWorld.aalter
        try await sql(
            "insert into municipality (id, card_system_id, name) values (\(aalter), \(SceneData.here), 'Aalter')",
            """
            insert into municipality_postal_code (card_system_id, municipality_id, postal_code)
            values (\(SceneData.here), \(aalter), '9880')
            """)
        for (index, holder) in model.holders {
            let code = holder.town == .eeklo ? "9900" : holder.town == .aalter ? "9880" : "1000"
            let since = holder.isNew ? SceneData.start : SceneData.start - .days(1)
            try await sql(
                "update pass_holder set postal_code = \(code) where id = \(Holder(index).id)",
                "update membership set since = \(since) where holder_id = \(Holder(index).id)")
        }
        for (number, advantage) in model.advantages {
            let owner = advantage.systems == [.there] ? SceneData.there : SceneData.here
            let id = try await self.advantage(
                number, advantage.isWelcome ? .welcome : .exchange, of: owner,
                with: """
                    points = \(advantage.points), units = \(advantage.units),
                        holder_limit_volume = \(advantage.ofHolder?.volume),
                        holder_limit_period = \(advantage.ofHolder?.period),
                        total_limit_volume = \(advantage.total?.volume),
                        total_limit_period = \(advantage.total?.period),
                        exchange_from = \(advantage.from), exchange_until = \(advantage.until),
                        all_card_systems = \(advantage.systems == nil),
                        card_system_ids = \(advantage.systems?.map(\.id) ?? []),
                        counter_ids = \(advantage.places.map(\.counter)),
                        municipality_ids = \(advantage.towns.isEmpty ? [] : [aalter]),
                        is_online = \(advantage.codes != nil)
                    """)
            if let count = advantage.codes { try await codes((1...count).map { "CODE\($0)" }, for: id) }
        }
    }
}
