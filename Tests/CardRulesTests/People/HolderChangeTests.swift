import CardRules
import Testing

/// A row of a table: what is changed of a grown-up with a status, and what is said against it.
struct HolderChangeCase: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let expected: [String]
    let fields: [String]
    let change: @Sendable (inout HolderChange, inout HolderChangeFacts) -> Void

    init(
        _ description: String, _ fields: [String], _ expected: [String] = [],
        _ change: @escaping @Sendable (inout HolderChange, inout HolderChangeFacts) -> Void
    ) {
        (testDescription, self.fields, self.expected, self.change) = (description, fields, expected, change)
    }

    func verdict() -> [String] {
        let state = HolderState(
            dateOfBirth: Sample.request.dateOfBirth, gender: .male, insz: Sample.insz,
            email: EmailAddress(text: "an@example.org"), mobile: PhoneNumber(text: "0471234567"),
            address: Sample.address("9900"), optIns: [.infoMails, .sms], hasParentalConsent: false,
            hasAcceptedTerms: true)
        var change = HolderChange(from: state, to: state, fields: fields)
        var facts = HolderChangeFacts(
            permissions: [.passHolderRegister], isINSZTaken: false,
            municipalities: [Self.municipality("Eeklo", "9900"), Self.municipality("Gent", "9000")],
            statuses: [
                .init(
                    cardSystem: Sample.cardSystem, isOwn: true, status: Self.valid,
                    postalCodes: Sample.facts.cardSystemPostalCodes)
            ])
        self.change(&change, &facts)
        return HolderChangeRules.check(change, facts, today: Sample.today).map(\.line)
    }

    static let valid = OpportunityStatus.active(endDate: Sample.today, inGracePeriod: false)

    static func municipality(_ name: String, _ code: String) -> MunicipalityFacts {
        MunicipalityFacts(name: name, postalCodes: [BelgianPostalCode(text: code)!])
    }
}

struct HolderChangeTests {
    private static let outside = "address.outsideRegion /address/postalCode cardSystemId=\(Sample.cardSystem.text)"

    @Test(arguments: [
        HolderChangeCase("into the region's other city", ["address"]) { change, _ in
            change.new.address = Sample.address("9940")
        },
        HolderChangeCase("out of it", ["address"], [outside]) { change, _ in
            change.new.address = Sample.address("9050")
        },
        HolderChangeCase("out of it while suspended", ["address"], [outside]) { change, facts in
            change.new.address = Sample.address("9050")
            facts.statuses[0].status = .suspended(until: Sample.today, endDate: Sample.today)
        },
        HolderChangeCase("out of it, expired", ["address"]) { change, facts in
            change.new.address = Sample.address("9050")
            facts.statuses[0].status = .expired(endDate: Sample.today)
        },
        HolderChangeCase(
            "out of a region that the counter may not know of", ["address"],
            ["address.outsideRegion /address/postalCode"]
        ) {
            change, facts in
            change.new.address = Sample.address("9050")
            facts.statuses[0].isOwn = false
        },
        HolderChangeCase("abroad", ["address"], ["registration.foreignNotAllowed /address/country", outside]) {
            change, _ in
            change.new.address = Sample.address("4551", "NL")
        },
        HolderChangeCase("another street", ["address"]) { change, facts in
            facts.statuses[0].postalCodes = []
            change.new.address = try! Address(street: "Markt 1", postalCode: "9900", city: "Eeklo", country: .belgium)
        },
    ])
    func `PH-03 who has a valid status does not simply leave its region`(row: HolderChangeCase) {
        #expect(row.verdict() == row.expected)
    }

