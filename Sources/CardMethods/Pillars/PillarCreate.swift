import CardRules
import JSONRPC
import Postgres

enum PillarCreate: Method {
    static let declaration = Declaration(
        "pillar.create", .writes, by: [.cardSystemAdministrator, .operator],
        "Makes a pillar at one or more counters, and the code that sets its device up.",
        details: "The code is shown once: 80 random bits, one use, 24 hours.",
        refusals: [.cardSystemNotFound, .counterNotFound, .pillarNameTaken], answersSecret: true)

    struct Params: Parameters {
        let cardSystem: CardSystemID
        let name: String
        let counters: [CounterID]
        let showsCheckInCode: Bool
        let whenFixedEventEnds: WhenFixedEventEnds

        init(from reader: inout ParameterReader) {
            cardSystem = reader.required("cardSystemId", "Whose pillar it will be.")
            name = reader.required("name", "What it is called, unique in the card system: CID-EEK-001.")
            counters = reader.required("counterIds", "The counters whose events it may show; at least one.")
            showsCheckInCode = reader.optional(
                "showsCheckInCode", default: false, "Whether it shows a QR code to check in by phone.")
            whenFixedEventEnds = reader.optional(
                "whenFixedEventEnds", default: .strict, "What it does while its fixed event takes no check-ins.")
            if counters.isEmpty { reader.refuse("counterIds", "must name at least one counter") }
        }
    }

    struct Result: ResultRecord {
        let pillar: PillarRecord
        let code: SetUpCodeView

        static let fields: [ResultField<Result>] = [
            .init("pillar", "The new pillar.") { $0.pillar },
            .init("setUpCode", "For the device; never shown again.") { $0.code },
        ]
    }

    static func run(_ params: Params, in call: Call) throws -> Result {
        guard call.scope.administers(params.cardSystem),
            try call.transaction.first("select from card_system where id = \(params.cardSystem)") != nil
        else { throw Refusal(.cardSystemNotFound, at: "/cardSystemId") }
        let id: PillarID = call.newID()
        call.audit.cardSystem = params.cardSystem
        call.audit.object(id)
        let code = SetUpCode(at: call.realNow)
        try call.transaction.execute(
            """
            insert into pillar (id, card_system_id, name, shows_check_in_code, when_fixed_event_ends, set_up_code_hash,
                set_up_code_expires_at, created_at)
            values (\(id), \(params.cardSystem), \(params.name), \(params.showsCheckInCode),
                \(params.whenFixedEventEnds.rawValue), \(code.hash), \(code.expiresAt), \(call.now))
            """)
        try PillarCounters.set(params.counters, of: id, cardSystem: params.cardSystem, in: call)
        return Result(pillar: try call.pillar(id), code: SetUpCodeView(code: code.text, expiresAt: code.expiresAt))
    }
}

/// Which counters' events a pillar may show.
enum PillarCounters {
    /// Replaces the set. Refuses counters that are not of the pillar's card system.
    static func set(_ counters: [CounterID], of pillar: PillarID, cardSystem: CardSystemID, in call: Call) throws {
        let wanted = Array(Set(counters))
        let known = try call.transaction.query(
            "select id from counter where card_system_id = \(cardSystem) and id = any (\(wanted))")
        if known.count != wanted.count { throw Refusal(.counterNotFound, at: "/counterIds") }
        _ = try call.transaction.run([
            "delete from pillar_counter where pillar_id = \(pillar) and counter_id <> all (\(wanted))",
            """
            insert into pillar_counter (card_system_id, pillar_id, counter_id)
            select \(cardSystem), \(pillar), counter_id from unnest(\(wanted)) as counter_id on conflict do nothing
            """,
        ])
    }
}

/// The code by which a device becomes a pillar. Its text exists only in the answer that made it.
struct SetUpCode {
    let text: String
    let expiresAt: Instant
    var hash: [UInt8] { Secret.hash(text) }

    init(at realNow: Instant) {
        text = Secret.make(prefix: "", bytes: 10)
        expiresAt = realNow + .hours(24)
    }
}

/// A set-up code, as it is handed out.
struct SetUpCodeView: ResultRecord {
    let code: String
    let expiresAt: Instant

    static let fields: [ResultField<SetUpCodeView>] = [
        .init("code", "Type it into the device; spaces, hyphens and case do not matter.") { $0.code },
        .init("expiresAt", "Until when it can be used; real time.") { $0.expiresAt },
    ]
}
