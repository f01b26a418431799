import CardRules
import JSONRPC
import Postgres

enum HolderCoupons: Method {
    static let declaration = Declaration(
        "holder.coupons", .reads, by: [.holder],
        "Lists the coupons that the caller has, or somebody of his family, by name (COU-01 to COU-06).",
        refusals: [.passHolderNotFound, .counterNotFound, .membershipNoneActive])

    struct Params: Parameters {
        let holder: OwnHolderParams
        let granted: GrantedCouponsParams

        init(from reader: inout ParameterReader) {
            holder = OwnHolderParams(from: &reader)
            granted = GrantedCouponsParams(from: &reader)
        }
    }

    static func run(_ params: Params, in call: Call) throws -> Page<GrantedCoupon> {
        let holder = try call.ownHolder(params.holder)
        return try call.asPlatform {
            guard let person = try call.ticketBuyer(holder), person.memberships.contains(where: \.isActive) else {
                throw Refusal(.membershipNoneActive, at: "/passHolderId")
            }
            return try call.coupons(
                of: CouponSubject(holder: holder), .person(person), in: person.memberships.map(\.cardSystem),
                params.granted)
        }
    }
}