    @Test(arguments: [
        HolderChangeCase("abroad with the right", ["address"]) { change, facts in
            (facts.statuses, facts.permissions) = ([], [.passHolderRegisterForeign])
            change.new.address = Sample.address("4551", "NL")
        },
        HolderChangeCase("within a country abroad", ["address"]) { change, facts in
            facts.statuses = []
            change.old.address = Sample.address("4551", "NL")
            change.new.address = Sample.address("4501", "NL")
        },
        HolderChangeCase("to a next country", ["address"], ["registration.foreignNotAllowed /address/country"]) {
            change, facts in
            facts.statuses = []
            change.old.address = Sample.address("4551", "NL")
            change.new.address = Sample.address("75001", "FR")
        },
    ])
    func `PH-05 moving abroad needs the right for it`(row: HolderChangeCase) { #expect(row.verdict() == row.expected) }

    @Test(arguments: [
        HolderChangeCase("how he is reached", ["email", "phone", "mobile", "address", "optIns"]) { _, facts in
            facts.permissions = nil
        },
        HolderChangeCase(
            "who he is", ["name", "email", "dateOfBirth"],
            [
                "permission.notHeld /name permission=passHolder.register",
                "permission.notHeld /dateOfBirth permission=passHolder.register",
            ]
        ) { _, facts in facts.permissions = nil },
        HolderChangeCase("abroad", ["address"], ["registration.foreignNotAllowed /address/country"]) { change, facts in
            (facts.permissions, facts.statuses) = (nil, [])
            change.new.address = Sample.address("4551", "NL")
        },
    ])
    func `S10 a holder changes how he is reached, and nothing else`(row: HolderChangeCase) {
        #expect(row.verdict() == row.expected)
    }

    @Test(arguments: [
        HolderChangeCase("the same again", ["insz"]) { _, facts in facts.isINSZTaken = true },
        HolderChangeCase("another", ["insz"], ["insz.alreadyKnown /insz"]) { change, _ in
            change.new.insz = INSZ(text: "85031799510")
        },
        HolderChangeCase("a first one", ["insz"]) { change, _ in change.old.insz = nil },
        HolderChangeCase("somebody's", ["insz"], ["insz.alreadyUsed /insz"]) { change, facts in
            change.old.insz = nil
            facts.isINSZTaken = true
        },
        HolderChangeCase("a woman's first one", ["insz"], ["insz.mismatch /insz"]) { change, _ in
            change.old.insz = nil
            (change.old.gender, change.new.gender) = (.female, .female)
        },
        HolderChangeCase("another birthday", ["dateOfBirth"], ["insz.mismatch /dateOfBirth"]) { change, _ in
            change.new.dateOfBirth = CivilDate(year: 1985, month: 3, day: 18)!
        },
        HolderChangeCase("another gender", ["gender"], ["insz.mismatch /gender"]) { change, _ in
            change.new.gender = .female
        },
        HolderChangeCase(
            "born tomorrow", ["dateOfBirth"],
            [
                "passHolder.birthDateInFuture /dateOfBirth", "registration.consentMissing /parentalConsent",
                "registration.optInImpossible /optIns optIn=infoMails",
            ]
        ) { change, _ in
            (change.old.insz, change.new.insz) = (nil, nil)
            change.new.dateOfBirth = Sample.today.adding(days: 1)
        },
    ])
    func `REG-11 R-034 an INSZ is given once and goes on fitting`(row: HolderChangeCase) {
        #expect(row.verdict() == row.expected)
    }

    @Test(arguments: [
        HolderChangeCase("no address", ["email"], ["registration.optInImpossible /optIns optIn=infoMails"]) {
            change, _ in
            change.new.email = nil
        },
        HolderChangeCase("no address and no mails", ["email", "optIns"]) { change, _ in
            change.new.email = nil
            change.new.optIns = [.sms]
        },
        HolderChangeCase("a landline", ["mobile"], ["registration.optInImpossible /optIns optIn=sms"]) { change, _ in
            change.new.mobile = PhoneNumber(text: "093771234")
        },
        HolderChangeCase(
            "fifteen", ["dateOfBirth"],
            [
                "registration.consentMissing /parentalConsent", "registration.optInImpossible /optIns optIn=infoMails",
            ]
        ) { change, _ in
            (change.old.insz, change.new.insz) = (nil, nil)
            change.new.dateOfBirth = CivilDate(year: 2010, month: 5, day: 15)!
        },
        HolderChangeCase("sixteen", ["dateOfBirth", "parentalConsent"]) { change, _ in
            (change.old.insz, change.new.insz) = (nil, nil)
            change.new.dateOfBirth = CivilDate(year: 2010, month: 5, day: 14)!
        },
        HolderChangeCase("no terms", ["legalTermsPaper"], ["registration.termsMissing /legalTermsPaper"]) { change, _ in
            change.new.hasAcceptedTerms = false
        },
        HolderChangeCase("what was wrong before is not judged", ["phone"]) { change, _ in
            (change.old.hasAcceptedTerms, change.new.hasAcceptedTerms) = (false, false)
            (change.old.email, change.new.email) = (nil, nil)
        },
    ])
    func `REG-13 R-037 consent, terms and opt-ins stay what they must be`(row: HolderChangeCase) {
        #expect(row.verdict() == row.expected)
    }

    @Test(arguments: [
        ("9900", "Eeklo", true), ("9900", "Balgerhoeke", true), ("9900", "GENT", false), ("9000", "Gént", true),
        ("1000", "Gent", true), ("9000", "eeklo", false),
    ])
    func `REG-10 a city that is another municipality has another postal code`(code: String, city: String, isRight: Bool)
    {
        let row = HolderChangeCase("", ["address"]) { change, facts in
            facts.statuses = []
            change.new.address = try! Address(street: nil, postalCode: code, city: city, country: .belgium)
        }
        #expect(row.verdict() == (isRight ? [] : ["city.notOfPostalCode /address/city"]))
    }
}
