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
