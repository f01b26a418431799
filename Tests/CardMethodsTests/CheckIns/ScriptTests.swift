import CardRules
import JSONRPC
import Postgres
import TestSupport
import Testing

@testable import CardMethods

/// Long scripts of everything that touches points, on a clock that moves, against the plain model: nothing may differ
/// after any step, and in the end all invariants hold (I1 to I9, I20).
@Suite(.scene) struct ScriptTests {
    /// Two that are always the same, and one of each run, which a failure names.
    static let seeds: [UInt64] = [1, 2, .random(in: 3...999_999)]

    @Test(arguments: seeds) func `a script of 250 steps comes to what the model comes to`(seed: UInt64) async throws {
        try await Scene.with { scene in
            var script = try await Script(scene, seed: seed)
            for step in 1...250 {
                let what = try await script.step()
                let balances = try await script.balances()
                #expect(balances == script.model.holders.mapValues(\.shown), "seed \(seed), step \(step): \(what)")
                if balances != script.model.holders.mapValues(\.shown) { return }
            }
            #expect(script.outcomes.count >= 12, "the script went everywhere: \(script.outcomes)")
            #expect(try scene.verify() == [:], "seed \(seed)")
        }
    }
}

/// A script under way. The clock stands a few minutes after each half hour, where no limit or opening ends.
struct Script {
    let scene: Scene
    var model: ScriptModel
    /// How often each kind of outcome was seen.
    var outcomes: [String: Int] = [:]

    private var generator: SeededGenerator
    private let peers: [SceneData.Person: Peer]
    private let pillars: [Int: Scene.Device]
    /// Which event the second pillar is fixed on.
    private var fixed = 3
    /// Calls that were made with a key, and what was answered.
    private var made: [(peer: Peer, method: String, params: JSON, key: String, answer: Result<JSON, RPCError>)] = []

    static let holders = [1, 2, 3, 4, 5, 6, 41, 42]
    /// Whose event each is.
    static let places: [Int: (place: SceneData.Place, person: SceneData.Person)] = [
        1: (.library, .librarian), 2: (.museum, .guide), 3: (.library, .librarian), 4: (.elsewhere, .clerkElsewhere),
    ]

    init(_ scene: Scene, seed: UInt64) async throws {
        self.scene = scene
        generator = SeededGenerator(seed: seed)
        model = ScriptModel(
            events: [
                1: .init(points: 1, limit: (1, .day)), 2: .init(hours: (10, 18), points: 3, limit: (2, .week)),
                3: .init(hours: (22, 3), points: 5, limit: (3, .month)), 4: .init(points: 20),
            ], holders: Dictionary(uniqueKeysWithValues: Self.holders.map { ($0, .init()) }))
        // A Friday: the night of the autumn change and the end of the month are near.
        try await scene.move(to: "2030-10-25T10:07:00+02:00")
        try await scene.event(2, of: .museum, SceneDocuments.daily("10:00", "18:00"))
        try await scene.event(3, SceneDocuments.daily("22:00", "03:00"))
        try await scene.event(4, of: .elsewhere)
        peers = Dictionary(
            uniqueKeysWithValues: try await SceneData.Person.allCases.asyncMap { ($0, try await scene.peer($0)) })
        pillars = [
            2: try await scene.pillar("CID-002", at: [.museum]), 3: try await scene.pillar("CID-003"),
        ]
        try await scene.fix(pillars[3]!, on: SceneData.event(3))
        for event in model.events.keys { try await changeSettings(of: event) }
    }

    /// Does something, and tells what.
    mutating func step() async throws -> String {
        switch Int.random(in: 0..<100, using: &generator) {
        case 0..<30: return try await checkIn()
        case 30..<48: return try await checkInAtPillar()
        case 48..<62: return try await cancel()
        case 62..<72: return try await spend()
        case 72..<76: return try await toggleCard()
        case 76..<79: return try await toggleHolder()
        case 79..<82: return try await changeLimit()
        case 82..<84: return try await fixPillar()
        case 84..<89: return await repeatCall()
        default: return try await moveClock()
        }
    }

