import CardRules
import JSONRPC
import Postgres

enum CouponList: Method {
    static let declaration = Declaration(
        "coupon.list", .reads, by: [.operator, .cardSystemAdministrator, .municipalityAdministrator],
        "Lists the coupons of a card system by name; of a municipality's administrator its own.",
        refusals: [.cardSystemNotFound])

    struct Params: Parameters {
        let cardSystem: CardSystemID
        let status: CouponStatus?
        let municipality: MunicipalityID?
        let warning: CouponWarning?
        let page: PageRequest

        init(from reader: inout ParameterReader) {
            cardSystem = reader.required("cardSystemId", "The card system.")
            status = reader.optional("status", "Only those that are so today.")
            municipality = reader.optional("municipalityId", "Only those for this one's residents alone.")
            warning = reader.optional(
                "warning", "`nearlySpent` for those with a `budgetWarning`, `spent` for those with nothing left.")
            page = PageRequest(from: &reader)
        }
    }

    static func run(_ params: Params, in call: Call) throws -> Page<CouponRecord> {
        try call.requireCardSystem(params.cardSystem)
        try call.require(call.scope.isOperator || call.scope.cardSystems.contains(params.cardSystem))
        let today = Brussels.date(call.now)
        let conditions: [SQL?] = [
            "c.card_system_id = \(params.cardSystem)", call.administeredCoupons,
            params.status.map { CouponTerms.condition($0, on: today) },
            params.municipality.map { "c.municipality_id = \($0)" }, params.warning.map(CouponTerms.condition),
        ]
        let listing = Listing(
            columns: CouponRecord.columns, tables: CouponTerms.tables(at: call.now),
            conditions: conditions.compactMap(\.self), key: "c.name_key", id: "c.id")
        return try listing.page(params.page, call.transaction) { try CouponRecord(row: $0, today: today) }
    }
}

extension CouponTerms {
    /// What `CouponValidity.status` says of a coupon `c`, for many at once.
    static func condition(_ status: CouponStatus, on today: CivilDate) -> SQL {
        switch status {
        case .active: "c.status = 'active' and (c.valid_until >= \(today) or c.valid_until is null)"
        case .expired: "(c.status = 'ended' or c.valid_until < \(today))"
        }
    }

    /// What `warns` and `isUsedUp` say of a coupon `c`, for many at once.
    static func condition(_ warning: CouponWarning) -> SQL {
        switch warning {
        case .nearlySpent: "c.spent_cents * 100 >= c.budget_cents * c.budget_warning_percent"
        case .spent:
            """
            c.budget_cents - c.spent_cents < case when c.discount_kind = 'amountOff'
                then least(c.discount_value, c.budget_cents) else 1 end
            """
        }
    }
}

extension CouponWarning: WordParameter {}
