import CardRules
import JSONRPC
import Postgres

/// A pillar and an event.
struct PillarEventParams: Parameters {
    let pillar: PillarID
    let event: EventID

    init(from reader: inout ParameterReader) {
        pillar = reader.required("pillarId", "The pillar.")
        event = reader.required("eventId", "The event's cdbid.")
    }
}

/// A pillar.
struct PillarParams: Parameters {
    let pillar: PillarID
    init(from reader: inout ParameterReader) { pillar = reader.required("pillarId", "The pillar.") }
}

enum PillarSetFixedEvent: Method {
    static let declaration = Declaration(
        "pillar.setFixedEvent", .writes, by: [.cardSystemAdministrator, .operator],
        "Fixes a pillar on an event; that wins over what a counter chose (KIO-03, KIO-05).",
        refusals: [
            .pillarNotFound, .eventNotFound, .pillarEventNotAcceptable, .eventNotPublished, .eventUnavailable,
            .eventNoFutureOpening,
        ])

    static func run(_ params: PillarEventParams, in call: Call) throws -> PillarRecord {
        let pillar = try call.pillar(params.pillar, lock: true)
        try call.requireAcceptable(params.event, for: pillar)
        call.audit.changedFields = ["fixedEventId"]
        try call.transaction.execute(
            "update pillar set fixed_event_id = \(params.event), version = version + 1 where id = \(pillar.id)")
        return try call.pillar(pillar.id).warned(call)
    }
}

enum PillarClearFixedEvent: Method {
    static let declaration = Declaration(
        "pillar.clearFixedEvent", .writes, by: [.cardSystemAdministrator, .operator],
        "Lets a pillar show the counter's choice or the automatic event again (KIO-06).",
        refusals: [.pillarNotFound, .pillarNoFixedEvent])

    static func run(_ params: PillarParams, in call: Call) throws -> PillarRecord {
        let pillar = try call.pillar(params.pillar, lock: true)
        if pillar.fixedEvent == nil { throw Refusal(.pillarNoFixedEvent) }
        call.audit.changedFields = ["fixedEventId"]
        try call.transaction.execute(
            "update pillar set fixed_event_id = null, version = version + 1 where id = \(pillar.id)")
        return try call.pillar(pillar.id)
    }
}

enum PillarChooseEvent: Method {
    static let declaration = Declaration(
        "pillar.chooseEvent", .writes, by: [.counterStaff, .cardSystemAdministrator, .operator],
        "A counter chooses the event of its pillar; without an event, the choice is automatic again.",
        details: "An administrator's fixed event wins over the choice (KIO-03).",
        refusals: [
            .pillarNotFound, .eventNotFound, .pillarEventNotAcceptable, .eventNotPublished, .eventUnavailable,
            .eventNoFutureOpening,
        ])

    struct Params: Parameters {
        let pillar: PillarID
        let event: EventID?

        init(from reader: inout ParameterReader) {
            pillar = reader.required("pillarId", "The pillar.")
            event = reader.optional("eventId", "The event's cdbid; absent: the pillar chooses by itself.")
        }
    }

    static func run(_ params: Params, in call: Call) throws -> PillarRecord {
        let pillar = try call.pillar(params.pillar, lock: true)
        if let event = params.event { try call.requireAcceptable(event, for: pillar) }
        call.audit.changedFields = ["chosenEventId"]
        try call.transaction.execute(
            "update pillar set chosen_event_id = \(params.event), version = version + 1 where id = \(pillar.id)")
        return try call.pillar(pillar.id).warned(call)
    }
}

enum PillarCandidateEvents: Method {
    static let declaration = Declaration(
        "pillar.candidateEvents", .reads, by: [.counterStaff, .cardSystemAdministrator, .operator],
        "Ranks the events that a pillar can choose from, with the reasons against each.",
        details:
            "The first that takes check-ins is the automatic choice: its opening's start is nearest to now, either "
            + "side; ties go by cdbid.",
        refusals: [.pillarNotFound])

    struct Result: ResultRecord {
        let candidates: [CandidateView]
        static let fields: [ResultField<Result>] = [.init("candidates", "Best first.") { $0.candidates }]
    }

    static func run(_ params: PillarParams, in call: Call) throws -> Result {
        let pillar = try call.pillar(params.pillar)
        let facts = try call.facts(of: pillar)
        let events = call.services.directory.candidates(for: pillar.id)?.events ?? []
        return Result(
            candidates: PillarRules.candidates(for: facts, among: events, at: call.now).map(CandidateView.init))
    }
}

/// One event that a pillar looks at.
struct CandidateView: ResultRecord {
    let candidate: PillarRules.Candidate

    init(_ candidate: PillarRules.Candidate) { self.candidate = candidate }

    static let fields: [ResultField<CandidateView>] = [
        .init("eventId", "The event's cdbid.") { $0.candidate.event.id },
        .init("name", "What it is called.") { $0.candidate.event.name },
        .init("takesCheckIns", "Whether it takes check-ins now.") { $0.candidate.distance != nil },
        .init("distanceSeconds", "From now to the start of its current opening, either side.") {
            $0.candidate.distance.map { Int($0.microseconds / 1_000_000) }
        },
        .init("checkInsUntil", "When its check-ins end.") {
            if case .open(let window) = $0.candidate.checkIns { window.end } else { nil as Instant? }
        },
        .init("nextOpensAt", "When it next takes check-ins.") {
            if case .closed(_, let opens) = $0.candidate.checkIns { opens } else { nil as Instant? }
        },
        .init("reasons", "Why it takes none.") {
            if case .closed(let reasons, _) = $0.candidate.checkIns { reasons.map(ReasonView.init) } else { [] }
        },
    ]
}

/// A reason on its own, outside of a refusal.
struct ReasonView: ResultRecord {
    let reason: Reason

    init(_ reason: Reason) { self.reason = reason }

    static let fields: [ResultField<ReasonView>] = [
        .init("kind", "What it means, as in refusals.") { $0.reason.kind.rawValue },
        .init("pointer", "The field it is about, as a JSON pointer.") { $0.reason.pointer },
        .init("message", "For people.") { $0.reason.kind.text },
        .init("details", "What else is known.") { view -> JSON? in
            view.reason.details.isEmpty ? nil : JSON.object(JSONObject(view.reason.details.map(\.member)))
        },
    ]
}

extension Reason.Detail {
    /// The detail as a member of a JSON object.
    var member: JSONObject.Member {
        switch value {
        case .text(let text): .init(name: name, value: .string(text))
        case .number(let number): .init(name: name, value: .integer(Int64(number)))
        case .instant(let instant): .init(name: name, value: .string(instant.text))
        case .list(let items): .init(name: name, value: .array(items.map { .object(JSONObject($0.map(\.member))) }))
        }
    }
}