    func balances() async throws -> [Int: Int] {
        let rows = try await scene.owner.transaction { transaction in
            try transaction.query(
                """
                select owner_id, sum(posted_credit - posted_debit)::bigint from ledger_account
                where unit = 'point' group by owner_id
                """
            ).map { (try $0[0] as PassHolderID, try $0[1] as Int) }
        }
        let points = Dictionary(uniqueKeysWithValues: rows)
        return Dictionary(uniqueKeysWithValues: Self.holders.map { ($0, points[Scene.Holder($0).id] ?? 0) })
    }

    private mutating func any<Element>(_ elements: [Element]) -> Element { elements.randomElement(using: &generator)! }

    private mutating func note(_ outcome: String) { outcomes[outcome, default: 0] += 1 }

    /// Makes a call under a key, and remembers it. What is against it must be just what was expected.
    private mutating func call(
        _ person: SceneData.Person, _ method: String, _ params: JSON, _ expected: Set<String>, by device: Peer? = nil
    ) async -> JSON? {
        let (peer, key) = (device ?? peers[person]!, scene.nextKey())
        let answer = await scene.call(peer, method, params, key: key)
        made.append((peer, method, params, key, answer))
        for reason in expected { note(reason) }
        switch answer {
        case .success(let json):
            note(method)
            #expect(expected.isEmpty, "\(method) \(params.text) at \(scene.now.text)")
            return json
        case .failure:
            #expect(Set(answer.kinds) == expected, "\(method) \(params.text) at \(scene.now.text)")
            return nil
        }
    }

    private mutating func card(_ holder: Int) -> JSON {
        let card = Scene.Holder(holder)
        return any([["cardNumber": .string(card.number)], ["chipNumber": .string(card.chip)]] as [JSON])
    }
}

// MARK: The steps

extension Script {
    private mutating func checkIn() async throws -> String {
        let (holder, event) = (any(Self.holders), any([1, 2, 3, 4]))
        let params = card(holder).merged(with: ["eventId": .string(SceneData.event(event).text)])
        let reasons = model.reasons(holder, event, at: scene.now)
        if let answer = await call(Self.places[event]!.person, "checkIn.create", params, reasons) {
            take(answer, holder, event)
        }
        return "holder \(holder) checks in for \(event)"
    }

    private mutating func checkInAtPillar() async throws -> String {
        let (holder, pillar) = (any(Self.holders), any([2, 3]))
        let event = pillar == 3 ? fixed : 2
        let isOpen = model.isOpen(event, at: scene.now)
        // A pillar that shows nothing looks at no limit.
        let closed: Set<String> = pillar == 3 ? ["checkIn.outsideOpening"] : ["pillar.noEvent"]
        let reasons =
            isOpen
            ? model.reasons(holder, event, at: scene.now) : model.reasonsOfHolder(holder).union(closed)
        let params = card(holder)
        if let answer = await call(.librarian, "pillar.checkIn", params, reasons, by: pillars[pillar]!.peer) {
            #expect(answer["eventId"]?.string == SceneData.event(event).text)
            take(answer, holder, event)
        }
        return "holder \(holder) checks in at pillar \(pillar) for \(event)"
    }

    private mutating func take(_ answer: JSON, _ holder: Int, _ event: Int) {
        model.checkIn(answer["id"]!.string!, holder, event, at: Instant(text: answer["checkedInAt"]!.string!)!)
        #expect(answer["newPoints"]?.integer == Int64(model.events[event]!.points))
        #expect(answer["totalPoints"]?.integer == Int64(model.holders[holder]!.shown))
    }

