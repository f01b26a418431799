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

/// Who may be registered by whom, with what card. Pointers are those of the registration's parameters.
public enum RegistrationRules {
    /// REG-02, REG-05 to REG-08, REG-10 to REG-13, R-037: everything that is against it, nothing if the person may be
    /// registered. That a contact address is somebody else's too is nothing against it (REG-14).
    public static func check(
        _ request: RegistrationRequest, _ facts: RegistrationFacts, today: CivilDate
    ) -> [Reason] {
        rights(request, facts) + card(request, facts) + residence(request, facts) + identity(request, facts, today)
            + PersonRules.city(request.address, facts.municipalities)
            + PersonRules.consent(born: request.dateOfBirth, hasConsent: request.hasParentalConsent, today: today)
            + PersonRules.terms(request.hasAcceptedTerms)
            + PersonRules.optIns(
                request.optIns, email: request.email, mobile: request.mobile, born: request.dateOfBirth, today: today)
    }

    /// The request is for somebody with an opportunity status: it says so, or the card does.
    public static func asksOpportunity(_ request: RegistrationRequest) -> Bool {
        if case .nfcCard(let number) = request.card, number.isOpportunity { return true }
        return request.opportunity != nil
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
            need(
                .passHolderRegisterOpportunity,
                else: Reason(.registrationOpportunityNotAllowed, at: opportunityPointer(request)))
            let isOwnResident = request.address.belgianPostalCode.map(facts.counterPostalCodes.contains) ?? false
            if !isOwnResident {
                need(
                    .passHolderRegisterOpportunityWholeCardSystem,
                    else: Reason(.registrationOtherMunicipality, at: "/address/postalCode"))
            }
        }
        return reasons
    }

    private static func opportunityPointer(_ request: RegistrationRequest) -> String {
        request.opportunity == nil ? "/cardNumber" : "/opportunity"
    }

    /// REG-02, R-012, R-013; R-026: an ordinary card does not go with status data.
    private static func card(_ request: RegistrationRequest, _ facts: RegistrationFacts) -> [Reason] {
        guard case .nfcCard(let number) = request.card else { return [] }
        guard let card = facts.card else { return [Reason(.cardNotFound, at: "/cardNumber")] }
        var reasons = card.reasons(against: .activate, at: facts.counter, pointer: "/cardNumber")
        if card.cardSystem != facts.cardSystem { reasons.append(Reason(.cardOtherCardSystem, at: "/cardNumber")) }
        if request.opportunity != nil, !number.isOpportunity {
            reasons.append(Reason(.cardStatusMismatch, at: "/cardNumber"))
        }
        return reasons
    }

    /// R-192, MEM-04: the opportunity status is for residents of the card system.
    private static func residence(_ request: RegistrationRequest, _ facts: RegistrationFacts) -> [Reason] {
        guard asksOpportunity(request) else { return [] }
        let isResident = request.address.belgianPostalCode.map(facts.cardSystemPostalCodes.contains) ?? false
        return isResident ? [] : [Reason(.postalCodeNotInCardSystem, at: "/address/postalCode")]
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
