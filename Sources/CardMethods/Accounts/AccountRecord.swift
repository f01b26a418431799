import CardRules
import JSONRPC
import Postgres

/// An account as the operator and administrators see it.
struct AccountRecord: ResultRecord {
    let id: AccountID
    let email: EmailAddress
    let name: String
    let language: AccountLanguage
    let emailConfirmedAt: Instant?
    let lockedAt: Instant?
    let createdAt: Instant

    static let fields: [ResultField<AccountRecord>] = [
        .init("id", "The account.") { $0.id },
        .init("email", "What its owner logs in with.") { $0.email },
        .init("name", "Its owner.") { $0.name },
        .init("language", "What its owner reads.") { $0.language },
        .init("emailConfirmedAt", "Since when it can be used; absent before the e-mail address is confirmed.") {
            $0.emailConfirmedAt
        },
        .init("lockedAt", "Since when too many wrong passwords keep it locked.") { $0.lockedAt },
        .init("createdAt", "When it was registered; real time.") { $0.createdAt },
    ]

    static let columns: SQL = """
        a.id, a.email, a.name, a.language, a.email_confirmed_at, a.locked_at, a.created_at
        """

    init(row: Row) throws {
        id = try row["id"]
        email = try row["email"]
        name = try row["name"]
        language = try row["language"]
        emailConfirmedAt = try row["email_confirmed_at"]
        lockedAt = try row["locked_at"]
        createdAt = try row["created_at"]
    }
}

extension Call {
    /// The account that logs in with an address; `nil` for one that was never confirmed, as nobody knows whose it is.
    func account(email: EmailAddress) throws -> AccountID? {
        try transaction.first(
            "select id from account where email_key = \(email.key) and email_confirmed_at is not null"
        ).map { try $0["id"] }
    }
}
