import CardRules
import Testing

extension Sample {
    static let otherHome = address("9000")
    static let digits = (
        ordinary: RegistrationCard.nfcCard(ordinaryCard), opportunity: RegistrationCard.nfcCard(opportunityCard)
    )

    /// A counter of Eeklo with all rights, the named card in its stock.
    static let issue = IssueFacts(
        permissions: Set(Permission.allCases), cardSystem: cardSystem,
        cardSystemPostalCodes: facts.cardSystemPostalCodes, counter: counter,
        counterPostalCodes: facts.counterPostalCodes, card: facts.card)

    /// Somebody of Eeklo who is a member elsewhere, with an active card.
    static let person = MembershipFacts(
        issue: issue, isHolderBlocked: false, address: address("9900"), existing: nil, hasActiveCard: true,
        leavesRegionOfStatus: false)

    static func person(_ change: (inout MembershipFacts) -> Void) -> MembershipFacts {
        var facts = person
        change(&facts)
        return facts
    }

    static let plain = MembershipFacts.Existing(isBlocked: false, hasOpportunity: false)
    static let entitled = MembershipFacts.Existing(isBlocked: false, hasOpportunity: true)
}

struct MembershipRulesTests {
    private static let digital = MembershipRequest(card: .digital)
    private static let status = MembershipRequest(card: .digital, opportunity: OpportunityRequest())

    private static func decide(_ request: MembershipRequest, _ facts: MembershipFacts) -> MembershipDecision {
        MembershipRules.decide(request, facts, today: Sample.today)
    }

    @Test(
        arguments: [
            (nil, digital, .newMembership, .extraCard), (nil, status, .newMembership, .extraCard),
            (nil, MembershipRequest(card: nil), .newMembership, .cardUpgrade),
            (Sample.plain, digital, .notPossible, .extraCard),
            (Sample.entitled, status, .notPossible, .extraCard),
            (Sample.plain, status, .replaceMembership, .obtainOpportunityStatus),
            (Sample.entitled, digital, .replaceMembership, .loseOpportunityStatus),
        ] as [(MembershipFacts.Existing?, MembershipRequest, MembershipChange, PriceReason)])
    func `MEM-01 MEM-02 MEM-03 MEM-05 MEM-06 R-061 R-065 the change and its price`(
        existing: MembershipFacts.Existing?, request: MembershipRequest, change: MembershipChange, price: PriceReason
    ) {
        let decision = Self.decide(request, Sample.person { $0.existing = existing })
        #expect(decision.change == change && decision.priceReason == price)
        let expected = change == .notPossible ? ["membership.exists /cardSystemId"] : []
        #expect(decision.reasons.map(\.line) == expected)
    }

    @Test func `MEM-04 R-192 a status needs a home in the card system, which may be a new one`() {
        let away = Sample.person { $0.address = Sample.otherHome }
        let decision = Self.decide(Self.status, away)
        #expect(decision.isAddressChangeRequired)
        #expect(decision.reasons.map(\.line) == ["postalCode.notInCardSystem /address/postalCode"])
        var moving = Self.status
        moving.newAddress = Sample.address("9900")
        let moved = Self.decide(moving, away)
        #expect(moved.isAddressChangeRequired && moved.reasons == [])
        #expect(!Self.decide(Self.digital, away).isAddressChangeRequired)
        #expect(Self.decide(Self.digital, away).reasons == [])
    }

    @Test func `R-027 R-063 the status ends on the given day, else on 30 April of next year`() {
        #expect(Self.decide(Self.status, Sample.person).opportunityEndDate == CivilDate(text: "2027-04-30"))
        var request = Self.status
        request.opportunity?.endDate = CivilDate(text: "2026-12-31")
        #expect(Self.decide(request, Sample.person).opportunityEndDate == CivilDate(text: "2026-12-31"))
        #expect(Self.decide(Self.digital, Sample.person).opportunityEndDate == nil)
    }

