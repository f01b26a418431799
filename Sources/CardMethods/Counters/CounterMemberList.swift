import CardRules
import JSONRPC
import Postgres

enum CounterMemberList: Method {
    static let declaration = Declaration(
        "counterMember.list", .reads,
        by: [.operator, .cardSystemAdministrator, .municipalityAdministrator, .counterStaff],
        "Lists who works at a counter, by e-mail address; all of its staff may know (PER-03).",
        refusals: [.counterNotFound])

    struct Params: Parameters {
        let counter: CounterID
        let page: PageRequest

        init(from reader: inout ParameterReader) {
            counter = reader.required("counterId", "The counter.")
            page = PageRequest(from: &reader)
        }
    }

    static func run(_ params: Params, in call: Call) throws -> Page<CounterMemberRecord> {
        let counter = try call.counterOfStaff(params.counter, lock: false)
        let list = Listing(
            columns: CounterMemberRecord.columns, tables: CounterMemberRecord.tables,
            conditions: ["m.counter_id = \(counter.id)"], key: "a.email_key", id: "m.account_id")
        return try list.page(params.page, call.transaction, CounterMemberRecord.init(row:))
    }
}
