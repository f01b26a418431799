import CardRules
import JSONRPC
import Postgres

enum CouponListTargets: Method {
    static let declaration = Declaration(
        "coupon.listTargets", .reads, by: [.operator, .cardSystemAdministrator],
        "Lists the pass holders and groups that a coupon names, in the order in which they came.",
        refusals: [.couponNotFound])

    struct Params: Parameters {
        let coupon: CouponID
        let page: PageRequest

        init(from reader: inout ParameterReader) {
            coupon = reader.required("couponId", "The coupon.")
            page = PageRequest(from: &reader)
        }
    }

    static func run(_ params: Params, in call: Call) throws -> Page<CouponTargetRecord> {
        let coupon = try call.coupon(params.coupon)
        let listing = Listing(
            columns: CouponTargetRecord.columns, tables: "coupon_target t",
            conditions: ["t.coupon_id = \(coupon.terms.id)"], id: "t.id")
        return try listing.page(params.page, call.transaction, CouponTargetRecord.init)
    }
}
