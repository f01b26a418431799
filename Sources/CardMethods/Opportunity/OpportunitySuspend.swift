import CardRules
import JSONRPC

enum OpportunitySuspend: Method {
    static let declaration = Declaration(
        "opportunity.suspend", .writes, by: [.cardSystemAdministrator, .operator],
        "Suspends an opportunity status until a day; points and exchanges go on (OPP-04, R-083).",
        details: "It counts again from the day after, by itself. Counters see that it is suspended, never why.",
        refusals: [
            .cardSystemNotFound, .passHolderNotFound, .cardNotFound, .cardNotActive, .opportunityNone,
            .opportunityDatePassed,
        ], bulk: true)

    struct Params: Parameters {
        let named: NamedHolder
        let until: CivilDate
        let reason: String

        init(from reader: inout ParameterReader) {
            named = NamedHolder(from: &reader)
            until = reader.required("until", "The last suspended day.")
            reason = reader.required("reason", "Why; for administrators only.")
        }
    }

    static func run(_ params: Params, in call: Call) throws -> MembershipRecord {
        let status = try call.lockedOpportunity(params.named)
        try OpportunityRules.suspend(
            until: params.until, status.facts.status, today: Brussels.date(call.now), pointer: params.named.pointer
        ).refuse()
        return try status.change(
            .suspended, endDate: status.endDate, suspendedUntil: params.until, reason: params.reason, in: call)
    }
}
