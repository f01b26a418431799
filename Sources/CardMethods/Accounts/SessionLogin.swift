import CardRules
import JSONRPC
import Postgres

enum SessionLogin: PreparedMethod {
    static let declaration = Declaration(
        "session.login", .session, by: [.everyone],
        "Logs the connection in, and gives a token for `session.resume`.",
        details:
            "Address or password wrong, account locked, address not confirmed: one answer. Too many wrong passwords in "
            + "a row lock an account of a counter's staff, and slow down one with a role (`limit.exceeded`). Who works "
            + "at one counter only is there at once.",
        refusals: [.credentialsWrong], answersSecret: true)

    struct Params: Parameters {
        let email: EmailAddress
        let password: String

        init(from reader: inout ParameterReader) {
            email = reader.required("email", "What the account logs in with; case does not matter.")
            password = reader.required("password", "Its password.")
        }
    }

    struct Result: ResultRecord {
        let token: String
        let session: SessionView

        static let fields: [ResultField<Result>] = [
            .init("token", "Shown once: for `session.resume`, and the bearer token of HTTP.") { $0.token },
            .init("session", "Who the caller is now.") { $0.session },
        ]
    }

    private enum Outcome: Sendable {
        case open(Caller, SessionView)
        case refused(any Error)
    }

    static func run(_ params: Params, _ prelude: Prelude) async throws -> Answer {
        let (services, source) = (prelude.services, prelude.peer.source)
        let check = try await prelude.facts { try PasswordCheck(.email(params.email), in: $0, services.settings) }
        let isRight = try await check.isRight(params.password, services)
        let token = Secret.make(prefix: Sessions.tokenPrefix, bytes: 32)
        let outcome = try await prelude.facts { transaction -> Outcome in
            guard isRight, let account = check.account else {
                return .refused(
                    try PasswordCheck.noteFailure(of: check.account, from: source, in: transaction, services))
            }
            let current = try PasswordCheck(
                .account(account), in: transaction, services.settings, isLocking: true)
            try current.confirm(check, at: services.clock.realNow)
            try current.noteSuccess(in: transaction)
            Sessions.becomePlatform(transaction)
            let session = try Sessions.open(for: account, token: token, in: transaction, services)
            let caller = try Sessions.caller(session: session, in: transaction, services)
            return .open(caller, try SessionView(of: caller, in: transaction))
        }
        switch outcome {
        case .refused(let error): throw error
        case .open(let caller, let session):
            prelude.peer.become(caller)
            return Answer(Result(token: token, session: session))
        }
    }
}
