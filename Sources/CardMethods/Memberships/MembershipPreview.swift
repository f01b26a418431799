import CardRules
import JSONRPC

enum MembershipPreview: Method {
    static let declaration = Declaration(
        "membership.preview", .reads, by: .staff(.passHolderRegister),
        "Tells what `membership.set` with the same parameters would do, and everything that is against it (MEM-01 to "
            + "MEM-05).",
        refusals: [
            .cardSystemNotFound, .counterNotFound, .counterNotInCardSystem, .passHolderNotFound, .cardNotFound,
            .cardBlocked, .cardNotActive,
        ])

    struct Result: ResultRecord {
        let decision: MembershipDecision
        let replaced: MembershipRecord?

        static let fields: [ResultField<Result>] = [
            .init("change", "What it does to the memberships there are.") { $0.decision.change },
            .init("replacedMembership", "The membership that is replaced.") { $0.replaced },
            .init("opportunityEndDate", "The last entitled day then; absent without opportunity status.") {
                $0.decision.opportunityEndDate
            },
            .init("addressChangeRequired", "The status needs a new address in the card system (MEM-04).") {
                $0.decision.isAddressChangeRequired
            },
            .init("priceReason", "What it is done for; the price depends on it.") { $0.decision.priceReason },
            .init("reasons", "Everything that is against it; none if it can be done.") {
                $0.decision.reasons.map(ReasonView.init)
            },
        ]
    }

    static func run(_ params: MembershipParams, in call: Call) throws -> Result {
        let (reading, decision) = try call.decide(params, isChanging: false)
        let isReplaced = decision.change == .replaceMembership
        return Result(
            decision: decision,
            replaced: isReplaced ? try call.membership(of: reading.holder, in: params.cardSystem) : nil)
    }
}

extension Call {
    /// What becomes of a request for a membership: the same for preview and set.
    func decide(
        _ params: MembershipParams, isChanging: Bool
    ) throws -> (reading: MembershipReading, decision: MembershipDecision) {
        try requireCardSystem(params.cardSystem)
        try require(serves(params.cardSystem))
        let reading = try MembershipReading(
            try person(params.person), in: params.cardSystem, params.change, isChanging: isChanging, self)
        let decision = MembershipRules.decide(
            params.change.request, reading.facts(), today: Brussels.date(now))
        return (reading, decision)
    }
}
