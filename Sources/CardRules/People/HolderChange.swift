/// The data of a pass holder that rules look at.
public struct HolderState: Sendable, Hashable {
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

    public init(
        dateOfBirth: CivilDate, gender: Gender?, insz: INSZ?, email: EmailAddress?, mobile: PhoneNumber?,
        address: Address, optIns: Set<OptIn>, hasParentalConsent: Bool, hasAcceptedTerms: Bool
    ) {
        (self.dateOfBirth, self.gender, self.insz) = (dateOfBirth, gender, insz)
        (self.email, self.mobile, self.address, self.optIns) = (email, mobile, address, optIns)
        (self.hasParentalConsent, self.hasAcceptedTerms) = (hasParentalConsent, hasAcceptedTerms)
    }
}

/// A pass holder's data before and after a change.
public struct HolderChange: Sendable, Hashable {
    public var old: HolderState
    public var new: HolderState
    /// The names of the parameters that were given.
    public var fields: [String]

    public init(from old: HolderState, to new: HolderState, fields: [String]) {
        (self.old, self.new, self.fields) = (old, new, fields)
    }
}

/// What is known when a pass holder's data are changed.
public struct HolderChangeFacts: Sendable {
    /// `nil` for the holder himself; else what the caller may do where the person is a member.
    public var permissions: Set<Permission>?
    /// Somebody else has the INSZ that is given.
    public var isINSZTaken: Bool
    /// Of the caller's card systems that the person is a member of; of all his for the holder himself.
    public var municipalities: [MunicipalityFacts]
    /// The opportunity statuses that the person has, in whatever card system.
    public var statuses: [HeldStatus]

    /// An opportunity status, and the region that it is for.
    public struct HeldStatus: Sendable, Hashable {
        public var cardSystem: CardSystemID
        /// The caller may know of it.
        public var isOwn: Bool
        public var status: OpportunityStatus
        public var postalCodes: Set<BelgianPostalCode>

        public init(
            cardSystem: CardSystemID, isOwn: Bool, status: OpportunityStatus, postalCodes: Set<BelgianPostalCode>
        ) {
            (self.cardSystem, self.isOwn) = (cardSystem, isOwn)
            (self.status, self.postalCodes) = (status, postalCodes)
        }
    }

    public init(
        permissions: Set<Permission>?, isINSZTaken: Bool, municipalities: [MunicipalityFacts], statuses: [HeldStatus]
    ) {
        (self.permissions, self.isINSZTaken) = (permissions, isINSZTaken)
        (self.municipalities, self.statuses) = (municipalities, statuses)
    }
}

/// Which changes of a pass holder's data there may be.
public enum HolderChangeRules {
    /// What a holder keeps himself: how he is reached, and what he is sent.
    static let ownFields: Set = ["email", "phone", "mobile", "address", "optIns"]

    /// PH-03, PH-05, REG-10, REG-11, REG-13, R-037: everything that is against it. What is not touched is not judged.
    public static func check(_ change: HolderChange, _ facts: HolderChangeFacts, today: CivilDate) -> [Reason] {
        let (new, touches) = (change.new, Set(change.fields))
        var reasons = rights(change, facts) + identity(change, facts, today)
        if change.old.address != new.address { reasons += address(change, facts) }
        if !touches.isDisjoint(with: ["dateOfBirth", "parentalConsent"]) {
            reasons += PersonRules.consent(born: new.dateOfBirth, hasConsent: new.hasParentalConsent, today: today)
        }
        if !touches.isDisjoint(with: ["legalTermsPaper", "legalTermsDigital"]) {
            reasons += PersonRules.terms(new.hasAcceptedTerms)
        }
        if !touches.isDisjoint(with: ["dateOfBirth", "email", "mobile", "optIns"]) {
            reasons += PersonRules.optIns(
                new.optIns, email: new.email, mobile: new.mobile, born: new.dateOfBirth, today: today)
        }
        return reasons
    }

    /// PH-05: who moves abroad needs staff with that right. The rest of the record is staff's to change.
    private static func rights(_ change: HolderChange, _ facts: HolderChangeFacts) -> [Reason] {
        var reasons: [Reason] = []
        if facts.permissions == nil {
            let permission = Reason.Detail("permission", .text(Permission.passHolderRegister.rawValue))
            reasons = change.fields.filter { !ownFields.contains($0) }.map {
                Reason(.permissionNotHeld, at: "/" + $0, permission)
            }
        }
        let country = change.new.address.country
        let isMovingAbroad = country != .belgium && country != change.old.address.country
        if isMovingAbroad, facts.permissions?.contains(.passHolderRegisterForeign) != true {
            reasons.append(Reason(.registrationForeignNotAllowed, at: "/address/country"))
        }
        return reasons
    }

    /// REG-11, R-033, R-034: an INSZ is given once, and goes on fitting the person.
    private static func identity(_ change: HolderChange, _ facts: HolderChangeFacts, _ today: CivilDate) -> [Reason] {
        let (old, new) = (change.old, change.new)
        var reasons = old.dateOfBirth == new.dateOfBirth ? [] : PersonRules.birth(new.dateOfBirth, today: today)
        if let known = old.insz, known != new.insz { return reasons + [Reason(.inszKnown, at: "/insz")] }
        let isJudged = old.insz != new.insz || old.dateOfBirth != new.dateOfBirth || old.gender != new.gender
        if let insz = new.insz, isJudged, !insz.fits(birthDate: new.dateOfBirth, gender: new.gender) {
            let pointer = old.insz == nil ? "/insz" : old.dateOfBirth != new.dateOfBirth ? "/dateOfBirth" : "/gender"
            reasons.append(Reason(.inszMismatch, at: pointer))
        }
        if old.insz == nil, new.insz != nil, facts.isINSZTaken { reasons.append(Reason(.inszTaken, at: "/insz")) }
        return reasons
    }

    /// PH-03: who has a valid opportunity status stays in its region; the move assistant ends the status.
    private static func address(_ change: HolderChange, _ facts: HolderChangeFacts) -> [Reason] {
        let code = change.new.address.belgianPostalCode
        let reasons = PersonRules.city(change.new.address, facts.municipalities)
        guard code != change.old.address.belgianPostalCode else { return reasons }
        let left = facts.statuses.filter { held in
            held.status.isValid && !(code.map(held.postalCodes.contains) ?? false)
        }
        guard !left.isEmpty else { return reasons }
        var reason = Reason(.addressOutsideRegion, at: "/address/postalCode")
        reason.details = left.filter(\.isOwn).map { .init("cardSystemId", .text($0.cardSystem.text)) }
        return reasons + [reason]
    }
}

extension OpportunityStatus {
    /// There is one, and it has not run out; a suspended one comes back.
    public var isValid: Bool {
        switch self {
        case .active, .suspended: true
        case .none, .expired: false
        }
    }
}
