import CardRules
import JSONRPC

/// Somebody who is to be registered without a counter, as an order names him.
struct OnlinePersonParams: ObjectParameter {
    let person: PersonParams
    let asksOpportunity: Bool

    init(from reader: inout ParameterReader) {
        let name: String = reader.required("name", "The family name.")
        let firstName: String = reader.required("firstName", "The first name.")
        let dateOfBirth: CivilDate = reader.required("dateOfBirth", "The day of birth.")
        let insz: INSZ? = reader.optional("insz", "The national register number; needed without a counter (REG-12).")
        let contact = OnlineContactParams(from: &reader)
        let consent = reader.optional("parentalConsent", default: false, "A parent agreed; needed under sixteen.")
        asksOpportunity = reader.optional(
            "asksOpportunity", default: false,
            "Asks for the opportunity status, which an administrator gives once it is proven.")
        person = PersonParams(
            name: name, firstName: firstName, phone: contact.phone,
            request: RegistrationRequest(
                dateOfBirth: dateOfBirth, gender: contact.gender, insz: insz, email: contact.email,
                mobile: contact.mobile, address: contact.address.address, optIns: Set(contact.optIns),
                hasParentalConsent: consent, hasAcceptedTerms: contact.hasTerms, card: .digital))
    }
}

/// How somebody is reached, and what he agrees to.
struct OnlineContactParams: Sendable {
    let gender: Gender?
    let address: AddressParams
    let email: EmailAddress?
    let phone: PhoneNumber?
    let mobile: PhoneNumber?
    let optIns: [OptIn]
    let hasTerms: Bool

    /// - Parameter takesEmail: Whether an address is asked; else the account's is taken.
    init(from reader: inout ParameterReader, takesEmail: Bool = true) {
        gender = reader.optional("gender", "How the person is registered.")
        address = reader.required("address", "Where the person lives, in Belgium (REG-15).")
        email = takesEmail ? reader.optional("email", "To reach the person; nobody else's (REG-14).") : nil
        phone = reader.optional("phone", "A telephone number.")
        mobile = reader.optional("mobile", "A number that takes text messages.")
        optIns = reader.optional("optIns", default: [], "What the person asks to be sent.")
        hasTerms = reader.optional("legalTermsDigital", default: false, "The terms were accepted.")
    }
}
