import CardRules
import JSONRPC
import Postgres

/// What the database knows of an account whose password somebody gives.
struct PasswordCheck: Sendable {
    enum Whose: Sendable {
        case email(EmailAddress)
        case account(AccountID)
    }

    /// `nil` for an address without account.
    private(set) var account: AccountID?
    /// `nil` for an account that nobody can log in to: there is none, or its address is not confirmed.
    private var hashed: Passwords.Hashed?
    private var throttle = LoginThrottle()
    private var manner = LoginThrottle.Manner.locks(after: 0)

    /// - Parameter isLocking: Whether the row is to be held until the transaction ends, as its counters will change.
    init(_ whose: Whose, in transaction: Transaction, _ settings: MethodSettings, isLocking: Bool = false) throws {
        let condition: SQL =
            switch whose {
            case .email(let email): "email_key = \(email.key)"
            case .account(let id): "id = \(id)"
            }
        let row = try transaction.first(
            """
            select id, password_salt, password_hash, email_confirmed_at is not null as is_confirmed, failed_logins,
                last_failed_at, locked_at is not null as is_locked,
                exists (select from role_grant r where r.account_id = account.id) as has_role
            from account where \(fragment: condition) \(fragment: isLocking ? "for update" : "")
            """)
        guard let row else { return }
        account = try row["id"]
        if try row["is_confirmed"] {
            hashed = Passwords.Hashed(salt: try row["password_salt"], hash: try row["password_hash"])
        }
        throttle = LoginThrottle(
            failures: try row["failed_logins"], lastFailedAt: try row["last_failed_at"],
            isLocked: try row["is_locked"])
        manner = try row["has_role"] ? .slowsDown : .locks(after: settings.lockAfterFailures)
    }

    /// Whether the password is the account's. Takes as long where there is nothing to compare with. Throws
    /// `limit.exceeded` for an attempt that comes too early: it is neither checked nor counted.
    func isRight(_ password: String, _ services: Services) async throws -> Bool {
        switch throttle.admission(manner, at: services.clock.realNow) {
        case .check: return try await services.passwords.verify(password, against: hashed)
        case .locked: return try await services.passwords.verify(password, against: nil)
        case .wait(let end): throw Self.tooEarly(end, services.clock.realNow)
        }
    }

    /// Refuses if the account has changed since the password was found right: another attempt was wrong meanwhile, or
    /// the password is no longer this one. To be asked of a check that holds the row.
    func confirm(_ earlier: PasswordCheck, at realNow: Instant) throws {
        switch throttle.admission(manner, at: realNow) {
        case .check: if hashed == nil || hashed != earlier.hashed { throw Refusal(.credentialsWrong) }
        case .locked: throw Refusal(.credentialsWrong)
        case .wait(let end): throw Self.tooEarly(end, realNow)
        }
    }

    /// Counts a wrong password, and locks the account if it was one too many. Gives what the caller is told: where
    /// other attempts came between, the same as for a right password.
    static func noteFailure(
        of account: AccountID?, from source: String, in transaction: Transaction, _ services: Services
    ) throws -> any Error {
        let now = services.clock.realNow
        var statements = [SecurityEvent.loginFailed.note(from: source, account: account, at: now)]
        var answer: any Error = Refusal(.credentialsWrong)
        if let account {
            var check = try PasswordCheck(.account(account), in: transaction, services.settings, isLocking: true)
            switch check.throttle.admission(check.manner, at: now) {
            case .wait(let end): answer = tooEarly(end, now)
            case .check where check.hashed != nil:
                check.throttle.fail(check.manner, at: now)
                statements += check.storing(account, from: source, at: now)
            case .check, .locked: break
            }
        }
        try transaction.run(statements)
        return answer
    }

    private func storing(_ account: AccountID, from source: String, at now: Instant) -> [SQL] {
        let count: SQL = """
            update account set failed_logins = \(throttle.failures), last_failed_at = \(now) where id = \(account)
            """
        if !throttle.isLocked { return [count] }
        // A statement of its own: it tells all daemons, which not every wrong password should.
        let lock: SQL = "update account set locked_at = \(now) where id = \(account)"
        return [count, lock, SecurityEvent.accountLocked.note(from: source, account: account, at: now)]
    }

    /// Forgets wrong passwords after a right one.
    func noteSuccess(in transaction: Transaction) throws {
        if throttle.failures == 0 { return }
        try transaction.execute(
            "update account set failed_logins = 0, last_failed_at = null where id = \(account)")
    }

    private static func tooEarly(_ end: Instant, _ now: Instant) -> RPCError {
        .limitExceeded(retryAfterMilliseconds: Int((end - now).microseconds / 1000) + 1)
    }
}
