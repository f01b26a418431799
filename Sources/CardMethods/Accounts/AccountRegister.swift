import CardRules
import JSONRPC
import Postgres

enum AccountRegister: PreparedMethod {
    static let declaration = Declaration(
        "account.register", .writes, by: [.everyone],
        "Makes an account for oneself; a token is mailed that confirms the e-mail address.",
        details: "The account can be used once `account.confirmEmail` got the token, within 24 hours. After that the "
            + "address is free again.",
        refusals: [.accountEmailTaken])

    struct Params: Parameters {
        let email: EmailAddress
        let name: String
        let password: NewPassword
        let language: AccountLanguage

        init(from reader: inout ParameterReader) {
            email = reader.required("email", "What the account logs in with; case does not matter.")
            name = reader.required("name", "The person whose account it is.")
            password = reader.required("password", "12 to 128 characters.")
            language = reader.optional("language", default: .nl, "What its owner reads; `nl` if absent.")
        }
    }

    struct Result: ResultRecord {
        let account: AccountID
        let confirmBefore: Instant

        static let fields: [ResultField<Result>] = [
            .init("accountId", "The new account.") { $0.account },
            .init("confirmBefore", "Until when the token holds; real time.") { $0.confirmBefore },
        ]
    }

    static func run(_ params: Params, _ prelude: Prelude) async throws -> Answer {
        let services = prelude.services
        try services.throttle.admit(.registration, from: prelude.peer)
        let hashed = try await services.passwords.hash(params.password.text)
        do {
            return try await prelude.perform { call in try register(params, hashed, call) }
        } catch let refusal as Refusal {
            services.throttle.missed(.registration, from: prelude.peer)
            try await prelude.note(.registrationOfTakenEmail)
            throw refusal
        }
    }

    private static func register(_ params: Params, _ hashed: Passwords.Hashed, _ call: Call) throws -> Result {
        let now = call.realNow
        // A registration that nobody confirmed in time gives way to the next one.
        let row = try call.transaction.first(
            """
            insert into account (id, email, email_key, name, language, password_salt, password_hash, created_at)
            values (\(AccountID(at: now)), \(params.email), \(params.email.key), \(params.name),
                \(params.language), \(hashed.salt), \(hashed.hash), \(now))
            on conflict (email_key) do update set email = excluded.email, name = excluded.name,
                language = excluded.language, password_salt = excluded.password_salt,
                password_hash = excluded.password_hash, created_at = excluded.created_at, version = account.version + 1
            where account.email_confirmed_at is null and not exists (
                select from account_token t where t.account_id = account.id and t.expires_at > \(now))
            returning id
            """)
        guard let row else { throw Refusal(.accountEmailTaken, at: "/email") }
        let account: AccountID = try row["id"]
        let token = Secret.make(prefix: ConfirmationMail.tokenPrefix, bytes: 20)
        let mail = ConfirmationMail(to: params.email, name: params.name, language: params.language, token: token)
        let result = Result(account: account, confirmBefore: now + .hours(ConfirmationMail.hours))
        try call.transaction.run([
            """
            insert into account_token (token_hash, account_id, purpose, expires_at)
            values (\(Secret.hash(token)), \(account), 'confirmEmail', \(result.confirmBefore))
            """,
            mail.queue(at: now),
        ])
        call.audit.object(account)
        return result
    }
}
