import CardRules
import JSONRPC
import Postgres
import Testing

@testable import CardMethods

/// A script under way. The clock stands a few minutes after each ten minutes, where no day and no reservation ends.
struct TicketScript {
    let scene: Scene
    var model: TicketModel
    /// How often each kind of outcome was seen.
    var outcomes: [String: Int] = [:]
    var generator: SeededGenerator
    /// What was answered otherwise than the model tells, in the last step.
    var difference: String?
    var isSwept = true
    let peers: [SceneData.Person: Peer]
    let couponIDs: [Int: JSON]
    let keyIDs: [JSON]
    /// Calls that were made with a key, and what was answered.
    var made: [(peer: Peer, method: String, params: JSON, key: String, answer: Result<JSON, RPCError>)] = []

    /// Opportunity tariffs that were asked for, with the instant and what was answered.
    var asked: [(buyer: TicketModel.Buyer, peer: Peer, params: JSON, answer: JSON)] = []

    init(_ scene: Scene, seed: UInt64, from start: String) async throws {
        self.scene = scene
        generator = SeededGenerator(seed: seed)
        try await scene.move(to: start)
        model = TicketScriptWorld.model(from: Instant(text: start)!)
        keyIDs = try await scene.make(&model)
        peers = Dictionary(
            uniqueKeysWithValues: try await SceneData.Person.allCases.asyncMap { ($0, try await scene.peer($0)) })
        let coupons = try await TicketModel.System.allCases.asyncMap { system in
            try await scene.ok(
                scene.peer(.operating), "coupon.list", ["cardSystemId": .string(system.id.text)])["items"]!.array!
        }.flatMap(\.self)
        couponIDs = Dictionary(
            uniqueKeysWithValues: coupons.map { (Int($0["tariffId"]!.string!.dropFirst(7))!, $0.id) })
    }

    /// Does something, and tells what.
    mutating func step() async throws -> String {
        switch Int.random(in: 0..<100, using: &generator) {
        case 0..<14: return await compute()
        case 14..<18: return await askAgain()
        case 18..<40: return await sell(isReserving: false)
        case 40..<52: return await sell(isReserving: true)
        case 52..<60: return await confirm()
        case 60..<70: return await cancel()
        case 70..<75: return await restore()
        case 75..<79: return try await changeLimit()
        case 79..<81: return await toggleCard()
        case 81..<83: return await chooseKeys()
        case 83..<86: return try await changeCoupon()
        case 86..<88: return await list()
        case 88..<91: return await repeatCall()
        default: return try await moveClock()
        }
    }

    mutating func any<Element>(_ elements: [Element]) -> Element { elements.randomElement(using: &generator)! }

    mutating func note(_ outcome: String) { outcomes[outcome, default: 0] += 1 }

    mutating func expect<Value: Equatable>(_ value: Value, _ expected: Value, _ what: String) {
        if value != expected, difference == nil { difference = "\(what) is \(value), ought to be \(expected)" }
    }

    func peer(_ actor: TicketModel.Actor) -> Peer {
        switch actor {
        case .counter(.library): peers[.librarian]!
        case .counter(.museum): peers[.guide]!
        case .counter(.elsewhere): peers[.clerkElsewhere]!
        case .administrator(.here): peers[.administrator]!
        case .administrator(.there): peers[.otherAdministrator]!
        }
    }

    /// Makes a call under a key, and remembers it. What is against it must be just what was expected.
    mutating func call(
        _ peer: Peer, _ method: String, _ params: JSON, _ expected: Set<String>, withPlaces: Bool = false
    ) async -> JSON? {
        let key = scene.nextKey()
        let answer = await scene.call(peer, method, params, key: key)
        made.append((peer, method, params, key, answer))
        for reason in expected { note(String(reason.prefix { $0 != " " })) }
        if expected.isEmpty { note(method) }
        switch answer {
        case .success(let json):
            expect([], expected, "what is against \(method) \(params.text)")
            return expected.isEmpty ? json : nil
        case .failure(let error):
            let reasons = error.data?["reasons"]?.array
            let places = reasons?.map {
                "\($0["kind"]!.string!) \($0["pointer"]?.string?.split(separator: "/").dropFirst().first ?? "")"
            }
            expect(
                withPlaces && reasons != nil ? Set(places!) : Set(answer.kinds), expected,
                "what is against \(method) \(params.text)")
            return nil
        }
    }

