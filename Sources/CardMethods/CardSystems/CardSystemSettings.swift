import CardRules
import JSONRPC
import Postgres

/// What a card system decides for itself, as `cardSystem.create` and `cardSystem.update` take it.
struct CardSystemSettings: Sendable {
    enum Margin: IntegerRange { static let range = 0...1440 }
    enum Grace: IntegerRange { static let range = 0...366 }
    enum Warning: IntegerRange { static let range = 0...90 }
    enum Family: IntegerRange { static let range = 1...50 }
    enum OrderDays: IntegerRange { static let range = 1...90 }
    enum Hold: IntegerRange { static let range = 1...1440 }

    let website: Change<WebAddress>
    let isPermanent: Bool?
    let allowsCardlessRegistration: Bool?
    let cardlessRegistrationType: CardlessRegistrationType?
    let opportunityInfo: Change<String>
    let marginBefore: Bounded<Margin>?
    let marginAfter: Bounded<Margin>?
    let grace: Bounded<Grace>?
    let warning: Bounded<Warning>?
    let familyMembers: Bounded<Family>?
    let familyAdults: Bounded<Family>?
    let payment: Change<PaymentAccount>
    let orderDays: Bounded<OrderDays>?
    let opportunityPriceMaximum: Change<Bounded<PriceRange>>
    let ticketHold: Bounded<Hold>?
    let settlementPeriod: PeriodLimit.Period?

    init(from reader: inout ParameterReader) {
        website = reader.change("website", "Where people read about it.")
        isPermanent = reader.optional("isPermanent", "False for one that exists for a while only; true at first.")
        allowsCardlessRegistration = reader.optional(
            "allowsCardlessRegistration", "Whether people may register online without a card; false at first.")
        cardlessRegistrationType = reader.optional("cardlessRegistrationType", "Which of them may; none at first.")
        opportunityInfo = reader.change("opportunityInfo", "Who gets the opportunity status here.")
        marginBefore = reader.optional(
            "checkInMarginBeforeMinutes", "How long before an opening check-ins begin; 60 at first.")
        marginAfter = reader.optional("checkInMarginAfterMinutes", "How long after an opening they end; 60 at first.")
        grace = reader.optional(
            "opportunityGraceDays", "How long an opportunity status goes on after its end date; 30 at first.")
        warning = reader.optional(
            "fixedEventWarningDays", "How long before a pillar's fixed event ends it is told; 7 at first.")
        familyMembers = reader.optional(
            "familyMembersMaximum", "How many a family may count, its main member among them; 10 at first.")
        familyAdults = reader.optional(
            "familyAdultsMaximum", "How many of them may be of age when one is added; 2 at first.")
        payment = reader.change("payment", "The account that orders are paid to; without one, there are none.")
        orderDays = reader.optional("orderDays", "How long an order waits for its payment; 14 at first.")
        opportunityPriceMaximum = reader.change(
            "opportunityPriceMaximumCents", "Above this regular price there is no opportunity tariff (TAR-08).")
        ticketHold = reader.optional(
            "ticketHoldMinutes", "How long a reservation of tickets lasts; 15 at first.")
        settlementPeriod = reader.optional(
            "settlementPeriod", "Until the end of which period a counter takes back what it sold; `quarter` at first.")
    }

    func add(to changes: inout FieldChanges, at now: Instant) {
        changes.change("website", website) { "website = \($0?.text)" }
        changes.set("isPermanent", to: isPermanent) { "is_permanent = \($0)" }
        changes.set("allowsCardlessRegistration", to: allowsCardlessRegistration) {
            "allows_cardless_registration = \($0)"
        }
        changes.set("cardlessRegistrationType", to: cardlessRegistrationType) {
            "cardless_registration_type = \($0)"
        }
        changes.change("opportunityInfo", opportunityInfo) { "opportunity_info = \($0)" }
        changes.set("checkInMarginBeforeMinutes", to: marginBefore) { "check_in_margin_before_minutes = \($0.value)" }
        changes.set("checkInMarginAfterMinutes", to: marginAfter) { "check_in_margin_after_minutes = \($0.value)" }
        changes.set("opportunityGraceDays", to: grace) {
            "opportunity_grace_days = \($0.value), opportunity_grace_changed_at = \(now)"
        }
        changes.set("fixedEventWarningDays", to: warning) { "fixed_event_warning_days = \($0.value)" }
        changes.set("familyMembersMaximum", to: familyMembers) { "family_members_maximum = \($0.value)" }
        changes.set("familyAdultsMaximum", to: familyAdults) { "family_adults_maximum = \($0.value)" }
        changes.change("payment", payment) {
            "payment_iban = \($0?.iban), payment_beneficiary = \($0?.beneficiary)"
        }
        changes.set("orderDays", to: orderDays) { "order_days = \($0.value)" }
        changes.change("opportunityPriceMaximumCents", opportunityPriceMaximum) {
            "opportunity_price_maximum_cents = \($0?.value)"
        }
        changes.set("ticketHoldMinutes", to: ticketHold) { "ticket_hold_minutes = \($0.value)" }
        changes.set("settlementPeriod", to: settlementPeriod) { "settlement_period = \($0)" }
    }
}

/// The account that orders are paid to (ORD-02).
struct PaymentAccount: ObjectParameter {
    let iban: IBAN
    let beneficiary: String

    init(from reader: inout ParameterReader) {
        iban = reader.required("iban", "The account.")
        beneficiary = reader.required("beneficiary", "Whose it is.")
    }

    init?(iban: IBAN?, beneficiary: String?) {
        guard let iban, let beneficiary else { return nil }
        (self.iban, self.beneficiary) = (iban, beneficiary)
    }
}

/// The address of a web site.
struct WebAddress: ParameterValue {
    let text: String

    static var schema: Schema { .string(format: "uri", pattern: "^https?://", lengths: 1...500) }
    static var placeholder: WebAddress { WebAddress(text: "") }

    private init(text: String) { self.text = text }

    init(parameter: JSON) throws(Unfit) {
        let text = try String(parameter: parameter)
        let host = ["https://", "http://"].first(where: text.hasPrefix).map { text.dropFirst($0.count) }
        guard let first = host?.first, first.isLetter || first.isNumber, !text.contains(where: \.isWhitespace) else {
            throw Unfit("must be a web address, such as https://example.org/uitpas")
        }
        self.text = text
    }
}
