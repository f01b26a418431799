import CardRules
import JSONRPC
import Postgres

enum AccountConfirmEmail: PreparedMethod {
    static let declaration = Declaration(
        "account.confirmEmail", .writes, by: [.everyone],
        "Confirms the e-mail address of a new account by the token that was mailed there.", refusals: [.tokenInvalid])

    struct Params: Parameters {
        let token: String
        init(from reader: inout ParameterReader) { token = reader.required("token", "The token from the mail.") }
    }

    typealias Result = Done

    static func run(_ params: Params, _ prelude: Prelude) async throws -> Answer {
        try prelude.services.throttle.admit(.emailConfirmation, from: prelude.peer)
        do {
            return try await prelude.perform { call in try confirm(params, call) }
        } catch let refusal as Refusal {
            prelude.services.throttle.missed(.emailConfirmation, from: prelude.peer)
            try await prelude.note(.emailTokenWrong)
            throw refusal
        }
    }

    private static func confirm(_ params: Params, _ call: Call) throws -> Done {
        let row = try call.transaction.first(
            """
            update account_token set used_at = \(call.realNow)
            where token_hash = \(Secret.hash(params.token)) and purpose = 'confirmEmail' and used_at is null
                and expires_at > \(call.realNow)
            returning account_id
            """)
        guard let row else { throw Refusal(.tokenInvalid, at: "/token") }
        let account: AccountID = try row["account_id"]
        try call.transaction.execute(
            "update account set email_confirmed_at = \(call.realNow), version = version + 1 where id = \(account)")
        call.audit.object(account)
        return Done()
    }
}