    @Test(arguments: [("2026-05-13", ["opportunityStatus.datePassed /opportunity/endDate"]), ("2026-05-14", [])])
    func `REG-09 R-027 a status that is given ends today at the earliest`(endDate: String, lines: [String]) {
        var (request, registration) = (Self.status, Sample.request)
        request.opportunity?.endDate = CivilDate(text: endDate)
        registration.opportunity = request.opportunity
        registration.card = .digital
        #expect(Self.decide(request, Sample.person).reasons.map(\.line) == lines)
        #expect(
            RegistrationRules.check(registration, Sample.facts, today: Sample.today).map(\.line) == lines)
        let plain = Sample.person { $0.existing = Sample.plain }
        let replaced = ReplacementRules.decide(
            .digital, request, nil, hasCard: true, plain, today: Sample.today)
        #expect(replaced.reasons.map(\.line) == lines)
        let moving = MoveFacts(there: Sample.person, left: Sample.plain)
        #expect(MoveRules.decide(request, moving, today: Sample.today).reasons.map(\.line) == lines)
    }

    @Test(
        arguments: [
            (MembershipRequest(card: nil, opportunity: OpportunityRequest()), nil, true),
            (MembershipRequest(card: nil), Sample.entitled, true), (MembershipRequest(card: nil), nil, false),
        ] as [(MembershipRequest, MembershipFacts.Existing?, Bool)])
    func `R-065 R-066 MEM-08 the card there is serves for joining without status`(
        request: MembershipRequest, existing: MembershipFacts.Existing?, isRefused: Bool
    ) {
        let kinds = Self.decide(request, Sample.person { $0.existing = existing }).reasons.map(\.line)
        #expect(kinds == (isRefused ? ["membership.cardNeeded /cardType"] : []))
        let without = Self.decide(
            request,
            Sample.person {
                $0.existing = existing
                $0.hasActiveCard = false
            })
        #expect(without.reasons.map(\.line) == ["membership.cardNeeded /cardType"])
    }

    @Test(
        arguments: [
            (.passHolderRegister, digital, "9900", "permission.notHeld permission=passHolder.register"),
            (.passHolderRegisterOpportunity, status, "9900", "registration.opportunityNotAllowed /opportunity"),
            (
                .passHolderRegisterOpportunity, MembershipRequest(card: Sample.digits.opportunity), "9900",
                "registration.opportunityNotAllowed /cardNumber"
            ),
            (
                .passHolderRegisterOpportunityWholeCardSystem, status, "9940",
                "registration.otherMunicipality /address/postalCode"
            ),
        ] as [(Permission, MembershipRequest, String, String)])
    func `MEM-07 REG-05 REG-06 REG-07 each right is needed for what it is about`(
        permission: Permission, request: MembershipRequest, postalCode: String, line: String
    ) {
        var facts = Sample.person { $0.address = Sample.address(postalCode) }
        #expect(Self.decide(request, facts).reasons == [])
        facts.issue.permissions.remove(permission)
        #expect(Self.decide(request, facts).reasons.map(\.line) == [line])
    }

    @Test func `REG-08 PH-03 a new address needs its right, and leaves no region of another status`() {
        var request = Self.digital
        request.newAddress = Sample.address("4551", "NL")
        var facts = Sample.person
        #expect(Self.decide(request, facts).reasons == [])
        facts.issue.permissions.remove(.passHolderRegisterForeign)
        facts.leavesRegionOfStatus = true
        #expect(
            Self.decide(request, facts).reasons.map(\.line) == [
                "registration.foreignNotAllowed /address/country", "address.outsideRegion /address/postalCode",
            ])
        #expect(Self.decide(Self.digital, facts).reasons == [], "who stays where he lives leaves nothing")
    }

    @Test func `REG-02 R-012 R-013 R-014 R-026 the card lies in the counter's drawer and is of the right kind`() {
        let ordinary = MembershipRequest(card: Sample.digits.ordinary, opportunity: OpportunityRequest())
        #expect(Self.decide(ordinary, Sample.person).reasons.map(\.line) == ["card.opportunityMismatch /cardNumber"])
        let facts = Sample.person {
            $0.issue.card = CardFacts(
                status: .stock, cardSystem: Sample.otherCardSystem, counter: Sample.otherCounter)
        }
        #expect(
            Self.decide(MembershipRequest(card: Sample.digits.ordinary), facts).reasons.map(\.line) == [
                "card.notInLocalStock /cardNumber status=stock", "card.notAtCounter /cardNumber",
                "card.otherCardSystem /cardNumber",
            ])
        let unknown = Sample.person { $0.issue.card = nil }
        #expect(
            Self.decide(MembershipRequest(card: Sample.digits.ordinary), unknown).reasons.map(\.line)
                == ["card.notFound /cardNumber"])
    }

    @Test func `NUM-05 R-018 who is blocked, there or everywhere, gets nothing`() {
        let blocked = Sample.person { $0.isHolderBlocked = true }
        #expect(Self.decide(Self.digital, blocked).reasons.map(\.line) == ["passHolder.blocked"])
        let there = Sample.person { $0.existing = .init(isBlocked: true, hasOpportunity: false) }
        #expect(Self.decide(Self.status, there).reasons.map(\.line) == ["passHolder.blocked"])
    }
}

