import CardRules
import JSONRPC
import Postgres

enum FamilyMemberships: Method {
    static let declaration = Declaration(
        "family.memberships", .reads, by: .family,
        "Tells in whose families a pass holder is; the own is not among them (FAM-05).",
        refusals: [.passHolderNotFound])

    /// The family of somebody else.
    struct Item: ResultRecord {
        let main: PassHolderID
        let firstName: String
        let addedAt: Instant

        static let fields: [ResultField<Item>] = [
            .init("passHolderId", "The main member.") { $0.main },
            .init("firstName", "The main member's first name.") { $0.firstName },
            .init("addedAt", "Since when the person is in it.") { $0.addedAt },
        ]
    }

    struct Result: ResultRecord {
        let families: [Item]
        static let fields: [ResultField<Result>] = [.init("families", "As they came about.") { $0.families }]
    }

    static func run(_ params: FamilyParams, in call: Call) throws -> Result {
        let person = try call.familyMain(params.holder)
        return try call.acrossCardSystems {
            let rows = try call.transaction.query(
                """
                select f.main_id, h.first_name, f.added_at
                from family_member f join pass_holder h on h.id = f.main_id
                where f.member_id = \(person) and f.main_id <> \(person) and f.ended_at is null
                order by f.added_at, f.id
                """)
            return Result(
                families: try rows.map { row in
                    Item(main: try row["main_id"], firstName: try row["first_name"], addedAt: try row["added_at"])
                })
        }
    }
}
