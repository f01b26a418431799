import CardRules
import JSONRPC
import Postgres

enum CouponCreate: Method {
    static let declaration = Declaration(
        "coupon.create", .writes, by: [.operator, .cardSystemAdministrator, .municipalityAdministrator],
        "Makes a coupon: a discount for all whom its target fits, without their doing anything (COU-05, TAR-12, S6).",
        details: "It is granted by rule, so one for everybody costs no more to make than one for nobody. A "
            + "municipality's administrator makes coupons for its residents, which it pays itself or as a key shares.",
        refusals: [
            .cardSystemNotFound, .municipalityNotFound, .distributionKeyNotFound, .eventNotFound, .counterNotFound,
            .couponPayerNotAllowed, .endDateTooEarly,
        ])

    struct Params: Parameters {
        let coupon: CouponParams
        init(from reader: inout ParameterReader) { coupon = CouponParams(from: &reader) }
    }

    static func run(_ params: Params, in call: Call) throws -> CouponRecord {
        try call.requireCouponAdministrator(of: params.coupon.cardSystem, params.coupon.municipality)
        let terms = try params.coupon.terms(id: call.newID(), in: call)
        let identity: [CouponTerms.Column] = [
            ("id", "\(terms.id)"), ("card_system_id", "\(terms.cardSystem)"),
            ("municipality_id", "\(terms.target.residentsOf)"), ("created_at", "\(call.now)"),
            ("created_by", "\(call.caller.accountID)"),
        ]
        let columns = identity + terms.content
        try call.transaction.execute(
            """
            insert into coupon (\(fragment: SQL.joined(columns.map(\.name), separator: ", ")))
            values (\(fragment: SQL.joined(columns.map(\.value), separator: ", ")))
            """)
        return try call.coupon(terms.id)
    }
}
