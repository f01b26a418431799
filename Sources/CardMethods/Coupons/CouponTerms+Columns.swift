import CardRules
import JSONRPC
import Postgres

extension CouponTerms {
    typealias Column = (name: SQL, value: SQL)

    /// What a coupon says, as it is written. Whose it is stays.
    var content: [Column] {
        let own = distributionKey == nil ? shares.shares : nil
        return [
            ("name", "\(name)"), ("description", "\(description)"), ("discount_kind", "\(discount.kind)"),
            ("discount_value", "\(discount.value)"), ("distribution_key_id", "\(distributionKey)"),
            ("payers", "\(own?.map(\.payer))"), ("payer_weights", "\(own?.map(\.weight))"),
            ("price_below_cents", "\(scope.priceBelow)"), ("event_ids", "\(scope.events.sorted())"),
            ("organizer_counter_ids", "\(scope.organizers.sorted())"),
            ("is_for_everyone", "\(target.isForEveryone)"),
            ("segments", "\(PostgresJSON(text: target.segments.map { CouponSegment($0) }.jsonBytes))"),
            ("valid_from", "\(validity.from)"), ("valid_until", "\(validity.until)"),
            ("holder_limit_volume", "\(limits.holder?.volume)"), ("holder_limit_period", "\(limits.holder?.period)"),
            ("event_limit_volume", "\(limits.event?.volume)"), ("event_limit_period", "\(limits.event?.period)"),
            ("total_limit_volume", "\(limits.total?.volume)"), ("total_limit_period", "\(limits.total?.period)"),
            ("budget_cents", "\(budget)"), ("budget_warning_percent", "\(budgetWarningPercent)"),
        ]
    }
}
