import CardRules
import Testing

/// A row of a table: what differs from a registration that is all right, and what is said against it.
struct RegistrationCase: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let expected: [String]
    let change: @Sendable (inout RegistrationRequest, inout RegistrationFacts) -> Void

    init(
        _ description: String, _ expected: [String] = [],
        _ change: @escaping @Sendable (inout RegistrationRequest, inout RegistrationFacts) -> Void
    ) {
        (testDescription, self.expected, self.change) = (description, expected, change)
    }

    /// Kind, place and details of each reason.
    func verdict() -> [String] {
        var (request, facts) = (Sample.request, Sample.facts)
        change(&request, &facts)
        return RegistrationRules.check(request, facts, today: Sample.today).map(\.line)
    }
}

extension Reason {
    /// `limit.reached /cardNumber volume=1 used=1`
    var line: String {
        let details = details.map { detail in
            switch detail.value {
            case .text(let text): "\(detail.name)=\(text)"
            case .number(let number): "\(detail.name)=\(number)"
            case .instant(let instant): "\(detail.name)=\(instant.text)"
            case .list(let items): "\(detail.name)=\(items.count) items"
            }
        }
        return ([kind.rawValue] + [pointer].compactMap(\.self) + details).joined(separator: " ")
    }
}

struct RegistrationRulesTests {
    @Test(arguments: [
        RegistrationCase("all is right") { _, _ in },
        RegistrationCase("a digital card is in nobody's stock") { request, facts in
            request.card = .digital
            facts.card = nil
        },
        RegistrationCase("an address that somebody else has too") { request, _ in
            request.email = EmailAddress(text: "an@example.org")
        },
    ])
    func `REG-03 REG-04 REG-14 a registration that nothing is against`(row: RegistrationCase) {
        #expect(row.verdict() == [])
    }

    @Test(arguments: [
        RegistrationCase("unknown", ["card.notFound /cardNumber"]) { _, facts in facts.card = nil },
        RegistrationCase("sent", ["card.notInLocalStock /cardNumber status=sent"]) { _, facts in
            facts.card?.status = .sent
        },
        RegistrationCase("provisioned", ["card.notInLocalStock /cardNumber status=provisioned"]) { _, facts in
            facts.card?.status = .provisioned
        },
        RegistrationCase("active", ["card.notInLocalStock /cardNumber status=active"]) { _, facts in
            facts.card?.status = .active
        },
        RegistrationCase("blocked", ["card.notInLocalStock /cardNumber status=blocked"]) { _, facts in
            facts.card?.status = .blocked
        },
        RegistrationCase("deleted", ["card.notInLocalStock /cardNumber status=deleted"]) { _, facts in
            facts.card?.status = .deleted
        },
        RegistrationCase("of another counter", ["card.notAtCounter /cardNumber"]) { _, facts in
            facts.card?.counter = Sample.otherCounter
        },
        RegistrationCase("of another card system", ["card.otherCardSystem /cardNumber"]) { _, facts in
            facts.card?.cardSystem = Sample.otherCardSystem
        },
    ])
    func `REG-02 R-012 R-013 only a card of the counter's local stock is handed out`(row: RegistrationCase) {
        #expect(row.verdict() == row.expected)
    }

    @Test(arguments: [
        RegistrationCase("no right at all", ["permission.notHeld permission=passHolder.register"]) { _, facts in
            facts.permissions.remove(.passHolderRegister)
        },
        RegistrationCase("a picture", ["permission.notHeld /picture permission=passHolderPicture.write"]) {
            $0.hasPicture = true
            $1.permissions.remove(.passHolderPictureWrite)
        },
        RegistrationCase("a note", ["permission.notHeld /note permission=passHolderNote.write"]) {
            $0.hasNote = true
            $1.permissions.remove(.passHolderNoteWrite)
        },
        RegistrationCase("picture and note with the rights") { request, _ in
            (request.hasPicture, request.hasNote) = (true, true)
        },
        RegistrationCase("another municipality's name", ["city.notOfPostalCode /address/city"]) { request, facts in
            facts.municipalities = [
                MunicipalityFacts(name: "Aalter", postalCodes: [BelgianPostalCode(text: "9880")!]),
                MunicipalityFacts(name: "Eeklo", postalCodes: [BelgianPostalCode(text: "9900")!]),
            ]
            request.address = Address(street: nil, postalCode: BelgianPostalCode(text: "9900")!, city: "Aalter")
        },
        RegistrationCase("plain counter, ordinary card") { _, facts in facts.permissions = [.passHolderRegister] },
        RegistrationCase("plain counter, opportunity card", ["registration.opportunityNotAllowed /cardNumber"]) {
            $0.card = .nfcCard(Sample.opportunityCard)
            $1.permissions = [.passHolderRegister]
        },
        RegistrationCase("plain counter, status on a digital card", ["registration.opportunityNotAllowed /opportunity"])
        {
            $0.card = .digital
            $0.opportunity = OpportunityRequest()
            $1.permissions = [.passHolderRegister]
        },
        RegistrationCase("opportunity right, own resident") {
            $0.card = .nfcCard(Sample.opportunityCard)
            $1.permissions = [.passHolderRegister, .passHolderRegisterOpportunity]
        },
        RegistrationCase("other municipality", ["registration.otherMunicipality /address/postalCode"]) {
            $0.card = .nfcCard(Sample.opportunityCard)
            $0.address = Sample.address("9940")
            $1.permissions = [.passHolderRegister, .passHolderRegisterOpportunity]
        },
        RegistrationCase("other municipality, whole card system") {
            $0.card = .nfcCard(Sample.opportunityCard)
            $0.address = Sample.address("9940")
            $1.permissions.remove(.passHolderRegisterForeign)
        },
        RegistrationCase(
            "rights add up, the larger holds not the smaller", ["registration.opportunityNotAllowed /cardNumber"]
        ) {
            $0.card = .nfcCard(Sample.opportunityCard)
            $1.permissions = [.passHolderRegister, .passHolderRegisterOpportunityWholeCardSystem]
        },
        RegistrationCase("other municipality without status") {
            $0.address = Sample.address("1000")
            $1.permissions = [.passHolderRegister]
        },
        RegistrationCase("outside of the card system", ["postalCode.notInCardSystem /address/postalCode"]) {
            $0.card = .nfcCard(Sample.opportunityCard)
            $0.address = Sample.address("1000")
            $1.permissions.remove(.passHolderRegisterForeign)
        },
    ])
    func `REG-05 REG-06 REG-07 R-192 the opportunity status needs its rights and a resident`(row: RegistrationCase) {
        #expect(row.verdict() == row.expected)
    }

