import CardRules
import Postgres

extension DistributionKeyTerm {
    /// Of a term `t` and its key `k`.
    static let columns: SQL = """
        t.id as term_id, k.id, k.card_system_id, k.name, t.valid_from, t.is_automatic, t.discount_kind,
        t.discount_value, t.opportunity, t.price_below_cents, t.age_from, t.age_until, t.municipality_ids,
        t.maximum_regular_price_cents, t.payers, t.payer_weights
        """

    init(row: Row) throws {
        let municipalities: [MunicipalityID] = try row["municipality_ids"]
        self.init(
            id: try row["term_id"], key: try row["id"], name: try row["name"], validFrom: try row["valid_from"],
            isAutomatic: try row["is_automatic"],
            discount: Discount(try row["discount_kind"], try row["discount_value"]),
            conditions: PriceConditions(
                opportunity: try row["opportunity"], priceBelow: try row["price_below_cents"],
                ages: try AgeBand(from: row["age_from"], until: row["age_until"]),
                municipalities: Set(municipalities)),
            maximumRegularPrice: try row["maximum_regular_price_cents"],
            shares: try PayerShares(payers: row["payers"], weights: row["payer_weights"]))
    }
}
