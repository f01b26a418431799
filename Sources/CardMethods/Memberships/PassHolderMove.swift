import CardRules
import JSONRPC
import Postgres

enum PassHolderMove: Method {
    static let declaration = Declaration(
        "passHolder.move", .writes, by: .staff(.passHolderRegister),
        "Moves somebody to another card system's region: address, new membership, end of the old entitlement (R-068).",
        details:
            "Done by the card system that the person moves to; the old one hears of it in its own trail. There the "
            + "opportunity status ends that day and its card is blocked; the membership stays, as an ordinary one. "
            + "Points stay. `passHolder.previewMove` tells beforehand.",
        refusals: [
            .cardSystemNotFound, .counterNotFound, .counterNotInCardSystem, .passHolderNotFound, .cardNotFound,
            .cardBlocked, .cardNotActive, .cardNotInStock, .cardNotAtCounter, .cardOtherCardSystem,
            .cardStatusMismatch, .permissionNotHeld, .registrationForeignNotAllowed, .registrationOpportunityNotAllowed,
            .registrationOtherMunicipality, .passHolderBlocked, .membershipNotFound, .membershipExists,
            .membershipCardNeeded, .postalCodeNotInCardSystem, .addressOutsideRegion, .cityNotOfPostalCode,
            .opportunityDatePassed,
            .priceUnknown, .priceChanged, .passVoucherUnknown, .passVoucherUsed, .passVoucherVoid,
            .passVoucherNotValidNow, .passVoucherOtherCardSystem, .passVoucherOtherMunicipality,
            .passVoucherNotApplicable,
        ])

    struct Result: ResultRecord {
        let holder: PassHolderID
        let membership: MembershipRecord
        let cardNumber: CardNumber?
        let endedStatus: Bool

        static let fields: [ResultField<Result>] = [
            .init("passHolderId", "The person.") { $0.holder },
            .init("membership", "That of the new card system.") { $0.membership },
            .init("cardNumber", "The card that was issued, active now.") { $0.cardNumber },
            .init("endedOpportunityStatus", "The status in the old card system has ended, its card is blocked.") {
                $0.endedStatus
            },
        ]
    }

    static func run(_ params: MoveParams, in call: Call) throws -> Result {
        let (reading, left, decision) = try call.decide(params, isChanging: true)
        call.audit.cardSystem = params.to
        call.audit.object(reading.holder)
        call.audit.changedFields = ["memberships"]
        let writing = MembershipWriting(
            reading: reading, request: params.change.request, priceReason: .removal,
            status: decision.opportunityEndDate.map(StatusChange.granted) ?? .ends)
        let quote = decision.change == nil ? nil : try writing.quote(params.change.sale, in: call)
        try (decision.reasons + (quote?.reasonsAgainst(params.change.sale) ?? [])).refuse()
        if let left, decision.endsStatus { try end(left, in: call) }
        let issue = decision.change == nil ? nil : try writing.write(quote, in: call)
        if let address = params.change.request.newAddress { try call.write(address, of: reading.holder) }
        try call.tellMemberships(of: reading.holder)
        guard let membership = try call.membership(of: reading.holder, in: params.to) else {
            preconditionFailure("It was made, or was there.")
        }
        return Result(
            holder: reading.holder, membership: membership, cardNumber: issue?.number, endedStatus: decision.endsStatus)
    }

    /// The old membership stays as an ordinary one, without the card that was for its status. It is another card
    /// system's, so the platform writes it.
    private static func end(_ left: HeldMembership, in call: Call) throws {
        _ = try call.asPlatform {
            try call.transaction.run(
                (left.hasOpportunityCard ? MembershipWriting.end(left, for: .removal, in: call) : []) + [
                    """
                    update membership set opportunity_end_date = null, opportunity_suspended_until = null,
                        changed_at = \(call.now),
                        current_card_id = case when \(left.hasOpportunityCard) then null else current_card_id end,
                        version = version + 1
                    where id = \(left.id)
                    """
                ]
                    + OpportunityChange(
                        kind: .ended, membership: left.id, cardSystem: left.cardSystem, previousEndDate: left.endDate,
                        endDate: nil, counter: call.caller.counter?.id
                    ).statements(in: call))
        }
    }
}
