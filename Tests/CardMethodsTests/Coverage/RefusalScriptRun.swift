import CardRules
import JSONRPC
import Postgres
import TestSupport
import Testing

@testable import CardMethods

/// Takes the steps of a refusal's script. A step is one of
///
/// - `who method {params}`: who is a person of the scene, a stranger, or a token. Capitals stand for what the scene
///   holds; `<1 pillar id>` for a member of the first step's answer;
/// - `who register {params}`: registers a person, but for what the parameters say otherwise;
/// - `who import number place calendar`: brings an event in;
/// - `pillar name place`: makes a pillar;
/// - `advantage type columns`: an advantage, with columns that are set otherwise;
/// - `order cents`: has an order wait for its payment;
/// - `ledger give points`, `ledger spend points`, `ledger hold points`, `ledger void`, `ledger reverse`: of the first
///   holder's points;
/// - `jobs work`: does what jobs have to do; `jobs erase`: as after eight days;
/// - `without permission`: takes it from all counters; `without clock.control`: the daemon is set so.
struct RefusalScriptRun {
    let scene: Scene
    private var answers: [JSON] = []
    private var hold: HoldID?

    init(_ scene: Scene) { self.scene = scene }

    /// The kinds of the reasons against a step; empty if it was done.
    mutating func take(_ step: String) async throws -> [String] {
        let words = step.split(separator: " ", maxSplits: 2).map(String.init)
        switch words[0] {
        case "without": return try await withdraw(words[1])
        case "jobs": return try await work(words[1])
        case "advantage":
            try await scene.advantage(1, AdvantageType(rawValue: words[1])!)
            try await scene.raw("update advantage set \(filled(words[2]))")
            return []
        case "order":
            answers.append(try await scene.pendingOrder(cents: Int(words[1])!))
            return []
        case "ledger": return try await move(words[1], words.count > 2 ? Int(words[2])! : 0)
        case "pillar":
            answers.append(try await scene.create(pillar: words[1], at: [Self.place(words[2])]))
            return []
        default: break
        }
        let words2 = filled(step).split(separator: " ", maxSplits: 2).map(String.init)
        let who = try await peer(words2[0])
        switch words2[1] {
        case "register":
            let params = try Self.person.merged(with: JSON(parsing: Array(words2[2].utf8)))
            return await call(who, "passHolder.register", params)
        case "import": return await call(who, "event.import", ["documents": [Self.document(words2[2])]])
        default: return await call(who, words2[1], try JSON(parsing: Array(words2[2].utf8)))
        }
    }

    private mutating func call(_ peer: Peer, _ method: String, _ params: JSON) async -> [String] {
        let result = await scene.call(peer, method, params)
        guard case .success(let answer) = result else { return result.kinds }
        answers.append(answer)
        // A document is refused by itself, the call is not.
        let reasons = (answer["outcomes"]?.array ?? []).flatMap { $0["reasons"]?.array ?? [] }
        return Set(reasons.compactMap { $0["kind"]?.string }).sorted()
    }

    // MARK: Words

    private func peer(_ word: String) async throws -> Peer {
        if word == "stranger" { return scene.stranger() }
        guard let person = SceneData.Person.allCases.first(where: { "\($0)" == word }) else {
            return try await scene.peer(token: word)
        }
        return try await scene.peer(person)
    }

    /// Those whose word the daemon takes.
    static let issuers = (try? IdentityIssuers(json: issuer.file)) ?? .none
    private static let issuer = TestIssuer()

    /// The issuer's word on somebody without INSZ.
    private var anonymousWord: String {
        (try? Self.issuer.word(["insz": nil], expiresAt: scene.soon).string) ?? "none"
    }

    private func filled(_ step: String) -> String {
        var text = step.replacing("WORD", with: anonymousWord)
        for (word, value) in Self.names { text = text.replacing(word, with: value) }
        for (index, answer) in answers.enumerated() {
            while let start = text.firstRange(of: "<\(index + 1) ")?.lowerBound,
                let end = text[start...].firstIndex(of: ">")
            {
                let path = text[start..<end].split(separator: " ").dropFirst()
                let value = path.reduce(answer) { json, name in
                    Int(name).map { json.array?[$0] ?? .null } ?? json[String(name)] ?? .null
                }
                text.replaceSubrange(start...end, with: value.string ?? "nothing")
            }
        }
        return text
    }

