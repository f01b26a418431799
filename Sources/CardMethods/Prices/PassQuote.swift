import CardRules
import Postgres

/// Whoever wants a pass, as far as its price depends on it.
struct PassQuoteRequest {
    let cardSystem: CardSystemID
    let reason: PriceReason
    let cardType: CardType
    let hasOpportunity: Bool
    let dateOfBirth: CivilDate
    /// `nil` abroad.
    let postalCode: BelgianPostalCode?
    /// As it was typed; `nil` without voucher.
    var voucherCode: String?
}

/// What a pass costs today, and where that comes from.
struct PassQuote {
    let request: PassQuoteRequest
    let price: PassPrice
    /// The list that it is read from; `nil` if there is none.
    let list: PriceListID?
    let voucher: PassVoucherRecord?

    /// Everything that is against selling it.
    func reasonsAgainst(_ sale: PassSaleParams) -> [Reason] { price.reasonsAgainstSale(expected: sale.expected) }

    /// Writes the sale down, and its voucher as used. Nothing may be against it. Run it after the person and the card
    /// are there.
    ///
    /// - Parameter ordered: What was paid for it beforehand, in cents, by a list that may not hold any more.
    func sale(
        of card: CardID?, to holder: PassHolderID, at counter: CounterID?, ordered: Int? = nil, in call: Call
    ) -> [SQL] {
        let id: ID<PassQuote> = call.newID()
        let use = voucher.map { voucher -> SQL in
            "update pass_voucher set status = 'used', closed_at = \(call.now) where id = \(voucher.id)"
        }
        return [
            """
            insert into pass_sale (id, card_system_id, holder_id, card_id, counter_id, reason, price_cents,
                unreduced_cents, price_list_id, voucher_id, at, account_id)
            values (\(id), \(request.cardSystem), \(holder), \(card), \(counter), \(request.reason),
                \(ordered ?? price.price), \(ordered ?? price.unreduced), \(ordered == nil ? list : nil),
                \(voucher?.id), \(call.now), \(call.caller.accountID))
            """
        ] + [use].compactMap(\.self)
    }
}

extension Call {
    /// What a pass costs. A voucher is locked where it is about to be used, so that it is used once.
    func quote(_ request: PassQuoteRequest, toSell: Bool) throws -> PassQuote {
        let today = Brussels.date(now)
        let list = try priceList(of: request.cardSystem, on: today)
        let voucher = try request.voucherCode.flatMap { try passVoucher(code: $0, toUse: toSell) }
        let isResident = try request.postalCode.map { try lives(in: request.cardSystem, $0) } ?? false
        let pass = PricedPass(
            reason: request.reason, cardType: request.cardType, hasOpportunity: request.hasOpportunity,
            isResident: isResident, age: Age.years(born: request.dateOfBirth, on: today))
        // Of another card system's voucher it is enough to say so.
        let municipality = voucher?.facts.cardSystem == request.cardSystem ? voucher?.municipality : nil
        let counts = try municipality.map { municipality in
            try request.postalCode.map { try lives(in: request.cardSystem, $0, municipality: municipality) } ?? false
        }
        let facts = PassPriceFacts(
            list: list.list, cardSystem: request.cardSystem, namesVoucher: request.voucherCode != nil,
            voucher: voucher?.facts, livesWhereVoucherCounts: counts ?? true)
        return PassQuote(
            request: request, price: PassPrice(pass, facts, today: today), list: list.id, voucher: voucher)
    }

    /// Asks for the price of a card for a pass holder of an own card system.
    ///
    /// - Parameter opportunity: Whether the card is for an opportunity status; `nil` as it stands there today.
    func quoteRequest(
        for holder: PassHolderID, in cardSystem: CardSystemID, _ reason: PriceReason, _ cardType: CardType,
        opportunity: Bool? = nil, voucherCode: String? = nil
    ) throws -> PassQuoteRequest {
        let row = try transaction.first(
            """
            select h.date_of_birth, h.country, h.postal_code, m.opportunity_end_date, m.opportunity_suspended_until,
                s.opportunity_grace_days
            from pass_holder h join card_system s on s.id = \(cardSystem)
            left join membership m on m.holder_id = h.id and m.card_system_id = s.id
            where h.id = \(holder) and \(fragment: isOwn(holder: "h.id"))
            """)
        guard let row else { throw Refusal(.passHolderNotFound, at: "/passHolderId") }
        let status = OpportunityStatus(
            endDate: try row["opportunity_end_date"], suspendedUntil: try row["opportunity_suspended_until"],
            graceDays: try row["opportunity_grace_days"], on: Brussels.date(now))
        let isBelgian = try row["country"] == Country.belgium
        return PassQuoteRequest(
            cardSystem: cardSystem, reason: reason, cardType: cardType,
            hasOpportunity: opportunity ?? status.isHeld, dateOfBirth: try row["date_of_birth"],
            postalCode: isBelgian ? BelgianPostalCode(text: try row["postal_code"]) : nil, voucherCode: voucherCode)
    }

    private func lives(
        in cardSystem: CardSystemID, _ postalCode: BelgianPostalCode, municipality: MunicipalityID? = nil
    ) throws -> Bool {
        try transaction.first(
            """
            select from municipality_postal_code p
            where p.card_system_id = \(cardSystem) and p.postal_code = \(postalCode)
                and p.municipality_id = coalesce(\(municipality), p.municipality_id)
            """) != nil
    }
}
