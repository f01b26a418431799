import CardRules
import JSONRPC
import Postgres

/// What a distribution key does to a regular price.
struct KeyDiscountParams: ObjectParameter {
    enum Kind: String, WordParameter { case percentPaid, amountOff, fixedPrice }

    let discount: Discount

    init(from reader: inout ParameterReader) {
        let kind: Kind = reader.required(
            "kind", "`percentPaid`: the holder pays so many per cent; `amountOff`, `fixedPrice`: in cents.")
        let value: Bounded<CentsRange> = reader.required("value", "Per cent from 0 to 100, or cents.")
        if kind == .percentPaid, value.value > 100 { reader.refuse("value", "must be from 0 to 100 per cent") }
        discount =
            switch kind {
            case .percentPaid: .percentPaid(value.value)
            case .amountOff: .amountOff(value.value)
            case .fixedPrice: .fixedPrice(value.value)
            }
    }
}

/// What a distribution key is to say from an instant on, as `distributionKey.create` and `setTerm` take it.
struct DistributionKeyTermParams: Sendable {
    let validFrom: Instant?
    let isAutomatic: Bool
    let discount: KeyDiscountParams
    let conditions: PriceConditions
    let maximum: Bounded<PriceRange>?
    let shares: PayerShares

    init(from reader: inout ParameterReader) {
        validFrom = reader.optional("validFrom", "When it begins, not in the past; now if absent.")
        isAutomatic = reader.required(
            "isAutomatic", "Whether it is applied without being chosen for an event (R-133).")
        discount = reader.required("discount", "What the holder pays.")
        let conditions: PriceConditionsParams? = reader.optional(
            "conditions", "All of them must hold (R-132); none if absent.")
        self.conditions = conditions?.conditions ?? PriceConditions()
        maximum = reader.optional(
            "maximumRegularPriceCents", "Above this regular price the key gives nothing; no maximum if absent.")
        let shares: [PayerShareParams] = reader.required(
            "shares",
            "Who pays the rest, each once and in proportion to the weights; a cent that is left over goes by "
                + "the largest remainder, then by this order.")
        self.shares = PayerShares(shares, from: &reader)
    }
}

extension Call {
    /// Whatever is against a term of a key, whose terms begin at these instants.
    func reasons(
        against term: DistributionKeyTermParams, in cardSystem: CardSystemID, existing: [Instant]
    ) throws -> [Reason] {
        let named = term.conditions.municipalities.sorted()
        let known = try transaction.query(
            "select id from municipality where card_system_id = \(cardSystem) and id = any (\(named))")
        return DistributionKeyRules.reasons(againstTermFrom: term.validFrom ?? now, now: now, existing: existing)
            + (known.count < named.count
                ? [Reason(.municipalityNotFound, at: "/conditions/municipalityIds")] : [])
    }

    func add(_ term: DistributionKeyTermParams, to key: DistributionKeyID, of cardSystem: CardSystemID) throws {
        let id: DistributionKeyTermID = newID()
        let (discount, conditions) = (term.discount.discount, term.conditions)
        try transaction.execute(
            """
            insert into distribution_key_term (id, card_system_id, distribution_key_id, valid_from, recorded_at,
                recorded_by, is_automatic, discount_kind, discount_value, opportunity, price_below_cents, age_from,
                age_until, municipality_ids, maximum_regular_price_cents, payers, payer_weights)
            values (\(id), \(cardSystem), \(key), \(term.validFrom ?? now), \(now), \(caller.accountID),
                \(term.isAutomatic), \(discount.kind), \(discount.value), \(conditions.opportunity),
                \(conditions.priceBelow), \(conditions.ages.from), \(conditions.ages.until),
                \(conditions.municipalities.sorted()), \(term.maximum?.value), \(term.shares.shares.map(\.payer)),
                \(term.shares.shares.map(\.weight)))
            """)
    }
}
