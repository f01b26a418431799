import CardRules
import JSONRPC

enum OpportunityEnd: Method {
    static let declaration = Declaration(
        "opportunity.end", .writes, by: [.cardSystemAdministrator, .operator],
        "Brings the end date of an opportunity status nearer, to today at the earliest.",
        details: "The grace after it stays. Who loses the status at once gets an ordinary card.",
        refusals: [
            .cardSystemNotFound, .passHolderNotFound, .cardNotFound, .cardNotActive, .opportunityNone,
            .opportunityDatePassed, .opportunityEndsEarlier,
        ], bulk: true)

    struct Params: Parameters {
        let named: NamedHolder
        let endDate: CivilDate
        let reason: String

        init(from reader: inout ParameterReader) {
            named = NamedHolder(from: &reader)
            endDate = reader.required("endDate", "The last entitled day.")
            reason = reader.required("reason", "Why; for administrators only.")
        }
    }

    static func run(_ params: Params, in call: Call) throws -> MembershipRecord {
        let status = try call.lockedOpportunity(params.named)
        try OpportunityRules.shorten(
            to: params.endDate, status.facts.status, today: Brussels.date(call.now), pointer: params.named.pointer
        ).refuse()
        return try status.change(
            .shortened, endDate: params.endDate, suspendedUntil: status.suspendedUntil, reason: params.reason, in: call)
    }
}
