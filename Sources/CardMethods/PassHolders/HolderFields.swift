import CardRules
import JSONRPC
import Postgres

/// What can be changed of a pass holder.
struct HolderFields: Sendable {
    let name: String?
    let firstName: String?
    let dateOfBirth: CivilDate?
    let gender: Change<Gender>
    let insz: INSZ?
    let nationality: Change<String>
    let placeOfBirth: Change<String>
    let address: AddressParams?
    let email: Change<EmailAddress>
    let phone: Change<PhoneNumber>
    let mobile: Change<PhoneNumber>
    let optIns: [OptIn]?
    let hasParentalConsent: Bool?
    let hasPaperTerms: Bool?
    let hasDigitalTerms: Bool?

    init(from reader: inout ParameterReader) {
        name = reader.optional("name", "The family name.")
        firstName = reader.optional("firstName", "The first name.")
        dateOfBirth = reader.optional("dateOfBirth", "The day of birth.")
        gender = reader.change("gender", "How the person is registered.")
        insz = reader.optional("insz", "The national register number, if it was not known before.")
        nationality = reader.change("nationality", "The nationality.")
        placeOfBirth = reader.change("placeOfBirth", "Where the person was born.")
        address = reader.optional("address", "Where the person lives, in whole.")
        email = reader.change("email", "To reach the person; several may share one (REG-14).")
        phone = reader.change("phone", "A telephone number.")
        mobile = reader.change("mobile", "A number that takes text messages.")
        optIns = reader.optional("optIns", "All that the person asks to be sent.")
        hasParentalConsent = reader.optional("parentalConsent", "A parent agreed; needed under sixteen.")
        hasPaperTerms = reader.optional("legalTermsPaper", "The terms were accepted on paper.")
        hasDigitalTerms = reader.optional("legalTermsDigital", "The terms were accepted digitally.")
    }

    /// The data after the change.
    func applied(to old: StoredHolder) -> HolderState {
        let hasTerms = (hasPaperTerms ?? old.hasPaperTerms) || (hasDigitalTerms ?? old.hasDigitalTerms)
        return HolderState(
            dateOfBirth: dateOfBirth ?? old.state.dateOfBirth, gender: gender.applied(to: old.state.gender),
            insz: insz ?? old.state.insz, email: email.applied(to: old.state.email),
            mobile: mobile.applied(to: old.state.mobile), address: address?.address ?? old.state.address,
            optIns: optIns.map(Set.init) ?? old.state.optIns,
            hasParentalConsent: hasParentalConsent ?? old.state.hasParentalConsent, hasAcceptedTerms: hasTerms)
    }

    /// - Parameter sealed: The INSZ, if it is among them.
    func add(to changes: inout FieldChanges, _ sealed: SealedINSZ?) {
        changes.set("name", to: name) { "name = \($0), name_key = \(FoldedText.of($0))" }
        changes.set("firstName", to: firstName) { "first_name = \($0), first_name_key = \(FoldedText.of($0))" }
        changes.set("dateOfBirth", to: dateOfBirth) { "date_of_birth = \($0)" }
        changes.change("gender", gender) { "gender = \($0)" }
        changes.set("insz", to: sealed) {
            "insz_sealed = \($0.sealed), insz_index = \($0.index), insz_masked = \($0.masked)"
        }
        changes.change("nationality", nationality) { "nationality = \($0)" }
        changes.change("placeOfBirth", placeOfBirth) { "place_of_birth = \($0)" }
        changes.set("address", to: address?.address) {
            """
            street = \($0.street), postal_code = \($0.postalCode), city = \($0.city), country = \($0.country)
            """
        }
        changes.change("email", email) { "email = \($0), email_key = \($0?.key)" }
        changes.change("phone", phone) { "phone = \($0)" }
        changes.change("mobile", mobile) { "mobile = \($0)" }
        changes.set("optIns", to: optIns) { chosen in "opt_ins = \(OptIn.allCases.filter(chosen.contains))" }
        changes.set("parentalConsent", to: hasParentalConsent) { "parental_consent = \($0)" }
        changes.set("legalTermsPaper", to: hasPaperTerms) { "legal_terms_paper = \($0)" }
        changes.set("legalTermsDigital", to: hasDigitalTerms) { "legal_terms_digital = \($0)" }
    }
}

/// What stands in a pass holder's row that rules look at.
struct StoredHolder {
    let version: Int
    let hasPaperTerms: Bool
    let hasDigitalTerms: Bool
    let state: HolderState

    static let columns: SQL = """
        h.version, h.date_of_birth, h.gender, h.insz_sealed, h.email, h.mobile, h.street, h.postal_code, h.city,
        h.country, h.opt_ins, h.parental_consent, h.legal_terms_paper, h.legal_terms_digital
        """

    init(row: Row, of holder: PassHolderID, _ keys: Keys) throws {
        version = try row["version"]
        hasPaperTerms = try row["legal_terms_paper"]
        hasDigitalTerms = try row["legal_terms_digital"]
        let optIns: [OptIn] = try row["opt_ins"]
        let sealed: [UInt8]? = try row["insz_sealed"]
        state = HolderState(
            dateOfBirth: try row["date_of_birth"], gender: try row["gender"],
            insz: try sealed.map { try keys.openedINSZ($0, of: holder) }, email: try row["email"],
            mobile: try row["mobile"],
            address: try Address(
                street: try row["street"], postalCode: try row["postal_code"], city: try row["city"],
                country: try row["country"]),
            optIns: Set(optIns), hasParentalConsent: try row["parental_consent"],
            hasAcceptedTerms: hasPaperTerms || hasDigitalTerms)
    }
}