    private mutating func cancel() async throws -> String {
        guard !model.checkIns.isEmpty else { return "nothing to cancel" }
        // Mostly a late one, whose points may be spent.
        let index = max(0, model.checkIns.count - 1 - Int.random(in: 0..<12, using: &generator))
        let isForced = Bool.random(using: &generator)
        let reasons = model.reasonsAgainstCancelling(index, isForced: isForced)
        let params: JSON = ["checkInId": .string(model.checkIns[index].id)]
        let force: JSON = isForced ? ["force": true, "reason": "a script"] : [:]
        let person: SceneData.Person = model.checkIns[index].event == 4 ? .otherAdministrator : .administrator
        if let answer = await call(person, "checkIn.cancel", params.merged(with: force), reasons) {
            model.cancel(index)
            let shown = model.holders[model.checkIns[index].holder]!.shown
            #expect(answer["totalPoints"]?.integer == Int64(shown))
            if shown < 0 { note("owed") }
        }
        return "check-in \(index) is cancelled, forced: \(isForced)"
    }

    private mutating func spend() async throws -> String {
        let holder = any(Self.holders)
        let points = Int.random(in: 1...12, using: &generator)
        do {
            try await scene.spend(points, .init(holder))
            #expect(points <= model.holders[holder]!.saved)
            model.holders[holder]!.saved -= points
            note("spent")
        } catch let refusal as Refusal {
            #expect(refusal.kind == .ledgerInsufficient && points > model.holders[holder]!.saved)
            note("ledger.insufficient")
        }
        return "holder \(holder) spends \(points)"
    }

    private mutating func toggleCard() async throws -> String {
        let holder = any(Self.holders)
        let isBlocked = model.holders[holder]!.isCardBlocked
        let params: JSON = ["cardNumber": .string(Scene.Holder(holder).number), "reason": "a script"]
        _ = await call(administrator(of: holder), isBlocked ? "card.unblock" : "card.block", params, [])
        model.holders[holder]!.isCardBlocked.toggle()
        return "the card of holder \(holder) is blocked or not"
    }

    private mutating func toggleHolder() async throws -> String {
        let holder = any(Self.holders)
        let isBlocked = model.holders[holder]!.isBlocked
        let params: JSON = [
            "passHolderId": .string(Scene.Holder(holder).id.text), "reason": "a script",
            "cardSystemId": .string(Scene.Holder(holder).cardSystem.text),
        ]
        _ = await call(administrator(of: holder), isBlocked ? "passHolder.unblock" : "passHolder.block", params, [])
        model.holders[holder]!.isBlocked.toggle()
        return "holder \(holder) is blocked or not"
    }

    private func administrator(of holder: Int) -> SceneData.Person {
        Scene.Holder(holder).cardSystem == SceneData.here ? .administrator : .otherAdministrator
    }

    private mutating func changeLimit() async throws -> String {
        let event = any([1, 2, 3, 4])
        model.events[event]!.points = Int.random(in: 0...20, using: &generator)
        let period = any(PeriodLimit.Period.allCases)
        let volume = Int.random(in: 1...4, using: &generator)
        model.events[event]!.limit = Bool.random(using: &generator) ? (volume, period) : nil
        try await changeSettings(of: event)
        return "event \(event) has other settings"
    }

    private func changeSettings(of event: Int) async throws {
        let settings = model.events[event]!
        try await scene.settings(
            of: SceneData.event(event), points: settings.points,
            limit: settings.limit.map { Scene.limit($0.volume, per: $0.period) } ?? nil)
    }

    private mutating func fixPillar() async throws -> String {
        fixed = any([1, 3])
        try await scene.fix(pillars[3]!, on: SceneData.event(fixed))
        return "the second pillar is fixed on \(fixed)"
    }

    /// Something that was said before is said again, and means nothing new.
    private mutating func repeatCall() async -> String {
        guard !made.isEmpty else { return "nothing to repeat" }
        let call = any(made)
        let answer = await scene.call(call.peer, call.method, call.params, key: call.key)
        #expect(answer == call.answer)
        note("repeated")
        return "\(call.method) \(call.key) is said again"
    }

    private mutating func moveClock() async throws -> String {
        let halves = any([1, 1, 2, 5, 11, 23, 48])
        try await scene.advance(.minutes(30 * halves))
        return "it is \(scene.now.text)"
    }
}
