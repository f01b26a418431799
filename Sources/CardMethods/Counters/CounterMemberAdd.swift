import CardRules
import JSONRPC
import Postgres

enum CounterMemberAdd: Method {
    static let declaration = Declaration(
        "counterMember.add", .writes, by: .changesMembers,
        "Lets somebody who has an account work at a counter (PER-03).",
        refusals: [.counterNotFound, .accountNotFound, .counterMemberExists])

    struct Params: Parameters {
        let counter: CounterID
        let email: EmailAddress
        let role: CounterRole

        init(from reader: inout ParameterReader) {
            counter = reader.required("counterId", "The counter.")
            email = reader.required("email", "What the account logs in with.")
            role = reader.optional("role", default: .member, "What it is there; `member` if absent.")
        }
    }

    static func run(_ params: Params, in call: Call) throws -> CounterMemberRecord {
        let counter = try call.counterOfStaff(params.counter, lock: true)
        guard let account = try call.account(email: params.email) else { throw Refusal(.accountNotFound, at: "/email") }
        call.audit.told.append(("accountId", .string(account.text)))
        let count = try call.transaction.execute(
            """
            insert into counter_member (counter_id, card_system_id, account_id, role, added_at, added_by)
            values (\(counter.id), \(counter.cardSystem), \(account), \(params.role), \(call.now),
                \(call.caller.accountID))
            on conflict do nothing
            """)
        if count == 0 { throw Refusal(.counterMemberExists, at: "/email") }
        return try call.member(account, of: counter.id)
    }
}