    @Test(arguments: [
        RegistrationCase("abroad without the right", ["registration.foreignNotAllowed /address/country"]) {
            $0.address = Sample.address("1012 AB", "NL")
            $1.permissions.remove(.passHolderRegisterForeign)
        },
        RegistrationCase("abroad with the right") { request, _ in request.address = Sample.address("1012 AB", "NL") },
        RegistrationCase("without INSZ at a plain counter", ["registration.inszRequired /insz"]) {
            $0.insz = nil
            $1.permissions = [.passHolderRegister]
        },
        RegistrationCase("without INSZ at an authorised counter") {
            $0.insz = nil
            $1.permissions = [.passHolderRegister, .passHolderRegisterWithoutINSZ]
        },
        RegistrationCase("without INSZ from abroad") {
            $0.insz = nil
            $0.address = Sample.address("1012 AB", "NL")
            $1.permissions = [.passHolderRegister, .passHolderRegisterForeign]
        },
    ])
    func `REG-08 REG-12 R-022 R-023 abroad needs a right, and only some may leave the INSZ out`(row: RegistrationCase) {
        #expect(row.verdict() == row.expected)
    }

    @Test(arguments: [
        RegistrationCase("taken", ["insz.alreadyUsed /insz"]) { _, facts in facts.isINSZTaken = true },
        RegistrationCase("of a man", ["insz.mismatch /insz"]) { request, _ in request.gender = .female },
        RegistrationCase("of another day", ["insz.mismatch /insz"]) { request, _ in
            request.dateOfBirth = Sample.request.dateOfBirth.adding(days: 1)
        },
        RegistrationCase("born today") { request, _ in
            request.insz = nil
            request.dateOfBirth = Sample.today
            request.hasParentalConsent = true
        },
        RegistrationCase("born tomorrow", ["passHolder.birthDateInFuture /dateOfBirth"]) { request, _ in
            request.insz = nil
            request.dateOfBirth = Sample.today.adding(days: 1)
            request.hasParentalConsent = true
        },
    ])
    func `REG-11 R-031 R-033 R-034 INSZ and birth date fit and are nobody else's`(row: RegistrationCase) {
        #expect(row.verdict() == row.expected)
    }

    @Test(arguments: [
        RegistrationCase("fifteen", ["registration.consentMissing /parentalConsent"]) { request, _ in
            request.insz = nil
            request.dateOfBirth = CivilDate(year: 2010, month: 5, day: 15)!
        },
        RegistrationCase("fifteen with consent") { request, _ in
            request.insz = nil
            request.dateOfBirth = CivilDate(year: 2010, month: 5, day: 15)!
            request.hasParentalConsent = true
        },
        RegistrationCase("sixteen today") { request, _ in
            request.insz = nil
            request.dateOfBirth = CivilDate(year: 2010, month: 5, day: 14)!
        },
        RegistrationCase("terms not accepted", ["registration.termsMissing /legalTermsPaper"]) { request, _ in
            request.hasAcceptedTerms = false
        },
    ])
    func `REG-13 R-035 R-036 a parent consents under sixteen, and the terms are accepted`(row: RegistrationCase) {
        #expect(row.verdict() == row.expected)
    }

