import CardRules
import JSONRPC
import Postgres

enum GroupPassDelegateAdd: Method {
    static let declaration = Declaration(
        "groupPassDelegate.add", .writes, by: .staff(.groupPassWrite),
        "Lets a guide, who has an account, or a counter use a group's pass.",
        refusals: [.groupPassNotFound, .accountNotFound, .counterNotFound, .groupPassDelegateExists])

    struct Params: Parameters {
        let pass: GroupPassID
        let email: EmailAddress?
        let counter: CounterID?

        init(from reader: inout ParameterReader) {
            pass = reader.required("groupPassId", "The group pass.")
            email = reader.optional("email", "What the guide's account logs in with; or give `counterId`.")
            counter = reader.optional("counterId", "A counter of the card system.")
            if reader.problems.isEmpty, (email == nil) == (counter == nil) {
                reader.refuse("email", "give either email or counterId")
            }
        }
    }

    static func run(_ params: Params, in call: Call) throws -> GroupPassDelegateRecord {
        let pass = try call.groupPass(params.pass, lock: true)
        let account = try params.email.flatMap { try call.account(email: $0) }
        if params.email != nil, account == nil { throw Refusal(.accountNotFound, at: "/email") }
        if let counter = params.counter {
            let known = try call.transaction.first(
                """
                select from counter_card_system
                where counter_id = \(counter) and card_system_id = \(pass.cardSystem)
                """)
            if known == nil { throw Refusal(.counterNotFound, at: "/counterId") }
        }
        let id: GroupPassDelegateID = call.newID()
        call.audit.told.append(("delegateId", .string(id.text)))
        let count = try call.transaction.execute(
            """
            insert into group_pass_delegate (id, card_system_id, group_pass_id, account_id, counter_id, added_at,
                added_by)
            values (\(id), \(pass.cardSystem), \(pass.id), \(account), \(params.counter), \(call.now),
                \(call.caller.accountID))
            on conflict do nothing
            """)
        if count == 0 {
            throw Refusal(.groupPassDelegateExists, at: params.email == nil ? "/counterId" : "/email")
        }
        return try call.groupPassDelegate(id)
    }
}
