import CardRules
import JSONRPC
import Postgres

enum FamilySetIcon: Method {
    static let declaration = Declaration(
        "family.setIcon", .writes, by: .family,
        "Chooses the picture that a client shows for somebody of a family.",
        refusals: [.passHolderNotFound, .familyMemberNotFound])

    struct Params: Parameters {
        let holder: PassHolderID?
        let member: PassHolderID
        let icon: FamilyIcon?

        init(from reader: inout ParameterReader) {
            holder = FamilyParams(from: &reader).holder
            member = reader.required("memberId", "Who it is for; the main member too.")
            icon = reader.optional("icon", "The picture's name; none if absent.")
        }
    }

    static func run(_ params: Params, in call: Call) throws -> FamilyRecord {
        let main = try call.familyMain(params.holder)
        call.audit.told.append(("memberId", .string(params.member.text)))
        call.audit.changedFields = ["icon"]
        if params.member == main {
            try call.transaction.execute(
                """
                insert into family_member (id, main_id, member_id, added_at)
                values (\(call.newID() as FamilyMemberID), \(main), \(main), \(call.now)) on conflict do nothing
                """)
        }
        let count = try call.transaction.execute(
            """
            update family_member set icon = \(params.icon)
            where main_id = \(main) and member_id = \(params.member) and ended_at is null
            """)
        if count == 0 { throw Refusal(.familyMemberNotFound, at: "/memberId") }
        return try call.family(of: main)
    }
}
