import CardRules
import JSONRPC
import Postgres

extension CouponStatus: WordParameter {}

/// A coupon as its administrators see it.
struct CouponRecord: ResultRecord {
    let terms: CouponTerms
    let status: CouponStatus
    let spent: Int
    let namedCount: Int
    let isUsed: Bool
    let createdAt: Instant
    let version: Int

    static let fields: [ResultField<CouponRecord>] = [
        .init("id", "The coupon.") { $0.terms.id },
        .init("tariffId", "How tariffs and sales name it: `COUPON_` and a number.") { $0.terms.publicID },
        .init("cardSystemId", "Whose coupon it is.") { $0.terms.cardSystem },
        .init("municipalityId", "Only for its residents.") { $0.terms.target.residentsOf },
        .init("name", "What it is called.") { $0.terms.name },
        .init("description", "What else people should know.") { $0.terms.description },
        .init("discount", "What it takes off the regular price.") { DiscountView(discount: $0.terms.discount) },
        .init("distributionKeyId", "Whose shares hold, as they change.") { $0.terms.distributionKey },
        .init("shares", "Who pays the discount now.") { $0.terms.shares.shares.map(CouponShare.init) },
        .init("priceBelowCents", "Only for regular prices strictly below.") { $0.terms.scope.priceBelow },
        .init("eventIds", "Only for these; for any if empty.") { $0.terms.scope.events.sorted() },
        .init("organizerCounterIds", "Only for events that one of these organizes; whoever does if empty.") {
            $0.terms.scope.organizers.sorted()
        },
        .init("forEveryone", "For every pass holder and every group.") { $0.terms.target.isForEveryone },
        .init("segments", "For whom one of these fits; and for those whom the coupon names.") {
            $0.terms.target.segments.map { CouponSegment($0) }
        },
        .init("namedCount", "How many pass holders and groups it names.") { $0.namedCount },
        .init("validFrom", "The first day.") { $0.terms.validity.from },
        .init("validUntil", "The last day; absent if it never expires.") { $0.terms.validity.until },
        .init("status", "`expired` after its last day, and once it was ended (COU-02).") { $0.status },
        .init("isEnded", "An administrator ended it.") { $0.terms.validity.isEnded },
        .init("holderLimit", "Tickets of one pass holder, or of one group.") { $0.terms.limits.holder },
        .init("eventLimit", "Tickets of all at one event.") { $0.terms.limits.event },
        .init("totalLimit", "Tickets of all.") { $0.terms.limits.total },
        .init("budgetCents", "What it may cost those who pay the discount; then nobody has it.") { $0.terms.budget },
        .init("spentCents", "What of the budget is spent, reservations too.") {
            $0.terms.budget == nil ? nil : $0.spent
        },
        .init("budgetWarningPercent", "From how much of the budget on it is told.") {
            $0.terms.budgetWarningPercent
        },
        .init("budgetWarning", "So much of the budget is spent.") { $0.terms.warns(spent: $0.spent) },
        .init("isUsed", "Tickets are sold with it, or reserved; then it gives what it gave.") { $0.isUsed },
        .init("createdAt", "When it was made.") { $0.createdAt },
        .init("version", "Give it back with an update.") { $0.version },
    ]

    static let columns: SQL = """
        \(fragment: CouponTerms.columns), c.created_at, c.version,
        (select count(*) from coupon_target t where t.coupon_id = c.id) as named_count,
        exists (select from ticket_sale s where s.coupon_id = c.id and s.status in ('reserved', 'confirmed')) as is_used
        """

    init(row: Row, today: CivilDate) throws {
        terms = try CouponTerms(row: row)
        status = terms.validity.status(on: today)
        spent = try row["spent_cents"]
        namedCount = try row["named_count"]
        isUsed = try row["is_used"]
        createdAt = try row["created_at"]
        version = try row["version"]
    }
}

/// A discount as it is told.
struct DiscountView: ResultRecord {
    let discount: Discount

    static let fields: [ResultField<DiscountView>] = [
        .init("kind", "So many per cent are taken off, or cents; or the cents that the holder pays.") {
            $0.discount.kind
        },
        .init("value", "Per cent, or cents.") { $0.discount.value },
    ]
}
