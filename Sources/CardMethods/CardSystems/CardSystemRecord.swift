import CardRules
import JSONRPC
import Postgres

/// A card system as everybody may see it.
struct CardSystemRecord: ResultRecord {
    let id: CardSystemID
    let name: String
    let website: String?
    let isPermanent: Bool
    let allowsCardlessRegistration: Bool
    let cardlessRegistrationType: CardlessRegistrationType
    let opportunityInfo: String?
    let checkInMarginBefore: Int
    let checkInMarginAfter: Int
    let opportunityGrace: Int
    let fixedEventWarning: Int
    let familyMembers: Int
    let familyAdults: Int
    let payment: PaymentAccount?
    let orderDays: Int
    let opportunityPriceMaximum: Int?
    let ticketHold: Int
    let settlementPeriod: PeriodLimit.Period
    let distance: Int?
    let version: Int
    var municipalities: [MunicipalityRecord] = []

    static let fields: [ResultField<CardSystemRecord>] = [
        .init("id", "The card system.") { $0.id },
        .init("name", "What it is called.") { $0.name },
        .init("website", "Where people read about it.") { $0.website },
        .init("isPermanent", "False for one that exists for a while only.") { $0.isPermanent },
        .init("allowsCardlessRegistration", "Whether people may register online without a card.") {
            $0.allowsCardlessRegistration
        },
        .init("cardlessRegistrationType", "Which of them may.") { $0.cardlessRegistrationType },
        .init("opportunityInfo", "Who gets the opportunity status here.") { $0.opportunityInfo },
        .init("checkInMarginBeforeMinutes", "How long before an opening check-ins begin.") { $0.checkInMarginBefore },
        .init("checkInMarginAfterMinutes", "How long after an opening they end.") { $0.checkInMarginAfter },
        .init("opportunityGraceDays", "How long an opportunity status goes on after its end date.") {
            $0.opportunityGrace
        },
        .init("fixedEventWarningDays", "How long before a pillar's fixed event ends it is told.") {
            $0.fixedEventWarning
        },
        .init("familyMembersMaximum", "How many a family may count, its main member among them.") {
            $0.familyMembers
        },
        .init("familyAdultsMaximum", "How many of them may be of age when one is added.") { $0.familyAdults },
        .init("paymentIban", "The account that orders are paid to; without one, there are none.") { $0.payment?.iban },
        .init("paymentBeneficiary", "Whose account that is.") { $0.payment?.beneficiary },
        .init("orderDays", "How long an order waits for its payment.") { $0.orderDays },
        .init("opportunityPriceMaximumCents", "The highest regular price with an opportunity tariff.") {
            $0.opportunityPriceMaximum
        },
        .init("ticketHoldMinutes", "How long a reservation of tickets lasts.") { $0.ticketHold },
        .init("settlementPeriod", "Until the end of which period a counter takes back what it sold.") {
            $0.settlementPeriod
        },
        .init("distanceMetres", "How far its nearest municipality is, if that was asked and is known.") { $0.distance },
        .init("municipalities", "All of them, by name.") { $0.municipalities },
        .init("version", "Give it back with an update.") { $0.version },
    ]

    static let columns: SQL = """
        s.id, s.name, s.website, s.is_permanent, s.allows_cardless_registration, s.cardless_registration_type,
        s.opportunity_info, s.check_in_margin_before_minutes, s.check_in_margin_after_minutes,
        s.opportunity_grace_days, s.fixed_event_warning_days, s.family_members_maximum,
        s.family_adults_maximum, s.payment_iban, s.payment_beneficiary,
        s.order_days, s.opportunity_price_maximum_cents, s.ticket_hold_minutes, s.settlement_period, s.version
        """

    /// - Parameter distance: In metres, where it was asked.
    init(row: Row, distance: Int? = nil) throws {
        id = try row["id"]
        name = try row["name"]
        website = try row["website"]
        isPermanent = try row["is_permanent"]
        allowsCardlessRegistration = try row["allows_cardless_registration"]
        cardlessRegistrationType = try row["cardless_registration_type"]
        opportunityInfo = try row["opportunity_info"]
        checkInMarginBefore = try row["check_in_margin_before_minutes"]
        checkInMarginAfter = try row["check_in_margin_after_minutes"]
        opportunityGrace = try row["opportunity_grace_days"]
        fixedEventWarning = try row["fixed_event_warning_days"]
        familyMembers = try row["family_members_maximum"]
        familyAdults = try row["family_adults_maximum"]
        payment = PaymentAccount(iban: try row["payment_iban"], beneficiary: try row["payment_beneficiary"])
        orderDays = try row["order_days"]
        opportunityPriceMaximum = try row["opportunity_price_maximum_cents"]
        ticketHold = try row["ticket_hold_minutes"]
        settlementPeriod = try row["settlement_period"]
        version = try row["version"]
        self.distance = distance
    }
}

extension CardlessRegistrationType: WordParameter, PostgresValue {}

extension Call {
    /// Refuses a card system that does not exist; they are all public.
    func requireCardSystem(_ id: CardSystemID, at pointer: String = "/cardSystemId") throws {
        if try transaction.first("select from card_system where id = \(id)") == nil {
            throw Refusal(.cardSystemNotFound, at: pointer)
        }
    }

    /// A card system that the caller administers, and that the audit trail then names.
    func requireAdministered(_ id: CardSystemID) throws {
        try requireCardSystem(id)
        try require(scope.administers(id))
        audit.cardSystem = id
    }

    /// A card system with its municipalities, and its settings as of an instant. They must be visible.
    func cardSystem(_ id: CardSystemID, at instant: Instant? = nil) throws -> CardSystemRecord {
        let row = try transaction.first(
            """
            select \(fragment: CardSystemRecord.columns) from card_system as s_now
            \(fragment: SettingOwner.join("s", at: instant)) where s_now.id = \(id)
            """)
        guard let row else { throw Refusal(.cardSystemNotFound, at: "/cardSystemId") }
        var cardSystem = try CardSystemRecord(row: row)
        cardSystem.municipalities = try municipalities(of: [id])
        return cardSystem
    }
}
