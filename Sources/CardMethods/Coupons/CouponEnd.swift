import CardRules
import JSONRPC
import Postgres

enum CouponEnd: Method {
    static let declaration = Declaration(
        "coupon.end", .writes, by: [.operator, .cardSystemAdministrator, .municipalityAdministrator],
        "Ends a coupon at once and for good; what was sold or reserved with it stays (COU-02).",
        refusals: [.couponNotFound, .couponEnded])

    struct Params: Parameters {
        let coupon: CouponID
        let version: Int?

        init(from reader: inout ParameterReader) {
            coupon = reader.required("couponId", "The coupon.")
            version = reader.optional("version", "The version it had when it was read; else whatever it is now.")
        }
    }

    static func run(_ params: Params, in call: Call) throws -> CouponRecord {
        let coupon = try call.coupon(params.coupon, lock: true)
        call.audit.changedFields = ["status"]
        try call.requireVersion(params.version, is: coupon.version, changed: call.audit.changedFields)
        if coupon.terms.validity.isEnded { throw Refusal(.couponEnded, at: "/couponId") }
        try call.transaction.execute(
            "update coupon set status = 'ended', version = version + 1 where id = \(params.coupon)")
        return try call.coupon(params.coupon)
    }
}
