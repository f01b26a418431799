import CardRules
import JSONRPC
import Postgres

enum AssociationMembershipEnd: Method {
    static let declaration = Declaration(
        "associationMembership.end", .writes, by: .staff(.associationUse),
        "Ends a pass holder's membership of an association; it can be joined again (R-163).",
        refusals: [.passHolderNotFound, .associationNotFound, .associationMembershipNotFound])

    struct Params: Parameters {
        let holder: PassHolderID
        let association: AssociationID

        init(from reader: inout ParameterReader) {
            holder = reader.required("passHolderId", "The person.")
            association = reader.required("associationId", "The association.")
        }
    }

    static func run(_ params: Params, in call: Call) throws -> AssociationStanding {
        let standing = try call.writableStanding(of: params.holder, to: params.association)
        guard let id = standing.membership else {
            throw Refusal(.associationMembershipNotFound, at: "/associationId")
        }
        try call.transaction.execute(
            """
            update association_membership set ended_at = \(call.now), version = version + 1 where id = \(id)
            """)
        return try call.standings(of: params.holder, to: params.association)[0]
    }
}
