import CardRules
import JSONRPC
import Postgres

enum PassHolderListCoupons: Method {
    static let declaration = Declaration(
        "passHolder.listCoupons", .reads, by: .staff(.couponRead),
        "Lists the coupons that a pass holder has in own card systems, by name (COU-01 to COU-06).",
        refusals: [.passHolderNotFound, .counterNotFound, .membershipNoneActive])

    struct Params: Parameters {
        let holder: PassHolderID
        let granted: GrantedCouponsParams

        init(from reader: inout ParameterReader) {
            holder = reader.required("passHolderId", "The person.")
            granted = GrantedCouponsParams(from: &reader)
        }
    }

    static func run(_ params: Params, in call: Call) throws -> Page<GrantedCoupon> {
        let holder = try call.keptRecord(of: params.holder)
        try call.requireOwnHolder(holder)
        // A status counts wherever it is.
        let found = try call.asPlatform { try call.ticketBuyer(holder) }
        guard let person = found, person.memberships.contains(where: \.isActive) else {
            throw Refusal(.membershipNoneActive, at: "/passHolderId")
        }
        let own = person.memberships.map(\.cardSystem).filter(call.serves)
        return try call.coupons(of: CouponSubject(holder: holder), .person(person), in: own, params.granted)
    }
}
