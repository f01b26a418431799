import CardRules
import JSONRPC
import Postgres

/// How the first operator comes to be: by a command of whoever runs the daemon's machine, for nobody else could appoint
/// one.
public enum Operators {
    /// Makes an account that is confirmed and holds the role.
    ///
    /// - Throws: `Malformed` for a password that is too short or too long, a `Refusal` if the address is taken.
    public static func create(
        email: EmailAddress, name: String, password: String, language: AccountLanguage = .nl, _ services: Services
    ) async throws -> AccountID {
        let password = try NewPassword(checking: password)
        let hashed = try await services.passwords.hash(password.text)
        let now = services.clock.realNow
        let id = AccountID(at: now)
        let entry = AuditEntry(
            at: services.clock.now, caller: .host, method: "host.createOperator", outcome: "done",
            objectID: ID(high: id.high, low: id.low), details: "{}")
        do {
            try await services.database.transaction { transaction in
                Sessions.becomePlatform(transaction)
                try transaction.run([
                    """
                    insert into account (id, email, email_key, name, language, password_salt, password_hash,
                        email_confirmed_at, created_at)
                    values (\(id), \(email), \(email.key), \(name), \(language), \(hashed.salt),
                        \(hashed.hash), \(now), \(now))
                    """,
                    """
                    insert into role_grant (account_id, role, card_system_id, municipality_id, granted_at)
                    values (\(id), \(GrantableRole.operator), \(CardSystemID.nil), \(MunicipalityID.nil), \(now))
                    """,
                ])
                try transaction.finish(with: AuditTrail.append([(.nil, entry)]))
            }
        } catch let error as PostgresError {
            throw ConstraintRefusals.refusal(for: error) ?? error
        }
        return id
    }
}
