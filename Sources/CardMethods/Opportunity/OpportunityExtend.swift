import CardRules
import JSONRPC

enum OpportunityExtend: Method {
    static let declaration = Declaration(
        "opportunity.extend", .writes, by: .staff(.passHolderRegisterOpportunity),
        "Extends the opportunity status of a resident: no new card is needed (PH-04, R-084, R-085).",
        details: "After the end date too. Where the day is the end date already, nothing changes. Residents of another "
            + "municipality than the counter's need the right for the whole card system (REG-07).",
        refusals: [
            .cardSystemNotFound, .passHolderNotFound, .cardNotFound, .cardNotActive, .opportunityNone,
            .passHolderBlocked, .postalCodeNotInCardSystem, .registrationOtherMunicipality, .opportunityDatePassed,
            .opportunityEndsLater,
        ], bulk: true)

    struct Params: Parameters {
        let named: NamedHolder
        let endDate: CivilDate?

        init(from reader: inout ParameterReader) {
            named = NamedHolder(from: &reader)
            endDate = reader.optional("endDate", "The last entitled day; 30 April of next year if absent (REG-09).")
        }
    }

    static func run(_ params: Params, in call: Call) throws -> MembershipRecord {
        let status = try call.lockedOpportunity(params.named)
        let today = Brussels.date(call.now)
        let endDate = params.endDate ?? OpportunityStatus.defaultEndDate(on: today)
        try OpportunityRules.extend(to: endDate, status.facts, today: today, pointer: params.named.pointer).refuse()
        if endDate == status.endDate { return try status.record(in: call) }
        return try status.change(.extended, endDate: endDate, suspendedUntil: status.suspendedUntil, in: call)
    }
}
