/// What is known when somebody is registered.
public struct RegistrationFacts: Sendable {
    /// What the counter may do in the card system.
    public var permissions: Set<Permission>
    public var cardSystem: CardSystemID
    /// Of all its municipalities.
    public var cardSystemPostalCodes: Set<BelgianPostalCode>
    /// `nil` for a registration without a counter.
    public var counter: CounterID?
    /// Of the counter's municipality; empty if it has none.
    public var counterPostalCodes: Set<BelgianPostalCode>
    /// The card whose number is given; `nil` if there is none.
    public var card: CardFacts?
    /// Somebody is registered with this INSZ, in whatever card system.
    public var isINSZTaken: Bool
    /// Of the card system.
    public var municipalities: [MunicipalityFacts]

    public init(
        permissions: Set<Permission>, cardSystem: CardSystemID, cardSystemPostalCodes: Set<BelgianPostalCode>,
        counter: CounterID?, counterPostalCodes: Set<BelgianPostalCode>, card: CardFacts?, isINSZTaken: Bool,
        municipalities: [MunicipalityFacts] = []
    ) {
        (self.permissions, self.cardSystem, self.counter) = (permissions, cardSystem, counter)
        (self.cardSystemPostalCodes, self.counterPostalCodes) = (cardSystemPostalCodes, counterPostalCodes)
        (self.card, self.isINSZTaken, self.municipalities) = (card, isINSZTaken, municipalities)
    }
}

extension RegistrationFacts {
    /// What matters wherever a card is issued.
    var issue: IssueFacts {
        IssueFacts(
            permissions: permissions, cardSystem: cardSystem, cardSystemPostalCodes: cardSystemPostalCodes,
            counter: counter, counterPostalCodes: counterPostalCodes, card: card)
    }
}

/// Who may be registered by whom, with what card. Pointers are those of the registration's parameters.
public enum RegistrationRules {
    /// REG-02, REG-05 to REG-13, R-037: everything that is against it, nothing if the person may be
    /// registered. That a contact address is somebody else's too is nothing against it (REG-14).
    public static func check(
        _ request: RegistrationRequest, _ facts: RegistrationFacts, today: CivilDate
    ) -> [Reason] {
        rights(request, facts)
            + IssueRules.card(
                request.card, isStatusAsked: request.opportunity != nil, facts.issue, pointer: "/cardNumber")
            + (asksOpportunity(request) ? IssueRules.residence(of: request.address, facts.issue) : [])
            + IssueRules.endDate(request.opportunity, today: today)
            + identity(request, facts, today)
            + PersonRules.city(request.address, facts.municipalities)
            + PersonRules.consent(born: request.dateOfBirth, hasConsent: request.hasParentalConsent, today: today)
            + PersonRules.terms(request.hasAcceptedTerms)
            + PersonRules.optIns(
                request.optIns, email: request.email, mobile: request.mobile, born: request.dateOfBirth, today: today)
    }

    /// The request is for somebody with an opportunity status: it says so, or the card does.
    public static func asksOpportunity(_ request: RegistrationRequest) -> Bool {
        request.opportunity != nil || request.card.isOpportunity
    }

    /// REG-09, R-027: the last day of the opportunity status that the registration gives; `nil` if it gives none.
    public static func opportunityEndDate(_ request: RegistrationRequest, today: CivilDate) -> CivilDate? {
        guard asksOpportunity(request) else { return nil }
        return request.opportunity?.endDate ?? OpportunityStatus.defaultEndDate(on: today)
    }

    /// REG-05 to REG-08, REG-12, PH-06: rights add up, each is needed for what it is about.
    private static func rights(_ request: RegistrationRequest, _ facts: RegistrationFacts) -> [Reason] {
        var reasons: [Reason] = []
        func need(_ permission: Permission, else reason: Reason) {
            if !facts.permissions.contains(permission) { reasons.append(reason) }
        }
        let plain: [(Permission, String?, Bool)] = [
            (.passHolderRegister, nil, true), (.passHolderPictureWrite, "/picture", request.hasPicture),
            (.passHolderNoteWrite, "/note", request.hasNote),
        ]
        for (permission, pointer, isAsked) in plain where isAsked {
            let held = Reason.Detail("permission", .text(permission.rawValue))
            need(permission, else: Reason(.permissionNotHeld, at: pointer, held))
        }
        let isForeign = request.address.country != .belgium
        if isForeign {
            need(.passHolderRegisterForeign, else: Reason(.registrationForeignNotAllowed, at: "/address/country"))
        } else if request.insz == nil {
            need(.passHolderRegisterWithoutINSZ, else: Reason(.registrationInszRequired, at: "/insz"))
        }
        if asksOpportunity(request) {
            let pointer = request.opportunity == nil ? "/cardNumber" : "/opportunity"
            reasons += IssueRules.opportunityRights(for: request.address, facts.issue, pointer: pointer)
        }
        return reasons
    }

    /// REG-11, R-031, R-033, R-034: a birth date that can be, an INSZ that fits and is nobody else's.
    private static func identity(
        _ request: RegistrationRequest, _ facts: RegistrationFacts, _ today: CivilDate
    ) -> [Reason] {
        var reasons = PersonRules.birth(request.dateOfBirth, today: today)
        if let insz = request.insz {
            if !insz.fits(birthDate: request.dateOfBirth, gender: request.gender) {
                reasons.append(Reason(.inszMismatch, at: "/insz"))
            }
            if facts.isINSZTaken { reasons.append(Reason(.inszTaken, at: "/insz")) }
        }
        return reasons
    }
}
