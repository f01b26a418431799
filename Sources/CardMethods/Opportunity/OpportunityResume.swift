import CardRules
import JSONRPC

enum OpportunityResume: Method {
    static let declaration = Declaration(
        "opportunity.resume", .writes, by: [.cardSystemAdministrator, .operator],
        "Ends the suspension of an opportunity status before its last day (OPP-04).",
        refusals: [
            .cardSystemNotFound, .passHolderNotFound, .cardNotFound, .cardNotActive, .opportunityNone,
            .opportunityNotSuspended,
        ], bulk: true)

    struct Params: Parameters {
        let named: NamedHolder
        let reason: String?

        init(from reader: inout ParameterReader) {
            named = NamedHolder(from: &reader)
            reason = reader.optional("reason", "Why; for administrators only.")
        }
    }

    static func run(_ params: Params, in call: Call) throws -> MembershipRecord {
        let status = try call.lockedOpportunity(params.named)
        try OpportunityRules.resume(status.facts.status, pointer: params.named.pointer).refuse()
        return try status.change(
            .resumed, endDate: status.endDate, suspendedUntil: nil, reason: params.reason, in: call)
    }
}
