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
