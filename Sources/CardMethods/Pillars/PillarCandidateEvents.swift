import CardRules
import JSONRPC
import Postgres

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
