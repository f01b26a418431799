import CardRules
import JSONRPC
import Postgres

enum GroupPassListCoupons: Method {
    static let declaration = Declaration(
        "groupPass.listCoupons", .reads, by: .staff(.couponRead),
        "Lists the coupons that a group has, by name; it needs no opportunity status for them (COU-06).",
        details: "A group whose pass has expired has none.", refusals: [.groupPassNotFound, .counterNotFound])

    struct Params: Parameters {
        let pass: GroupPassID
        let granted: GrantedCouponsParams

        init(from reader: inout ParameterReader) {
            pass = reader.required("groupPassId", "The group pass.")
            granted = GrantedCouponsParams(from: &reader)
        }
    }

    static func run(_ params: Params, in call: Call) throws -> Page<GrantedCoupon> {
        let pass = try call.groupPass(params.pass)
        let municipality = try call.transaction.first(
            """
            select p.municipality_id from group_pass g join municipality_postal_code p
                on p.card_system_id = g.card_system_id and p.postal_code = g.postal_code
            where g.id = \(pass.id) and g.country = 'BE'
            """)
        let group = TicketBuyer.Group(
            cardSystem: pass.cardSystem, facts: pass.facts, ticketsPerYear: pass.ticketsPerYear,
            municipality: try municipality?[0])
        return try call.coupons(
            of: CouponSubject(group: pass.id), .group(group), in: [pass.cardSystem], params.granted)
    }
}