struct ReplacementRulesTests {
    private static func decide(
        _ card: RegistrationCard, _ given: ReplacementReason? = nil, hasCard: Bool = true,
        opportunity: OpportunityRequest? = nil, _ facts: MembershipFacts
    ) -> ReplacementDecision {
        ReplacementRules.decide(
            card, MembershipRequest(card: card, opportunity: opportunity), given, hasCard: hasCard, facts,
            today: Sample.today)
    }

    private static let next = CivilDate(text: "2027-04-30")!

    @Test(
        arguments: [
            (Sample.plain, Sample.digits.ordinary, .loss, .lossOrTheft, .stays),
            (Sample.plain, .digital, .theft, .lossOrTheft, .stays), (Sample.plain, .digital, .defect, .defect, .stays),
            (Sample.plain, .digital, nil, nil, .stays),
            (Sample.plain, Sample.digits.opportunity, .loss, .obtainOpportunityStatus, .granted(next)),
            (Sample.entitled, Sample.digits.ordinary, .defect, .loseOpportunityStatus, .ends),
            (Sample.entitled, Sample.digits.opportunity, .loss, .lossOrTheft, .stays),
            (Sample.entitled, .digital, .loss, .lossOrTheft, .stays),
        ] as [(MembershipFacts.Existing, RegistrationCard, ReplacementReason?, PriceReason?, StatusChange)])
    func `R-060 R-061 R-062 R-063 R-064 the reason is forced where the kind of card changes`(
        existing: MembershipFacts.Existing, card: RegistrationCard, given: ReplacementReason?, price: PriceReason?,
        status: StatusChange
    ) {
        let decision = Self.decide(card, given, Sample.person { $0.existing = existing })
        #expect(decision == ReplacementDecision(priceReason: price, status: status, reasons: []))
    }

    @Test func `MEM-09 a membership without card gets its first`() {
        let decision = Self.decide(.digital, hasCard: false, Sample.person { $0.existing = Sample.plain })
        #expect(decision == ReplacementDecision(priceReason: .extraCard, status: .stays, reasons: []))
    }

    @Test func `R-064 PH-04 a replacement extends nothing`() {
        let decision = Self.decide(
            .digital, .loss, opportunity: OpportunityRequest(), Sample.person { $0.existing = Sample.entitled })
        #expect(decision.reasons.map(\.line) == ["membership.exists /opportunity"])
    }

