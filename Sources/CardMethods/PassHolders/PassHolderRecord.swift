import CardRules
import JSONRPC
import Postgres

/// A person as the staff of the card systems see that he or she is a member of.
struct PassHolderRecord: ResultRecord {
    let id: PassHolderID
    let name: String
    let firstName: String
    let dateOfBirth: CivilDate
    let gender: Gender?
    let nationality: String?
    let placeOfBirth: String?
    let inszMasked: String?
    let email: EmailAddress?
    let phone: PhoneNumber?
    let mobile: PhoneNumber?
    let address: AddressView
    let optIns: [OptIn]
    let hasParentalConsent: Bool
    let hasPaperTerms: Bool
    let hasDigitalTerms: Bool
    let status: MembershipStatus
    let points: Int
    let registrationCounter: CounterID?
    let school: CounterID?
    let schoolName: String?
    let registeredAt: Instant
    let version: Int
    let memberships: [MembershipRecord]

    static let fields: [ResultField<PassHolderRecord>] = [
        .init("id", "The person.") { $0.id },
        .init("name", "The family name.") { $0.name },
        .init("firstName", "The first name.") { $0.firstName },
        .init("dateOfBirth", "The day of birth.") { $0.dateOfBirth },
        .init("gender", "How the person is registered.") { $0.gender },
        .init("nationality", "The nationality.") { $0.nationality },
        .init("placeOfBirth", "Where the person was born.") { $0.placeOfBirth },
        .init("inszMasked", "The first and last two digits of the INSZ; absent if it is not known.") { $0.inszMasked },
        .init("email", "To reach the person.") { $0.email },
        .init("phone", "A telephone number.") { $0.phone },
        .init("mobile", "A number that takes text messages.") { $0.mobile },
        .init("address", "Where the person lives.") { $0.address },
        .init("optIns", "What the person asks to be sent.") { $0.optIns },
        .init("parentalConsent", "A parent agreed.") { $0.hasParentalConsent },
        .init("legalTermsPaper", "The terms were accepted on paper.") { $0.hasPaperTerms },
        .init("legalTermsDigital", "The terms were accepted digitally.") { $0.hasDigitalTerms },
        .init("status", "`blocked` if no membership is active, in whatever card system (R-018).") { $0.status },
        .init("points", "The balance, in points; negative while something is owed.") { $0.points },
        .init("cardNumber", "Of the oldest active membership with an active card (NUM-09).") {
            $0.memberships.headlineNumber
        },
        .init("memberships", "Those in own card systems, the oldest first.") { $0.memberships },
        .init("schoolId", "Where the person goes to school (SCH-01).") { $0.school },
        .init("schoolName", "What that is called, if it is of an own card system.") { $0.schoolName },
        .init("registrationCounterId", "Where it was done.") { $0.registrationCounter },
        .init("registeredAt", "When it was done.") { $0.registeredAt },
        .init("version", "Counts its changes.") { $0.version },
    ]

    static let select: SQL = """
        select h.id, h.name, h.first_name, h.date_of_birth, h.gender, h.nationality, h.place_of_birth, h.insz_masked,
            h.email, h.phone, h.mobile, h.street, h.postal_code, h.city, h.country, h.opt_ins, h.parental_consent,
            h.legal_terms_paper, h.legal_terms_digital, h.status,
            \(fragment: PointsBalance.shown(of: "h.id")) as points, h.registration_counter_id, h.school_id,
            (select name from counter where id = h.school_id) as school_name, h.registered_at,
            h.version
        from pass_holder h
        """

    init(row: Row, memberships: [MembershipRecord]) throws {
        id = try row["id"]
        name = try row["name"]
        firstName = try row["first_name"]
        dateOfBirth = try row["date_of_birth"]
        gender = try row["gender"]
        nationality = try row["nationality"]
        placeOfBirth = try row["place_of_birth"]
        inszMasked = try row["insz_masked"]
        email = try row["email"]
        phone = try row["phone"]
        mobile = try row["mobile"]
        address = try AddressView(row: row)
        optIns = try row["opt_ins"]
        hasParentalConsent = try row["parental_consent"]
        hasPaperTerms = try row["legal_terms_paper"]
        hasDigitalTerms = try row["legal_terms_digital"]
        status = try row["status"]
        points = try row["points"]
        registrationCounter = try row["registration_counter_id"]
        school = try row["school_id"]
        schoolName = try row["school_name"]
        registeredAt = try row["registered_at"]
        version = try row["version"]
        self.memberships = memberships
    }
}

/// Where somebody lives.
struct AddressView: ResultRecord {
    let street: String?
    let postalCode: String
    let city: String
    let country: Country

    static let fields: [ResultField<AddressView>] = [
        .init("street", "With number and box.") { $0.street },
        .init("postalCode", "The postal code.") { $0.postalCode },
        .init("city", "The city.") { $0.city },
        .init("country", "Two letters.") { $0.country },
    ]

    init(row: Row) throws {
        street = try row["street"]
        postalCode = try row["postal_code"]
        city = try row["city"]
        country = try row["country"]
    }
}

extension Call {
    /// The condition that somebody is a member where the caller may do this, or is the caller himself.
    ///
    /// - Parameter holder: The column that names the person.
    func isOwn(holder: SQL) -> SQL {
        let member: SQL = """
            exists (select from membership own
                where own.holder_id = \(fragment: holder) and \(fragment: serves(column: "own.card_system_id")))
            """
        guard let own = scope.holder else { return member }
        return "(\(fragment: holder) = \(own) or \(fragment: member))"
    }

    /// The record that a person's data stand in: of one that was merged, the one that was kept.
    func keptRecord(of id: PassHolderID) throws -> PassHolderID {
        try acrossCardSystems { try transaction.first("select merged_into from pass_holder where id = \(id)") }?[0]
            ?? id
    }

    /// Refuses a person who is no member where the caller may do this, and a record that was merged, like one that does
    /// not exist.
    func requireOwnHolder(_ id: PassHolderID) throws {
        let row = try transaction.first(
            """
            select from pass_holder h where h.id = \(id) and h.merged_into is null
                and \(fragment: isOwn(holder: "h.id"))
            """)
        if row == nil { throw Refusal(.passHolderNotFound, at: "/passHolderId") }
    }

    func passHolder(_ id: PassHolderID) throws -> PassHolderRecord {
        let rows = try transaction.run([
            """
            \(fragment: PassHolderRecord.select)
            where h.id = \(id) and h.merged_into is null and \(fragment: isOwn(holder: "h.id"))
            """, memberships(selecting: id),
        ])
        guard let row = rows[0].first else { throw Refusal(.passHolderNotFound, at: "/passHolderId") }
        return try PassHolderRecord(row: row, memberships: try memberships(in: rows[1]))
    }
}
