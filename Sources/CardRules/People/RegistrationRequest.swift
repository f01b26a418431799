/// A person to be registered at a counter.
public struct RegistrationRequest: Sendable, Hashable {
    public var dateOfBirth: CivilDate
    public var gender: Gender?
    public var insz: INSZ?
    public var email: EmailAddress?
    public var mobile: PhoneNumber?
    public var address: Address
    public var optIns: Set<OptIn>
    public var hasParentalConsent: Bool
    /// Accepted on paper or digitally.
    public var hasAcceptedTerms: Bool
    public var card: RegistrationCard
    /// The opportunity status that is asked; `nil` leaves it to the card.
    public var opportunity: OpportunityRequest?
    public var hasPicture: Bool
    public var hasNote: Bool

    public init(
        dateOfBirth: CivilDate, gender: Gender? = nil, insz: INSZ? = nil, email: EmailAddress? = nil,
        mobile: PhoneNumber? = nil, address: Address, optIns: Set<OptIn> = [], hasParentalConsent: Bool = false,
        hasAcceptedTerms: Bool, card: RegistrationCard, opportunity: OpportunityRequest? = nil,
        hasPicture: Bool = false, hasNote: Bool = false
    ) {
        (self.dateOfBirth, self.gender, self.insz) = (dateOfBirth, gender, insz)
        (self.email, self.mobile, self.address, self.optIns) = (email, mobile, address, optIns)
        (self.hasParentalConsent, self.hasAcceptedTerms) = (hasParentalConsent, hasAcceptedTerms)
        (self.card, self.opportunity) = (card, opportunity)
        (self.hasPicture, self.hasNote) = (hasPicture, hasNote)
    }
}

/// The card that a new pass holder gets.
public enum RegistrationCard: Sendable, Hashable {
    /// From the counter's stock.
    case nfcCard(CardNumber)
    /// REG-03: the system makes it, with its number.
    case digital

    /// What it is made of.
    public var type: CardType {
        switch self {
        case .nfcCard: .nfcCard
        case .digital: .digital
        }
    }

    /// a card of plastic that was made for somebody with an opportunity status. A digital one is made as asked.
    public var isOpportunity: Bool {
        if case .nfcCard(let number) = self { number.isOpportunity } else { false }
    }

    /// REG-01: a number belongs to a card of plastic, and to that only.
    ///
    /// - Throws: What is wrong with the number.
    public init(type: CardType, number: CardNumber?) throws(Malformed) {
        switch (type, number) {
        case (.nfcCard, .some(let number)): self = .nfcCard(number)
        case (.nfcCard, nil): throw Malformed("must be given with an nfcCard")
        case (.digital, nil): self = .digital
        case (.digital, .some): throw Malformed("must be left out with a digital card")
        }
    }
}

/// An opportunity status that is asked for.
public struct OpportunityRequest: Sendable, Hashable {
    /// The last entitled day; `nil` for the default.
    public var endDate: CivilDate?

    public init(endDate: CivilDate? = nil) { self.endDate = endDate }
}