    @Test func `NUM-05 R-012 who is blocked gets no card, nor does a card from elsewhere do`() {
        let facts = Sample.person {
            $0.existing = .init(isBlocked: true, hasOpportunity: false)
            $0.issue.card?.counter = Sample.otherCounter
        }
        #expect(
            Self.decide(Sample.digits.ordinary, .loss, facts).reasons.map(\.line)
                == ["passHolder.blocked", "card.notAtCounter /cardNumber"])
    }

    @Test(
        arguments: [
            (.active, .lossOrTheft, [.block]), (.blocked, .lossOrTheft, []), (.deleted, .lossOrTheft, []),
            (.active, .defect, [.block, .delete]), (.blocked, .defect, [.delete]), (.deleted, .defect, []),
            (.active, .loseOpportunityStatus, [.block]), (.active, .obtainOpportunityStatus, [.block]),
            (.active, .removal, [.block]),
        ] as [(CardStatus, PriceReason, [CardStep])])
    func `R-060 R-070 MEM-08 a defect card is done with, every other stays blocked`(
        old: CardStatus, reason: PriceReason, steps: [CardStep]
    ) {
        #expect(ReplacementRules.steps(toEnd: old, for: reason) == steps)
    }
}

struct MoveRulesTests {
    private static func decide(
        _ request: MembershipRequest, from left: MembershipFacts.Existing? = Sample.plain,
        to existing: MembershipFacts.Existing? = nil, hasActiveCard: Bool = true
    ) -> MoveDecision {
        let there = Sample.person {
            $0.address = Sample.otherHome
            $0.existing = existing
            $0.hasActiveCard = hasActiveCard
        }
        return MoveRules.decide(request, MoveFacts(there: there, left: left), today: Sample.today)
    }

    private static func request(
        card: RegistrationCard? = .digital, status: Bool = false, to postalCode: String = "9900"
    ) -> MembershipRequest {
        MembershipRequest(
            card: card, opportunity: status ? OpportunityRequest() : nil, newAddress: Sample.address(postalCode))
    }

    private static let next = CivilDate(text: "2027-04-30")!

    @Test func `R-068 an entitlement ends with the move, an ordinary membership goes on`() {
        #expect(
            Self.decide(Self.request(), from: Sample.entitled)
                == MoveDecision(change: .newMembership, endsStatus: true, opportunityEndDate: nil, reasons: []))
        #expect(
            Self.decide(Self.request(status: true))
                == MoveDecision(change: .newMembership, endsStatus: false, opportunityEndDate: Self.next, reasons: []))
    }

    @Test(
        arguments: [
            (Sample.plain, request(card: nil), nil, nil), (Sample.entitled, request(card: nil), nil, nil),
            (Sample.entitled, request(card: nil, status: true), nil, nil),
            (Sample.plain, request(status: true), .replaceMembership, next),
        ] as [(MembershipFacts.Existing, MembershipRequest, MembershipChange?, CivilDate?)])
    func `R-068 a membership that is there stays, unless a status is asked that it has not`(
        existing: MembershipFacts.Existing, request: MembershipRequest, change: MembershipChange?, endDate: CivilDate?
    ) {
        let decision = Self.decide(request, to: existing, hasActiveCard: false)
        #expect(decision.change == change && decision.opportunityEndDate == endDate && decision.reasons == [])
    }

    @Test func `R-069 the new home lies in the new card system, and the old membership exists`() {
        for status in [false, true] {
            let away = Self.decide(Self.request(status: status, to: "9000"))
            #expect(away.reasons.map(\.line).contains("postalCode.notInCardSystem /address/postalCode"))
            #expect(away.reasons.count { $0.kind == .postalCodeNotInCardSystem } == 1)
        }
        let stranger = Self.decide(Self.request(), from: nil)
        #expect(stranger.reasons.map(\.line) == ["membership.notFound /fromCardSystemId"])
    }

    @Test func `R-065 R-066 without another card the one that is blocked does not serve, nor is one wasted`() {
        let without = Self.decide(Self.request(card: nil), hasActiveCard: false)
        #expect(without.reasons.map(\.line) == ["membership.cardNeeded /cardType"])
        let wasted = Self.decide(Self.request(), to: Sample.plain)
        #expect(wasted.reasons.map(\.line) == ["membership.exists /cardType"])
    }
}
