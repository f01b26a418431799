import CardRules
import JSONRPC
import Postgres

enum CouponPreview: Method {
    static let declaration = Declaration(
        "coupon.preview", .reads, by: [.operator, .cardSystemAdministrator, .municipalityAdministrator],
        "Tells how many would have a coupon now, and what it costs at most; changes nothing.",
        details: "Of one that there is, or of one that is not made yet. The tightest of the limits, each as often as "
            + "its period comes until the last day, and the budget bound the cost. What nothing bounds is absent.",
        refusals: [
            .couponNotFound, .cardSystemNotFound, .municipalityNotFound, .distributionKeyNotFound, .eventNotFound,
            .counterNotFound, .couponPayerNotAllowed, .endDateTooEarly,
        ])

    struct Params: Parameters {
        let id: CouponID?
        let coupon: NewCouponParams?
        let regularPrice: Bounded<CouponCents>?

        init(from reader: inout ParameterReader) {
            id = reader.optional("couponId", "A coupon that there is. Or give `coupon`.")
            coupon = reader.optional("coupon", "One that is to be made, as `coupon.create` takes it.")
            regularPrice = reader.optional(
                "regularPriceCents", "Of the dearest ticket that it will be used for; unknown if absent.")
            if reader.problems.isEmpty, (id == nil) == (coupon == nil) {
                reader.refuse("couponId", "give either couponId or coupon")
            }
        }
    }

    struct Result: ResultRecord {
        let holders: Int
        let groups: Int
        let forecast: CouponForecast

        static let fields: [ResultField<Result>] = [
            .init("passHolders", "How many pass holders would have it now.") { $0.holders },
            .init("groups", "How many groups.") { $0.groups },
            .init("maximumTickets", "Tickets that could be bought with it until its last day, at most.") {
                $0.forecast.tickets
            },
            .init("maximumDiscountCents", "What one ticket costs those who pay the discount, at most.") {
                $0.forecast.discount
            },
            .init("maximumCostCents", "What all cost them, at most.") { $0.forecast.cost },
        ]
    }

    static func run(_ params: Params, in call: Call) throws -> Result {
        let terms = try params.id.map { try call.coupon($0).terms } ?? proposed(params, in: call)
        let today = Brussels.date(call.now)
        let audience = CouponAudience(
            terms: terms, today: today, graceDays: try call.opportunityGrace(in: terms.cardSystem))
        // Counted as the platform: under row-level security a million people take seconds. Only their number is told.
        let counts = try call.asPlatform { try call.transaction.run([audience.holders, audience.groups]) }
        let (holders, groups): (Int, Int) = (try counts[0][0][0], try counts[1][0][0])
        let forecast = CouponForecast(
            terms, regularPrice: params.regularPrice?.value, people: holders + groups, on: today)
        return Result(holders: holders, groups: groups, forecast: forecast)
    }

    private static func proposed(_ params: Params, in call: Call) throws -> CouponTerms {
        guard let coupon = params.coupon?.coupon else { throw Refusal(.couponNotFound, at: "/couponId") }
        do {
            try call.requireCouponAdministrator(of: coupon.cardSystem, coupon.municipality)
            return try coupon.terms(id: .nil, in: call)
        } catch let refusal as Refusal {
            throw Refusal(
                refusal.reasons.map { reason in
                    var reason = reason
                    reason.pointer = reason.pointer.map { "/coupon" + $0 }
                    return reason
                })!
        }
    }
}

/// A coupon that is to be made, within other parameters.
struct NewCouponParams: ObjectParameter {
    let coupon: CouponParams
    init(from reader: inout ParameterReader) { coupon = CouponParams(from: &reader) }
}