    @Test(arguments: [
        RegistrationCase("mails with an address") { request, _ in
            request.email = EmailAddress(text: "an@example.org")
            request.optIns = [.serviceMails, .milestoneMails, .infoMails, .post]
        },
        RegistrationCase(
            "mails without an address",
            [
                "registration.optInImpossible /optIns optIn=serviceMails",
                "registration.optInImpossible /optIns optIn=milestoneMails",
                "registration.optInImpossible /optIns optIn=infoMails",
            ]
        ) { request, _ in request.optIns = [.infoMails, .milestoneMails, .serviceMails] },
        RegistrationCase("mails under sixteen", ["registration.optInImpossible /optIns optIn=infoMails"]) {
            request, _ in
            request.insz = nil
            request.dateOfBirth = CivilDate(year: 2010, month: 5, day: 15)!
            request.hasParentalConsent = true
            request.email = EmailAddress(text: "an@example.org")
            request.mobile = PhoneNumber(text: "0471234567")
            request.optIns = [.infoMails, .sms, .post]
        },
        RegistrationCase("text messages to a mobile") { request, _ in
            request.mobile = PhoneNumber(text: "0471234567")
            request.optIns = [.sms]
        },
        RegistrationCase("text messages to none", ["registration.optInImpossible /optIns optIn=sms"]) { request, _ in
            request.optIns = [.sms, .post]
        },
        RegistrationCase("text messages to a landline", ["registration.optInImpossible /optIns optIn=sms"]) {
            request, _ in
            request.mobile = PhoneNumber(text: "093771234")
            request.optIns = [.sms]
        },
    ])
    func `R-037 an opt-in that cannot be is refused`(row: RegistrationCase) {
        #expect(row.verdict() == row.expected)
    }

    @Test(arguments: [
        RegistrationCase("status on an ordinary card", ["card.opportunityMismatch /cardNumber"]) { request, _ in
            request.opportunity = OpportunityRequest(endDate: CivilDate(text: "2027-04-30"))
        },
        RegistrationCase("status on an opportunity card") { request, _ in
            request.card = .nfcCard(Sample.opportunityCard)
            request.opportunity = OpportunityRequest()
        },
        RegistrationCase("opportunity card alone") { request, _ in request.card = .nfcCard(Sample.opportunityCard) },
    ])
    func `R-026 an ordinary card with status data is refused`(row: RegistrationCase) {
        #expect(row.verdict() == row.expected)
    }

    @Test func `GEN-01 all that is against a registration is said at once`() {
        let row = RegistrationCase("everything") { request, facts in
            request.hasAcceptedTerms = false
            request.dateOfBirth = Sample.today.adding(days: 1)
            request.opportunity = OpportunityRequest()
            request.optIns = [.sms]
            facts.permissions = []
            facts.isINSZTaken = true
            facts.card = CardFacts(status: .active, cardSystem: Sample.otherCardSystem, counter: Sample.otherCounter)
        }
        let kinds = row.verdict().map { $0.split(separator: " ")[0] }
        #expect(
            Set(kinds) == [
                "permission.notHeld", "registration.opportunityNotAllowed", "card.notInLocalStock", "card.notAtCounter",
                "card.otherCardSystem", "card.opportunityMismatch", "passHolder.birthDateInFuture", "insz.mismatch",
                "insz.alreadyUsed", "registration.consentMissing", "registration.termsMissing",
                "registration.optInImpossible",
            ])
        #expect(kinds.count == Set(kinds).count)
    }

    @Test(
        arguments: [
            (RegistrationCard.nfcCard(Sample.opportunityCard), nil, "2027-04-30"),
            (.nfcCard(Sample.opportunityCard), OpportunityRequest(), "2027-04-30"),
            (
                .nfcCard(Sample.opportunityCard), OpportunityRequest(endDate: CivilDate(text: "2026-12-31")),
                "2026-12-31"
            ),
            (.digital, OpportunityRequest(), "2027-04-30"), (.digital, nil, nil),
            (.nfcCard(Sample.ordinaryCard), nil, nil),
        ] as [(RegistrationCard, OpportunityRequest?, String?)])
    func `REG-09 R-027 an opportunity card ends by default, an explicit end date wins`(
        card: RegistrationCard, opportunity: OpportunityRequest?, end: String?
    ) {
        var request = Sample.request
        (request.card, request.opportunity) = (card, opportunity)
        #expect(RegistrationRules.opportunityEndDate(request, today: Sample.today)?.text == end)
    }

    @Test func `REG-01 a number belongs to a card of plastic and to that only`() throws {
        #expect(try RegistrationCard(type: .nfcCard, number: Sample.ordinaryCard) == .nfcCard(Sample.ordinaryCard))
        #expect(try RegistrationCard(type: .digital, number: nil) == .digital)
        #expect(throws: Malformed.self) { try RegistrationCard(type: .nfcCard, number: nil) }
        #expect(throws: Malformed.self) { try RegistrationCard(type: .digital, number: Sample.ordinaryCard) }
    }
}
