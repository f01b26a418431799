import CardRules
import JSONRPC
import Postgres

enum GroupPassDelegateList: Method {
    static let declaration = Declaration(
        "groupPassDelegate.list", .reads, by: .staff(.groupPassRead),
        "Lists who may use a group's pass, with what each has used this calendar year.",
        refusals: [.groupPassNotFound])

    struct Params: Parameters {
        let pass: GroupPassID
        let withEnded: Bool
        let page: PageRequest

        init(from reader: inout ParameterReader) {
            pass = reader.required("groupPassId", "The group pass.")
            withEnded = reader.optional("withEnded", default: false, "Those too that may use it no longer.")
            page = PageRequest(from: &reader)
        }
    }

    static func run(_ params: Params, in call: Call) throws -> Page<GroupPassDelegateRecord> {
        let pass = try call.groupPass(params.pass)
        let listing = Listing(
            columns: GroupPassDelegateRecord.columns(on: Brussels.date(call.now)),
            tables: GroupPassDelegateRecord.tables,
            conditions: ["d.group_pass_id = \(pass.id)"] + (params.withEnded ? [] : ["d.ended_at is null"]),
            id: "d.id")
        return try listing.page(params.page, call.transaction, GroupPassDelegateRecord.init)
    }
}
