import CardRules
import JSONRPC

enum CentsRange: IntegerRange { static let range = 0...100_000_000 }
enum PriceRange: IntegerRange { static let range = 1...100_000_000 }

/// Conditions on a price, as keys and coupons take them.
struct PriceConditionsParams: ObjectParameter {
    enum Years: IntegerRange { static let range = 0...150 }

    let conditions: PriceConditions

    init(from reader: inout ParameterReader) {
        let opportunity: OpportunityCondition? = reader.optional(
            "opportunity", "Where the holder must have an opportunity status; without one if absent.")
        let below: Bounded<PriceRange>? = reader.optional(
            "priceBelowCents", "The regular price must lie strictly below, in cents.")
        let from: Bounded<Years>? = reader.optional("ageFrom", "In whole years, included; open if absent.")
        let until: Bounded<Years>? = reader.optional("ageUntil", "In whole years, included; open if absent.")
        let municipalities: [MunicipalityID]? = reader.optional(
            "municipalityIds", "Where the holder must live: in one of these; absent or none = anywhere.")
        var ages = AgeBand.all
        do { ages = try AgeBand(from: from?.value, until: until?.value) } catch {
            reader.refuse("ageUntil", error.reason)
        }
        conditions = PriceConditions(
            opportunity: opportunity, priceBelow: below?.value, ages: ages, municipalities: Set(municipalities ?? []))
    }
}

/// Conditions on a price as they are told.
struct PriceConditionsRecord: ResultRecord {
    let conditions: PriceConditions

    static let fields: [ResultField<PriceConditionsRecord>] = [
        .init("opportunity", "Where the holder must have an opportunity status.") { $0.conditions.opportunity },
        .init("priceBelowCents", "The regular price must lie strictly below, in cents.") { $0.conditions.priceBelow },
        .init("ageFrom", "In whole years, included.") { $0.conditions.ages.from },
        .init("ageUntil", "In whole years, included.") { $0.conditions.ages.until },
        .init("municipalityIds", "Where the holder must live: in one of these; none = anywhere.") {
            $0.conditions.municipalities.sorted()
        },
    ]
}

/// Who pays a part of what the holder does not.
struct PayerShareParams: ObjectParameter {
    enum Weight: IntegerRange { static let range = 1...10_000 }

    let share: PayerShares.Share

    init(from reader: inout ParameterReader) {
        let payer: Payer = reader.required("payer", "Who pays.")
        let weight: Bounded<Weight> = reader.required("weight", "In proportion to those of the others.")
        share = .init(payer, weight: weight.value)
    }
}

extension PayerShares {
    /// Reads the member `shares`. While it is wrong, the organizer pays all.
    init(_ shares: [PayerShareParams], from reader: inout ParameterReader) {
        do { try self.init(shares.map(\.share)) } catch {
            reader.refuse("shares", error.reason)
            self.init(.organizer)
        }
    }
}

struct PayerShareRecord: ResultRecord {
    let share: PayerShares.Share

    static let fields: [ResultField<PayerShareRecord>] = [
        .init("payer", "Who pays.") { $0.share.payer },
        .init("weight", "In proportion to those of the others.") { $0.share.weight },
    ]
}

/// A discount as it is told.
struct DiscountRecord: ResultRecord {
    let discount: Discount

    static let fields: [ResultField<DiscountRecord>] = [
        .init("kind", "What it does to the regular price.") { $0.discount.kind },
        .init("value", "Per cent, or cents.") { $0.discount.value },
    ]
}
