import CardRules
import JSONRPC

enum MembershipSet: Method {
    static let declaration = Declaration(
        "membership.set", .writes, by: .staff(.passHolderRegister),
        "Makes somebody a member of a card system, or grants or takes the opportunity status there (MEM-02 to MEM-08).",
        details:
            "Joining goes with a new card or, without status, with the card that the person has (R-065, R-066). The "
            + "status comes and goes with another card; the old one is blocked, points stay. A status is extended "
            + "elsewhere. `membership.preview` tells beforehand.",
        refusals: [
            .cardSystemNotFound, .counterNotFound, .counterNotInCardSystem, .passHolderNotFound, .cardNotFound,
            .cardBlocked, .cardNotActive, .cardNotInStock, .cardNotAtCounter, .cardOtherCardSystem,
            .cardStatusMismatch, .permissionNotHeld, .registrationForeignNotAllowed, .registrationOpportunityNotAllowed,
            .registrationOtherMunicipality, .passHolderBlocked, .membershipExists, .membershipCardNeeded,
            .postalCodeNotInCardSystem, .addressOutsideRegion, .cityNotOfPostalCode, .opportunityDatePassed,
            .priceUnknown, .priceChanged, .passVoucherUnknown, .passVoucherUsed, .passVoucherVoid,
            .passVoucherNotValidNow, .passVoucherOtherCardSystem, .passVoucherOtherMunicipality,
            .passVoucherNotApplicable,
        ])

    static func run(_ params: MembershipParams, in call: Call) throws -> MembershipChanged {
        let (reading, decision) = try call.decide(params, isChanging: true)
        call.audit.cardSystem = params.cardSystem
        call.audit.object(reading.holder)
        call.audit.changedFields = ["memberships"]
        let writing = MembershipWriting(
            reading: reading, request: params.change.request, priceReason: decision.priceReason, status: decision.status
        )
        let quote = try writing.quote(params.change.sale, in: call)
        try (decision.reasons + (quote?.reasonsAgainst(params.change.sale) ?? [])).refuse()
        let replaced = reading.membership(of: params.cardSystem)?.cardNumber
        let issue = try writing.write(quote, in: call)
        if let address = params.change.request.newAddress { try call.write(address, of: reading.holder) }
        try call.tellMemberships(of: reading.holder)
        guard let membership = try call.membership(of: reading.holder, in: params.cardSystem) else {
            preconditionFailure("It was made.")
        }
        return MembershipChanged(
            holder: reading.holder, membership: membership, cardNumber: issue?.number, replacedCardNumber: replaced,
            priceReason: decision.priceReason, price: quote?.price.price)
    }
}
