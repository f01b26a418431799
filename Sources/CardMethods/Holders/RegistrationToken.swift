import CardRules
import Postgres

/// Proof that somebody knows a pass holder's card number and date of birth: what opens the way to linking a login
/// (UID-01) and into a family (FAM-03). Kept hashed, for a time of real time, until it is used to link.
enum RegistrationToken {
    static let prefix = "ksr_"
    /// For how long one holds that was asked for, in minutes.
    static let minutes = 30

    /// A new token of a person. The caller shows or mails it; nobody can read it again.
    ///
    /// - Parameter expiresAt: Real time.
    static func issue(for holder: PassHolderID, until expiresAt: Instant, in call: Call) throws -> String {
        let token = Secret.make(prefix: prefix, bytes: 32)
        try call.transaction.execute(
            """
            insert into registration_token (token_hash, holder_id, expires_at)
            values (\(Secret.hash(token)), \(holder), \(expiresAt))
            """)
        return token
    }

    /// Whose token it is. The person need not be visible to the caller.
    ///
    /// - Parameter pointer: The parameter that holds the token.
    /// - Throws: `token.invalid` for one that is unknown, used or stale: one answer for all.
    static func verify(_ token: String, pointer: String = "/token", in call: Call) throws -> PassHolderID {
        let row = try call.transaction.first(
            """
            select holder_id from registration_token
            where token_hash = \(Secret.hash(token)) and expires_at > \(call.realNow)
            """)
        guard let row else { throw Refusal(.tokenInvalid, at: pointer) }
        return try row["holder_id"]
    }

    /// Ends all tokens of a person: what they were asked for is done, or undone.
    static func end(of holder: PassHolderID, in call: Call) throws {
        try call.transaction.execute("delete from registration_token where holder_id = \(holder)")
    }
}
