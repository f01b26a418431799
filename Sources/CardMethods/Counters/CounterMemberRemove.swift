import CardRules
import JSONRPC
import Postgres

enum CounterMemberRemove: Method {
    static let declaration = Declaration(
        "counterMember.remove", .writes, by: .changesMembers,
        "Ends somebody's work at a counter (PER-03). The last admin is removed by an administrator only.",
        refusals: [.counterNotFound, .memberNotFound, .counterLastAdmin])

    struct Params: Parameters {
        let counter: CounterID
        let account: AccountID

        init(from reader: inout ParameterReader) {
            counter = reader.required("counterId", "The counter.")
            account = reader.required("accountId", "Who is to leave.")
        }
    }

    static func run(_ params: Params, in call: Call) throws -> Done {
        let counter = try call.counterOfStaff(params.counter, lock: true)
        let member = try call.member(params.account, of: counter.id)
        call.audit.told.append(("accountId", .string(member.account.text)))
        try call.requireOtherAdmin(than: member, at: counter)
        try call.transaction.run([
            "delete from counter_member where counter_id = \(counter.id) and account_id = \(member.account)",
            """
            update session set counter_id = null
            where counter_id = \(counter.id) and account_id = \(member.account) and ended_at is null
            """,
        ])
        return Done()
    }
}
