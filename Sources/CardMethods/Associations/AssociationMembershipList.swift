import CardRules
import JSONRPC

enum AssociationMembershipList: Method {
    static let declaration = Declaration(
        "associationMembership.list", .reads, by: .staff(.associationUse),
        "Tells a pass holder's memberships of associations, and which could be joined (ASC-02).",
        details: "Of associations that the caller may read. Those that the person is in are not offered (R-167), nor "
            + "those that the caller may not let anybody join (R-160).",
        refusals: [.passHolderNotFound])

    struct Params: Parameters {
        let holder: PassHolderID
        init(from reader: inout ParameterReader) { holder = reader.required("passHolderId", "The person.") }
    }

    struct Result: ResultRecord {
        let memberships: [AssociationStanding]

        static let fields: [ResultField<Result>] = [
            .init("memberships", "By the association's name.") { $0.memberships }
        ]
    }

    static func run(_ params: Params, in call: Call) throws -> Result {
        try call.requireOwnHolder(params.holder)
        return Result(
            memberships: try call.standings(of: params.holder).filter { $0.membership != nil || $0.isOpen })
    }
}
