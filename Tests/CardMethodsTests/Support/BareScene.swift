import CardRules
import JSONRPC
import Postgres
import TestSupport
import Testing

@testable import CardMethods

extension Trait where Self == OwnDatabase {
    /// A database with nothing in it but the tables, in a test world.
    static var bare: Self {
        Self(
            .init("bare") { conninfo in
                _ = try DatabaseSchema.migrate(ConnectionSettings(conninfo), world: .test, logger: Scene.logger)
            })
    }
}

/// What tests of accounts and rights make for themselves, where `SceneData` would be in the way.
extension Scene {
    /// A confirmed account, without a password that anybody knows.
    func account(_ email: String) async throws -> AccountID {
        let id = AccountID(at: services.clock.realNow)
        try await sql(
            """
            insert into account (id, email, email_key, name, password_salt, password_hash, email_confirmed_at,
                created_at)
            values (\(id), \(email), lower(\(email)), 'N', '\\x00', '\\x00', now(), now())
            """)
        return id
    }

    func grant(
        _ account: AccountID, _ role: String, _ cardSystem: CardSystemID? = nil, _ municipality: MunicipalityID? = nil
    ) async throws {
        try await sql(
            """
            insert into role_grant (account_id, role, card_system_id, municipality_id, granted_at)
            values (\(account), \(role), \(cardSystem ?? .nil), \(municipality ?? .nil), now())
            """)
    }

    /// A connection on which the account is logged in.
    func session(_ account: AccountID) async throws -> Peer {
        let token = Secret.make(prefix: Sessions.tokenPrefix, bytes: 16)
        try await owner.transaction { [services] transaction in
            _ = try Sessions.open(for: account, token: token, in: transaction, services)
        }
        let peer = stranger()
        _ = try await ok(peer, "session.resume", ["token": .string(token)])
        return peer
    }

    /// Somebody who administers a card system.
    func admin(_ email: String, of cardSystem: CardSystemID) async throws -> Peer {
        let account = try await account(email)
        try await grant(account, "cardSystemAdministrator", cardSystem)
        return try await session(account)
    }

    /// The kind that a call is refused with.
    func kind(_ peer: Peer, _ method: String, _ params: JSON = [:], key: String? = nil) async -> String {
        switch await call(peer, method, params, key: key) {
        case .success(let json): "no refusal: " + json.text
        case .failure(let error): error.data?["kind"]?.string ?? "\(error)"
        }
    }
}

extension JSON {
    var id: JSON { self["id"] ?? .null }
    func cardSystem(_ name: String = "id") -> CardSystemID { CardSystemID(text: self[name]!.string!)! }
}
