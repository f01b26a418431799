import CardRules
import JSONRPC
import Postgres

enum CounterMemberSetRole: Method {
    static let declaration = Declaration(
        "counterMember.setRole", .writes, by: .changesMembers,
        "Makes a member of a counter its admin, or an admin a member.",
        refusals: [.counterNotFound, .memberNotFound, .counterLastAdmin])

    struct Params: Parameters {
        let counter: CounterID
        let account: AccountID
        let role: CounterRole

        init(from reader: inout ParameterReader) {
            counter = reader.required("counterId", "The counter.")
            account = reader.required("accountId", "The member.")
            role = reader.required("role", "What it is from now on.")
        }
    }

    static func run(_ params: Params, in call: Call) throws -> CounterMemberRecord {
        let counter = try call.counterOfStaff(params.counter, lock: true)
        let member = try call.member(params.account, of: counter.id)
        call.audit.told.append(("accountId", .string(member.account.text)))
        if params.role == .member { try call.requireOtherAdmin(than: member, at: counter) }
        try call.transaction.execute(
            """
            update counter_member set role = \(params.role)
            where counter_id = \(counter.id) and account_id = \(member.account)
            """)
        return try call.member(member.account, of: counter.id)
    }
}
