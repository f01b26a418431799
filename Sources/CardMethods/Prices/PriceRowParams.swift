import CardRules
import JSONRPC
import Postgres

/// A row of a price list as an administrator writes it.
struct PriceRowParams: ObjectParameter {
    enum Years: IntegerRange { static let range = 0...150 }
    enum Cents: IntegerRange { static let range = 0...100_000_000 }

    let label: String
    let description: String?
    let row: PriceRow

    init(from reader: inout ParameterReader) {
        label = reader.required("label", "What people read beside the price, such as Adult.")
        description = reader.optional("description", "What else they should know.")
        let reason: PriceReason = reader.required("reason", "What the card is issued for.")
        let cardType: CardType? = reader.optional("cardType", "What it is made of; whatever if absent.")
        let opportunity: Bool? = reader.optional(
            "opportunity", "Whether it is for somebody with an opportunity status; for both if absent.")
        let resident: Bool? = reader.optional(
            "resident", "Whether the person lives in the card system; for both if absent.")
        let from: Bounded<Years>? = reader.optional("ageFrom", "In whole years, included; open if absent.")
        let until: Bounded<Years>? = reader.optional("ageUntil", "In whole years, included; open if absent.")
        let voucherType: PassVoucherTypeID? = reader.optional(
            "passVoucherTypeId", "With a voucher of this type; without voucher if absent.")
        let price: Bounded<Cents> = reader.required("priceCents", "In cents.")
        var ages = AgeBand.all
        do { ages = try AgeBand(from: from?.value, until: until?.value) } catch {
            reader.refuse("ageUntil", error.reason)
        }
        row = PriceRow(
            reason: reason, cardType: cardType, hasOpportunity: opportunity, isResident: resident, ages: ages,
            voucherType: voucherType, price: price.value)
    }
}

/// A row of a price list as it is told.
struct PriceRowRecord: ResultRecord {
    let label: String
    let description: String?
    let row: PriceRow

    static let fields: [ResultField<PriceRowRecord>] = [
        .init("label", "What people read beside the price.") { $0.label },
        .init("description", "What else they should know.") { $0.description },
        .init("reason", "What the card is issued for.") { $0.row.reason },
        .init("cardType", "What it is made of; whatever if absent.") { $0.row.cardType },
        .init("opportunity", "Whether it is for somebody with an opportunity status; both if absent.") {
            $0.row.hasOpportunity
        },
        .init("resident", "Whether the person lives in the card system; both if absent.") { $0.row.isResident },
        .init("ageFrom", "In whole years, included; open if absent.") { $0.row.ages.from },
        .init("ageUntil", "In whole years, included; open if absent.") { $0.row.ages.until },
        .init("passVoucherTypeId", "With a voucher of this type; without voucher if absent.") { $0.row.voucherType },
        .init("priceCents", "In cents.") { $0.row.price },
    ]

    init(row values: Row) throws {
        label = try values["label"]
        description = try values["description"]
        row = PriceRow(
            reason: try values["reason"], cardType: try values["card_type"],
            hasOpportunity: try values["has_opportunity"], isResident: try values["is_resident"],
            ages: try AgeBand(from: try values["age_from"], until: try values["age_until"]),
            voucherType: try values["voucher_type_id"], price: try values["price_cents"])
    }
}
