import CardRules
import JSONRPC
import Postgres

enum AccountChangePassword: PreparedMethod {
    static let declaration = Declaration(
        "account.changePassword", .writes, by: [.account],
        "Gives one's own account another password, and ends its other sessions.",
        details: "A wrong old password counts like one at login.", refusals: [.credentialsWrong])

    struct Params: Parameters {
        let old: String
        let new: NewPassword

        init(from reader: inout ParameterReader) {
            old = reader.required("oldPassword", "The one until now.")
            new = reader.required("newPassword", "12 to 128 characters.")
        }
    }

    typealias Result = Done

    static func run(_ params: Params, _ prelude: Prelude) async throws -> Answer {
        guard let account = prelude.caller.accountID else { throw RPCError(.permissionMissing) }
        let services = prelude.services
        let check = try await prelude.facts { try PasswordCheck(.account(account), in: $0, services.settings) }
        let isRight = try await check.isRight(params.old, services)
        let hashed = isRight ? try await services.passwords.hash(params.new.text) : nil
        do {
            return try await prelude.perform { call in
                guard let hashed else { throw Refusal(.credentialsWrong) }
                return try change(account, check, to: hashed, call)
            }
        } catch is Refusal where !isRight {
            let source = prelude.peer.source
            throw try await prelude.facts {
                try PasswordCheck.noteFailure(of: account, from: source, in: $0, services)
            }
        }
    }

    private static func change(
        _ account: AccountID, _ check: PasswordCheck, to hashed: Passwords.Hashed, _ call: Call
    ) throws -> Done {
        let current = try PasswordCheck(
            .account(account), in: call.transaction, call.services.settings, isLocking: true)
        try current.confirm(check, at: call.realNow)
        try current.noteSuccess(in: call.transaction)
        try call.transaction.execute(
            """
            update account set password_salt = \(hashed.salt), password_hash = \(hashed.hash), version = version + 1
            where id = \(account)
            """)
        try Sessions.end(of: account, except: call.caller.sessionID, in: call.transaction, at: call.realNow)
        call.audit.cardSystem = .nil
        call.audit.object(account)
        call.audit.changedFields = ["password"]
        return Done()
    }
}
