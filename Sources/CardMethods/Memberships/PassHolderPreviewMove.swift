import CardRules
import JSONRPC

enum PassHolderPreviewMove: Method {
    static let declaration = Declaration(
        "passHolder.previewMove", .reads, by: .staff(.passHolderRegister),
        "Tells what `passHolder.move` with the same parameters would do, and everything that is against it.",
        refusals: [
            .cardSystemNotFound, .counterNotFound, .counterNotInCardSystem, .passHolderNotFound, .cardNotFound,
            .cardBlocked, .cardNotActive,
        ])

    struct Result: ResultRecord {
        let decision: MoveDecision

        static let fields: [ResultField<Result>] = [
            .init("change", "What it does to memberships of the new card system; absent if what is there stays.") {
                $0.decision.change
            },
            .init("endsOpportunityStatus", "The status in the old card system ends, and its card is blocked.") {
                $0.decision.endsStatus
            },
            .init("opportunityEndDate", "The last entitled day in the new card system, if a status is granted there.") {
                $0.decision.opportunityEndDate
            },
            .init("reasons", "Everything that is against it; none if it can be done.") {
                $0.decision.reasons.map(ReasonView.init)
            },
        ]
    }

    static func run(_ params: MoveParams, in call: Call) throws -> Result {
        Result(decision: try call.decide(params, isChanging: false).decision)
    }
}
