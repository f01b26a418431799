import CardRules
import JSONRPC
import Postgres

enum CouponRemoveTarget: Method {
    static let declaration = Declaration(
        "coupon.removeTarget", .writes, by: [.operator, .cardSystemAdministrator, .municipalityAdministrator],
        "Has a coupon name a pass holder or a group no longer; who fits a segment keeps it.",
        refusals: [.couponNotFound, .cardNotFound, .passHolderNotFound, .groupPassNotFound, .couponTargetNotFound],
        bulk: true)

    struct Params: Parameters {
        let target: CouponTargetParams
        init(from reader: inout ParameterReader) { target = CouponTargetParams(from: &reader) }
    }

    static func run(_ params: Params, in call: Call) throws -> Done {
        let coupon = try call.coupon(params.target.coupon)
        let subject = try params.target.subject(for: coupon.terms, in: call)
        call.tell(subject)
        let removed = try call.transaction.execute(
            """
            delete from coupon_target where coupon_id = \(coupon.terms.id)
                and (holder_id = \(subject.holder) or group_pass_id = \(subject.group))
            """)
        if removed == 0 { throw Refusal(.couponTargetNotFound, at: params.target.pointer) }
        return Done()
    }
}
