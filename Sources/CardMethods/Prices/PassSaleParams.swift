import CardRules
import JSONRPC

/// What whoever sells a pass says about its price.
struct PassSaleParams: Sendable {
    let voucherCode: String?
    /// In cents.
    let expected: Int?

    /// Nothing is said.
    init() { (voucherCode, expected) = (nil, nil) }

    init(from reader: inout ParameterReader) {
        voucherCode = reader.optional("voucherCode", "Of a voucher that lowers the price; it is used then (REG-17).")
        let expected: Bounded<PriceRowParams.Cents>? = reader.optional(
            "expectedPriceCents", "What the person was told, in cents: another price is refused.")
        self.expected = expected?.value
    }

    /// The first card of somebody who is registered.
    func request(_ cardSystem: CardSystemID, _ person: RegistrationRequest) -> PassQuoteRequest {
        PassQuoteRequest(
            cardSystem: cardSystem, reason: .firstCard, cardType: person.card.type,
            hasOpportunity: RegistrationRules.asksOpportunity(person), dateOfBirth: person.dateOfBirth,
            postalCode: person.address.belgianPostalCode, voucherCode: voucherCode)
    }
}