    private static let names: [(String, String)] = [
        ("TAKE", #"{"advantageId":"ADVANTAGE","cardNumber":"CARD1"}"#), ("ADVANTAGE", Scene.advantage(1).text),
        ("NOWHERE", ID<Never>(high: 0x0190_0000_0000_7000, low: 0x8000_0000_0000_0001).text),
        ("ELSEWHERE", SceneData.Place.elsewhere.counter.text), ("LIBRARY", SceneData.Place.library.counter.text),
        ("MUSEUM", SceneData.Place.museum.counter.text), ("THERE", SceneData.there.text), ("HERE", SceneData.here.text),
        ("GUIDE", SceneData.Person.guide.account.text), ("OPERATING", SceneData.Person.operating.account.text),
        ("EVENT1", SceneData.event(1).text), ("EVENT3", SceneData.event(3).text),
        ("HOLDER1", Scene.Holder(1).id.text), ("CARD1", Scene.Holder(1).number), ("CARD2", Scene.Holder(2).number),
        ("SCOUTS", SceneData.group.text),
        ("CHIP1", Scene.Holder(1).chip),
        ("STOCK", SceneData.stockCard), ("GROUP", SceneData.groupCard),
        ("OPEN", SceneData.openOnline), ("PERSON", person()), ("TWIN", person(email: "twin@example.org")),
        ("CHILD", person(born: "2020-05-01", insz: "20050100165")), ("OTHER", person(insz: "85031799807")),
        ("NEW1", CardNumber(prefix: "0900", serial: 911, opportunity: false)!.text),
        ("NEW2", CardNumber(prefix: "0900", serial: 912, opportunity: false)!.text),
    ]

    /// Somebody for whom a pass is ordered.
    private static func person(
        born: String = "1985-03-17", insz: String = "85031799708", email: String = "jan@example.org"
    ) -> String {
        SceneData.onlinePerson([
            "dateOfBirth": .string(born), "insz": .string(insz), "email": .string(email), "parentalConsent": true,
        ]).text
    }

    private static func place(_ word: String) -> SceneData.Place {
        SceneData.Place.allCases.first { "\($0)" == word }!
    }

    /// A man of 45 who lives in Eeklo, with all that is asked.
    static let person: JSON = [
        "cardSystemId": .string(SceneData.here.text), "name": "Peeters", "firstName": "Jan",
        "dateOfBirth": "1985-03-17", "gender": "male", "insz": "85031799708",
        "address": ["postalCode": "9900", "city": "Eeklo"], "legalTermsPaper": true, "cardType": "digital",
        "duplicateConfirmed": true,
    ]

    private static func document(_ words: String) -> JSON {
        let words = words.split(separator: " ").map(String.init)
        let (number, organizer) = (Int(words[0])!, place(words[1]).organizer)
        return switch words[2] {
        case "past": SceneDocuments.event(number, of: organizer, once("2030-06-01"))
        case "future": SceneDocuments.event(number, of: organizer, once("2030-06-10"))
        case "draft": SceneDocuments.event(number, of: organizer, SceneDocuments.always, workflow: "DRAFT")
        case "cancelled":
            SceneDocuments.event(
                number, of: organizer, SceneDocuments.always.merged(with: ["status": ["type": "Unavailable"]]))
        default: SceneDocuments.event(number, of: organizer, SceneDocuments.always)
        }
    }

    private static func once(_ day: String) -> JSON {
        SceneDocuments.once("\(day)T10:00:00+02:00", "\(day)T12:00:00+02:00")
    }

    // MARK: What no method does

    private func withdraw(_ permission: String) async throws -> [String] {
        if permission == "clock.control" { return [] }
        let rest = Permission.allCases.map(\.rawValue).filter { $0 != permission }
        let params: JSON = [
            "permissionGroupId": .string(SceneData.here.text), "permissions": .array(rest.map(JSON.string)),
        ]
        try await scene.ok(scene.peer(.administrator), "permissionGroup.update", params)
        return []
    }

    private func work(_ how: String) async throws -> [String] {
        if how == "work" { try await scene.work() } else { try await scene.eraseOldFiles() }
        return []
    }

    private mutating func move(_ how: String, _ points: Int) async throws -> [String] {
        do {
            switch how {
            case "give": try await scene.give(points, .init(1))
            case "spend": try await scene.spend(points, .init(1))
            case "hold": hold = try await scene.hold(points, of: .init(1), until: scene.now + .hours(1))
            case "void":
                let id = hold!
                try await scene.ledger { try LedgerHolds.void(id, $1, in: $0) }
            default:
                let group: TransferID = try await scene.value("select group_id from transfer where reason = 'checkIn'")
                try await scene.ledger { _ = try LedgerWriter.reverse(group, as: ID(at: $1.recordedAt), $1, in: $0) }
            }
            return []
        } catch let refusal as Refusal {
            return refusal.reasons.map(\.kind.rawValue)
        }
    }
}
