import CardRules
import JSONRPC
import Postgres

enum CardReplace: Method {
    static let declaration = Declaration(
        "card.replace", .writes, by: .staff(.cardBlock),
        "Gives somebody another card in place of the one that there is (R-060 to R-064, MEM-08, MEM-09).",
        details:
            "The old card is blocked, a defect one is done with; points and end date stay. A new card of the other "
            + "kind grants or takes the opportunity status, whatever reason is given, under the same rules as "
            + "`membership.set`. A digital card is of the kind that the membership is, unless a status is asked.",
        refusals: [
            .cardSystemNotFound, .counterNotFound, .counterNotInCardSystem, .passHolderNotFound, .cardNotFound,
            .cardNotActive, .cardReplaced, .cardNotInStock, .cardNotAtCounter, .cardOtherCardSystem,
            .cardStatusMismatch, .permissionNotHeld, .registrationForeignNotAllowed, .registrationOpportunityNotAllowed,
            .registrationOtherMunicipality, .passHolderBlocked, .membershipNotFound, .membershipExists,
            .postalCodeNotInCardSystem, .addressOutsideRegion, .cityNotOfPostalCode, .opportunityDatePassed,
            .priceUnknown, .priceChanged, .passVoucherUnknown, .passVoucherUsed, .passVoucherVoid,
            .passVoucherNotValidNow, .passVoucherOtherCardSystem, .passVoucherOtherMunicipality,
            .passVoucherNotApplicable,
        ])

    struct Params: Parameters {
        let number: CardNumber?
        let holder: PassHolderID?
        let cardSystem: CardSystemID?
        let reason: ReplacementReason?
        let change: MembershipChangeParams

        init(from reader: inout ParameterReader) {
            number = reader.optional("cardNumber", "The card that is replaced; or name the person and card system.")
            holder = reader.optional("passHolderId", "Whose current card it is.")
            cardSystem = reader.optional("cardSystemId", "Of which card system.")
            reason = reader.optional("reason", "Why; only where the kind of card stays the same (R-061).")
            change = MembershipChangeParams(from: &reader, card: "newCardNumber", isCardRequired: true)
            if reader.problems.isEmpty, (number == nil) == (holder == nil) || (holder == nil) != (cardSystem == nil) {
                reader.refuse("cardNumber", "give either cardNumber or passHolderId with cardSystemId")
            }
        }
    }

    static func run(_ params: Params, in call: Call) throws -> MembershipChanged {
        let (holder, cardSystem, old) = try named(params, in: call)
        call.audit.cardSystem = cardSystem
        call.audit.object(holder)
        call.audit.changedFields = ["memberships"]
        let reading = try MembershipReading(holder, in: cardSystem, params.change, isChanging: true, call)
        let request = params.change.request
        guard let membership = reading.membership(of: cardSystem), let card = request.card else {
            throw Refusal(.membershipNotFound, at: "/cardSystemId")
        }
        if let old, old != membership.card { throw Refusal(.cardReplaced, at: "/cardNumber") }
        let decision = ReplacementRules.decide(
            card, request, params.reason, hasCard: membership.card != nil,
            reading.facts(), today: Brussels.date(call.now))
        try decision.reasons.refuse()
        guard let reason = decision.priceReason else {
            throw InvalidParameters(problems: [
                Problem(pointer: "/reason", reason: "is missing: the new card is of the same kind as the old one")
            ])
        }
        let writing = MembershipWriting(
            reading: reading, request: request, priceReason: reason, status: decision.status)
        let quote = try writing.quote(params.change.sale, in: call)
        try (quote?.reasonsAgainst(params.change.sale) ?? []).refuse()
        let issue = try writing.write(quote, in: call)
        if let address = request.newAddress { try call.write(address, of: holder) }
        try call.tellMemberships(of: holder)
        guard let changed = try call.membership(of: holder, in: cardSystem) else {
            preconditionFailure("It is there.")
        }
        return MembershipChanged(
            holder: holder, membership: changed, cardNumber: issue?.number, replacedCardNumber: membership.cardNumber,
            priceReason: reason, price: quote?.price.price)
    }

    /// Whose card of which card system is meant, and which if it is named.
    private static func named(
        _ params: Params, in call: Call
    ) throws -> (PassHolderID, CardSystemID, CardID?) {
        if let number = params.number {
            guard let card = try call.lockedCard(number) else { throw Refusal(.cardNotFound, at: "/cardNumber") }
            try call.require(call.serves(card.cardSystem))
            if let holder = card.holder { return (holder, card.cardSystem, card.id) }
            var reason = card.status.reasonAgainstUse ?? Reason(.cardNotFound)
            reason.pointer = "/cardNumber"
            throw Refusal(reason)
        }
        guard let holder = params.holder, let cardSystem = params.cardSystem else {
            preconditionFailure("The reader refuses a call that names no card.")
        }
        try call.requireCardSystem(cardSystem)
        try call.require(call.serves(cardSystem))
        try call.requireOwnHolder(holder)
        return (holder, cardSystem, nil)
    }
}