    /// What differs from the model after a step; `nil` if nothing does.
    mutating func fault() async throws -> String? {
        if difference == nil, isSwept { return try await faultAfterSweep() }
        return difference
    }

    /// What is kept in numbers, once nothing that lapsed is left in them.
    mutating func faultAfterSweep() async throws -> String? {
        expect(try await scene.settled(), model.owed(), "what is owed")
        expect(try await scene.ticketsOfGroup(model), model.groupTickets(at: scene.now), "the group's year")
        for (index, coupon) in model.coupons.enumerated() where coupon.budget != nil {
            let spent: Int = try await scene.value("select spent_cents from coupon where number = \(coupon.number)")
            expect(spent, model.spent(index, at: scene.now), "what \(coupon.name) spent")
        }
        for system in TicketModel.System.allCases {
            let actor = TicketModel.Actor.administrator(system)
            let sums = try await scene.ok(peer(actor), "ticketSale.totals")["sums"]!.array!
            expect(
                Dictionary(uniqueKeysWithValues: sums.map(TicketScript.sum)), model.totals(of: system, at: scene.now),
                "totals \(system)")
        }
        return difference
    }
}

extension TicketModel.Offer {
    var text: String {
        let parts = parts.map { "\($0.payer.rawValue) \($0.whom) \($0.cents)" }
        return "\(name) \(tariff) \(system.id.text) \(price) \(remaining) \(parts)"
    }
}

extension TicketScript {
    /// An offer, or a sale.
    static func offer(_ json: JSON) -> String { offer(json, remaining: Int(json["remaining"]!.integer!)) }

    static func offer(_ json: JSON, remaining: Int) -> String {
        let parts = json["shares"]!.array!.map {
            "\($0["payer"]!.string!) \($0["id"]?.string ?? "-") \($0["cents"]!.integer!)"
        }
        let name = (json["name"] ?? json["tariffName"])!.string!
        return "\(name) \(json["tariffId"]!.string!) \(json["cardSystemId"]!.string!) \(json["priceCents"]!.integer!)"
            + " \(remaining) \(parts)"
    }

    static func sum(_ json: JSON) -> (String, [Int]) {
        let numbers = ["count", "regularPriceCents", "priceCents"].map { Int(json[$0]!.integer!) }
        let shares = Payer.allCases.map { payer in
            json["shares"]!.array!.first { $0["payer"]?.string == payer.rawValue }?["cents"]?.integer ?? 0
        }
        return (json["tariffId"]!.string!, numbers + shares.map { Int($0) })
    }
}

extension Scene {
    /// What the ledger says is owed, by kind and owner, in cents.
    func settled() async throws -> [String: Int] {
        try await owner.transaction { transaction in
            let rows = try transaction.query(
                """
                select a.kind || ' ' || a.owner_id, sum(case when (a.id = t.credit_account_id)
                    = (a.normal_side = 'credit') then t.amount else -t.amount end)::bigint
                from ledger_account a join transfer t on a.id in (t.credit_account_id, t.debit_account_id)
                where a.kind like 'settlement.%' group by 1
                """)
            let sums = try rows.map { (try $0[0] as String, try $0[1] as Int) }
            return Dictionary(uniqueKeysWithValues: sums).filter { $0.value != 0 }
        }
    }

    /// What is left of the group's year, as it is kept.
    func ticketsOfGroup(_ model: TicketModel) async throws -> Int {
        try await value(
            """
            select coalesce((select remaining from group_allowance where group_pass_id = \(SceneData.group)
                and year = \(Brussels.date(now).year)), \(model.group.ticketsPerYear))
            """)
    }
}
