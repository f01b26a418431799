import CardRules
import JSONRPC
import Postgres

enum PassHolderRegister: Method {
    static let declaration = Declaration(
        "passHolder.register", .writes, by: .staff(.passHolderRegister),
        "Registers a person, who then has a membership with a card that is active (REG-01 to REG-14).",
        details: "An nfcCard comes from the counter's stock; a digital card's number is made here. Somebody with an "
            + "opportunity status, from abroad or without INSZ needs a permission of the counter (R-020 to R-024); "
            + "so do picture and note. Who is likely to be registered already, by birth date and name, is refused "
            + "until that is confirmed.",
        refusals: [
            .cardSystemNotFound, .counterNotFound, .counterNotInCardSystem, .cardNotFound, .cardNotInStock,
            .cardNotAtCounter, .cardOtherCardSystem, .cardStatusMismatch, .registrationForeignNotAllowed,
            .registrationInszRequired, .registrationOpportunityNotAllowed, .registrationOtherMunicipality,
            .postalCodeNotInCardSystem, .cityNotOfPostalCode, .birthDateInFuture, .inszMismatch, .inszTaken,
            .consentMissing, .termsMissing, .opportunityDatePassed,
            .optInImpossible, .permissionNotHeld, .likelyDuplicate,
            .priceUnknown, .priceChanged, .passVoucherUnknown, .passVoucherUsed, .passVoucherVoid,
            .passVoucherNotValidNow, .passVoucherOtherCardSystem, .passVoucherOtherMunicipality,
            .passVoucherNotApplicable,
        ], bulk: true)

    struct Params: Parameters {
        let cardSystem: CardSystemID
        let counter: CounterID?
        let person: PersonParams
        let sale: PassSaleParams

        init(cardSystem: CardSystemID, counter: CounterID?, person: PersonParams) {
            (self.cardSystem, self.counter, self.person) = (cardSystem, counter, person)
            sale = PassSaleParams()
        }

        init(from reader: inout ParameterReader) {
            cardSystem = reader.required("cardSystemId", "Where the person becomes a member.")
            counter = reader.optional("counterId", "Where it is done; administrators without a chosen counter say so.")
            person = PersonParams(from: &reader)
            sale = PassSaleParams(from: &reader)
        }
    }

    struct Result: ResultRecord {
        let holder: PassHolderID
        let membership: MembershipID
        let cardNumber: CardNumber
        let price: Int

        static let fields: [ResultField<Result>] = [
            .init("passHolderId", "The person (R-038).") { $0.holder },
            .init("membershipId", "The membership.") { $0.membership },
            .init("cardNumber", "The card, active now.") { $0.cardNumber },
            .init("points", "The balance to begin with, in points.") { _ in 0 },
            .init("priceCents", "What the pass costs, in cents (REG-17).") { $0.price },
        ]
    }

    static func run(_ params: Params, in call: Call) throws -> Result {
        try call.requireCardSystem(params.cardSystem)
        try call.require(call.serves(params.cardSystem))
        call.audit.cardSystem = params.cardSystem
        let today = Brussels.date(call.now)
        let request = params.person.request
        let reading = try RegistrationReading(params, in: call)
        let duplicates = params.person.isDuplicateConfirmed ? [] : try call.likelyDuplicateReasons(params.person)
        let quote = try call.quote(params.sale.request(params.cardSystem, request), toSell: true)
        let price = quote.price.reasonsAgainstSale(expected: params.sale.expected)
        try (reading.reasons(request, today: today) + duplicates + price).refuse()
        let holder: PassHolderID = call.newID()
        let endDate = RegistrationRules.opportunityEndDate(request, today: today)
        let registration = Registration(
            holder: holder, membership: call.newID(),
            card: try CardIssue(
                reading.card, isOpportunity: endDate != nil, of: params.cardSystem, to: holder,
                at: reading.facts.counter, .firstCard, in: call),
            opportunityEndDate: endDate, counter: reading.facts.counter, params: params,
            insz: try request.insz.map { try call.sealed($0, of: holder) })
        registration.tell(in: &call.audit)
        try call.transaction.run(
            try registration.statements(in: call) + (registration.grant?.statements(in: call) ?? [])
                + quote.sale(of: registration.card.card, to: holder, at: registration.counter, in: call))
        if let note = params.person.note {
            let member = HolderInCardSystem(holder, in: params.cardSystem)
            try call.transaction.execute(NoteText.write(note, on: member, at: call.now))
        }
        if let picture = params.person.picture { _ = try call.write(picture, of: holder) }
        return Result(
            holder: holder, membership: registration.membership, cardNumber: registration.card.number,
            price: quote.price.price ?? 0)
    }
}
