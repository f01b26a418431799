import CardRules
import JSONRPC

/// What a counter asks of a person who wants a pass.
struct PersonParams: Sendable {
    let name: String
    let firstName: String
    let nationality: String?
    let placeOfBirth: String?
    let phone: PhoneNumber?
    let hasPaperTerms: Bool
    let hasDigitalTerms: Bool
    let picture: Picture?
    let note: NoteText?
    /// Somebody looked at who is alike, and says that it is another person.
    let isDuplicateConfirmed: Bool
    /// What the rules look at.
    let request: RegistrationRequest

    /// Somebody who registers without a counter, and so with all that only staff may say left out.
    init(name: String, firstName: String, phone: PhoneNumber?, request: RegistrationRequest) {
        (self.name, self.firstName, self.phone, self.request) = (name, firstName, phone, request)
        (nationality, placeOfBirth, picture, note, isDuplicateConfirmed) = (nil, nil, nil, nil, false)
        (hasPaperTerms, hasDigitalTerms) = (false, request.hasAcceptedTerms)
    }

    init(from reader: inout ParameterReader) {
        name = reader.required("name", "The family name.")
        firstName = reader.required("firstName", "The first name.")
        let dateOfBirth: CivilDate = reader.required("dateOfBirth", "The day of birth.")
        let insz: INSZ? = reader.optional(
            "insz", "The national register number; only authorised counters leave it out.")
        let gender: Gender? = reader.optional("gender", "How the person is registered.")
        nationality = reader.optional("nationality", "The nationality.")
        placeOfBirth = reader.optional("placeOfBirth", "Where the person was born.")
        let address: AddressParams = reader.required("address", "Where the person lives.")
        let email: EmailAddress? = reader.optional("email", "To reach the person; several may share one (REG-14).")
        phone = reader.optional("phone", "A telephone number.")
        let mobile: PhoneNumber? = reader.optional("mobile", "A number that takes text messages.")
        let optIns: [OptIn] = reader.optional("optIns", default: [], "What the person asks to be sent.")
        let consent = reader.optional("parentalConsent", default: false, "A parent agreed; needed under sixteen.")
        hasPaperTerms = reader.optional("legalTermsPaper", default: false, "The terms were accepted on paper.")
        hasDigitalTerms = reader.optional("legalTermsDigital", default: false, "The terms were accepted digitally.")
        let picture: PictureText? = reader.optional("picture", "A picture of the person, the file in base64 (PH-07).")
        self.picture = picture?.picture
        note = reader.optional("note", "A private note for the card system's staff (PH-06).")
        isDuplicateConfirmed = reader.optional(
            "duplicateConfirmed", default: false, "Register, though somebody like that is registered already.")
        let type: CardType = reader.required("cardType", "What the card is made of.")
        let number: CardNumber? = reader.optional("cardNumber", "The number on the card; of an nfcCard only.")
        let opportunity: OpportunityParams? = reader.optional(
            "opportunity", "Asks for an opportunity status; a card made for it asks by itself.")
        var card = RegistrationCard.digital
        if !reader.problems.contains(where: { ["/cardType", "/cardNumber"].contains($0.pointer) }) {
            do { card = try RegistrationCard(type: type, number: number) } catch {
                reader.refuse("cardNumber", error.reason)
            }
        }
        request = RegistrationRequest(
            dateOfBirth: dateOfBirth, gender: gender, insz: insz, email: email, mobile: mobile,
            address: address.address, optIns: Set(optIns), hasParentalConsent: consent,
            hasAcceptedTerms: hasPaperTerms || hasDigitalTerms, card: card,
            opportunity: opportunity.map { OpportunityRequest(endDate: $0.endDate) }, hasPicture: picture != nil,
            hasNote: note != nil)
    }
}

/// Where somebody lives.
struct AddressParams: ObjectParameter {
    let address: Address

    init(from reader: inout ParameterReader) {
        let street: String? = reader.optional("street", "With number and box.")
        let postalCode: String = reader.required("postalCode", "Of four digits in Belgium; any text abroad.")
        let city: String = reader.required("city", "The city.")
        let country = reader.optional("country", default: Country.belgium, "Two letters, BE if absent.")
        do {
            address = try Address(street: street, postalCode: postalCode, city: city, country: country)
        } catch {
            let isTold = reader.problems.contains { $0.pointer == "/postalCode" }
            if !isTold { reader.refuse("postalCode", error.reason) }
            address = Address(street: street, postalCode: BelgianPostalCode.placeholder, city: city)
        }
    }
}

/// An opportunity status that is asked for.
struct OpportunityParams: ObjectParameter {
    let endDate: CivilDate?

    init(from reader: inout ParameterReader) {
        endDate = reader.optional("endDate", "The last entitled day; 30 April of next year if absent (REG-09).")
    }
}
