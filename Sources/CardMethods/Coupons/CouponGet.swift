import CardRules
import JSONRPC

enum CouponGet: Method {
    static let declaration = Declaration(
        "coupon.get", .reads, by: [.operator, .cardSystemAdministrator, .municipalityAdministrator],
        "Tells a coupon, how far its budget is spent, and whether that is to be looked at.",
        refusals: [.couponNotFound])

    struct Params: Parameters {
        let coupon: CouponID
        init(from reader: inout ParameterReader) { coupon = reader.required("couponId", "The coupon.") }
    }

    static func run(_ params: Params, in call: Call) throws -> CouponRecord { try call.coupon(params.coupon) }
}
