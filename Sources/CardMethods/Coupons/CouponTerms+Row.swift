import CardRules
import JSONRPC
import Postgres

extension CouponTerms {
    /// Of a coupon `c`, with `term`, the term of its key that is in force.
    static let columns: SQL = """
        c.id, c.number, c.card_system_id, c.municipality_id, c.name, c.description,
        c.distribution_key_id, c.discount_kind, c.discount_value,
        coalesce(c.payers, term.payers) as payers, coalesce(c.payer_weights, term.payer_weights) as payer_weights,
        c.price_below_cents, c.event_ids, c.organizer_counter_ids, c.is_for_everyone, c.segments, c.valid_from,
        c.valid_until, c.status, c.holder_limit_volume, c.holder_limit_period, c.event_limit_volume,
        c.event_limit_period, c.total_limit_volume, c.total_limit_period, c.budget_cents,
        c.budget_warning_percent, c.spent_cents
        """

    /// The coupons, and who pays their discounts.
    static func tables(at instant: Instant) -> SQL {
        """
        coupon c left join lateral (
            select t.payers, t.payer_weights from distribution_key_term t
            where t.distribution_key_id = c.distribution_key_id and t.valid_from <= \(instant)
            order by t.valid_from desc limit 1
        ) as term on true
        """
    }

    init(row: Row) throws {
        let segments: PostgresJSON = try row["segments"]
        let (events, counters): ([EventID], [CounterID]) = (try row["event_ids"], try row["organizer_counter_ids"])
        self.init(
            id: try row["id"], number: try row["number"], cardSystem: try row["card_system_id"],
            name: try row["name"], description: try row["description"],
            discount: Discount(try row["discount_kind"], try row["discount_value"]),
            distributionKey: try row["distribution_key_id"],
            shares: try PayerShares(payers: row["payers"], weights: row["payer_weights"]),
            target: CouponTarget(
                isForEveryone: try row["is_for_everyone"], segments: try [PriceConditions](segments),
                residentsOf: try row["municipality_id"]),
            scope: CouponScope(
                priceBelow: try row["price_below_cents"], events: Set(events), organizers: Set(counters)),
            validity: CouponValidity(
                from: try row["valid_from"], until: try row["valid_until"], isEnded: try row["status"] == "ended"),
            limits: CouponLimits(
                holder: PeriodLimit(volume: try row["holder_limit_volume"], period: try row["holder_limit_period"]),
                event: PeriodLimit(volume: try row["event_limit_volume"], period: try row["event_limit_period"]),
                total: PeriodLimit(volume: try row["total_limit_volume"], period: try row["total_limit_period"])),
            budget: try row["budget_cents"],
            budgetWarningPercent: try row["budget_warning_percent"])
    }

    /// How the outside calls it.
    var publicID: String { "COUPON_\(number)" }
}

extension [PriceConditions] {
    /// Reads the column of segments.
    fileprivate init(_ column: PostgresJSON) throws {
        // Most coupons have none.
        if column.text.count <= 2 { self = []; return }
        self = try JSON(parsing: column.text).array?.map { try CouponSegment(parameter: $0).conditions } ?? []
    }
}

/// One of the groups of people that a coupon is for: all conditions that are given must hold.
struct CouponSegment: ObjectParameter {
    enum Years: IntegerRange { static let range = 0...150 }

    let conditions: PriceConditions

    init(_ conditions: PriceConditions) { self.conditions = conditions }

    init(from reader: inout ParameterReader) {
        let opportunity: OpportunityCondition? = reader.optional(
            "opportunity", "A status in the coupon's card system, or in any; whether or not if absent.")
        let municipalities: [MunicipalityID] = reader.optional(
            "municipalityIds", default: [], "Residents of these of the card system; of all if empty.")
        let from: Bounded<Years>? = reader.optional("ageFrom", "In whole years, included; open if absent.")
        let until: Bounded<Years>? = reader.optional("ageUntil", "In whole years, included; open if absent.")
        var ages = AgeBand.all
        do { ages = try AgeBand(from: from?.value, until: until?.value) } catch {
            reader.refuse("ageUntil", error.reason)
        }
        conditions = PriceConditions(opportunity: opportunity, ages: ages, municipalities: Set(municipalities))
        if reader.problems.isEmpty, conditions == PriceConditions() {
            reader.refuse("opportunity", "a segment needs a condition; else the coupon is for everyone")
        }
    }
}

extension CouponSegment: ResultRecord {
    static var schema: Schema { .object(properties) }

    static let fields: [ResultField<CouponSegment>] = [
        .init("opportunity", "A status in the coupon's card system, or in any.") { $0.conditions.opportunity },
        .init("municipalityIds", "Residents of these; of all if absent.") {
            $0.conditions.municipalities.isEmpty ? nil : $0.conditions.municipalities.sorted()
        },
        .init("ageFrom", "In whole years, included; open if absent.") { $0.conditions.ages.from },
        .init("ageUntil", "In whole years, included; open if absent.") { $0.conditions.ages.until },
    ]
}
