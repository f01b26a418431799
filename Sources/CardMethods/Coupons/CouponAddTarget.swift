import CardRules
import JSONRPC
import Postgres

enum CouponAddTarget: Method {
    static let declaration = Declaration(
        "coupon.addTarget", .writes, by: [.operator, .cardSystemAdministrator, .municipalityAdministrator],
        "Has a coupon name a pass holder or a group, who then has it whatever its segments say.",
        details: "Many come in by a file. Of a municipality's coupon residents only; anybody else is not found.",
        refusals: [
            .couponNotFound, .couponEnded, .cardNotFound, .passHolderNotFound, .groupPassNotFound, .couponTargetExists,
        ], bulk: true)

    struct Params: Parameters {
        let target: CouponTargetParams
        init(from reader: inout ParameterReader) { target = CouponTargetParams(from: &reader) }
    }

    static func run(_ params: Params, in call: Call) throws -> Done {
        let coupon = try call.coupon(params.target.coupon)
        if coupon.terms.validity.isEnded { throw Refusal(.couponEnded, at: "/couponId") }
        let subject = try params.target.subject(for: coupon.terms, in: call)
        call.tell(subject)
        let added = try call.transaction.execute(
            """
            insert into coupon_target (id, card_system_id, coupon_id, holder_id, group_pass_id, added_at, added_by)
            values (\(call.newID() as CouponTargetID), \(coupon.terms.cardSystem), \(coupon.terms.id),
                \(subject.holder), \(subject.group), \(call.now), \(call.caller.accountID))
            on conflict do nothing
            """)
        if added == 0 { throw Refusal(.couponTargetExists, at: params.target.pointer) }
        return Done()
    }
}
