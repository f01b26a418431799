import CardRules
import JSONRPC
import Postgres

enum FamilyRemove: Method {
    static let declaration = Declaration(
        "family.remove", .writes, by: .family,
        "Takes somebody from a family, as its main member or as the one who leaves (FAM-04, R-198).",
        refusals: [.passHolderNotFound, .familyMemberNotFound, .familyMainMemberFixed])

    struct Params: Parameters {
        let holder: PassHolderID?
        let member: PassHolderID

        init(from reader: inout ParameterReader) {
            holder = FamilyParams(from: &reader).holder
            member = reader.required("memberId", "Who is no longer in it.")
        }
    }

    static func run(_ params: Params, in call: Call) throws -> Done {
        let main: PassHolderID
        if let named = params.holder, try !call.actsFor(named), try call.actsFor(params.member) {
            // The other's family, which the member leaves.
            main = named
            try call.noteFamily(of: params.member)
        } else {
            main = try call.familyMain(params.holder)
        }
        call.audit.told.append(("memberId", .string(params.member.text)))
        try FamilyRules.reasons(removing: params.member, fromFamilyOf: main).refuse()
        let count = try call.transaction.execute(
            """
            update family_member set ended_at = \(call.now)
            where main_id = \(main) and member_id = \(params.member) and ended_at is null
            """)
        if count == 0 { throw Refusal(.familyMemberNotFound, at: "/memberId") }
        return Done()
    }
}
