import CardRules
import JSONRPC
import Postgres

/// From a token or a session to a caller with roles and counter.
enum Sessions {
    static let tokenPrefix = "kss_"
    static let credentialPrefix = "ksp_"

    /// For how long a caller holds before the database is asked again, which also notes that the session is in use.
    private static let refresh = Instant.Span.minutes(5)

    /// The caller behind a session token or a pillar's credential. Throws `login.missing` for any other text.
    ///
    /// From here on the transaction works as the platform.
    static func caller(token: String, in transaction: Transaction, _ services: Services) throws -> Caller {
        becomePlatform(transaction)
        let hash = Secret.hash(token)
        if token.hasPrefix(credentialPrefix) {
            let pillar = try transaction.first(
                "select id, first_login_at from pillar where credential_hash = \(hash) and status = 'active'")
            guard let pillar else { throw RPCError(.loginMissing) }
            let id: PillarID = try pillar["id"]
            if (try pillar["first_login_at"] as Instant?) == nil {
                try transaction.execute("update pillar set first_login_at = \(services.clock.realNow) where id = \(id)")
            }
            return try caller(pillar: id, credential: hash, in: transaction, services)
        }
        let session = try transaction.first("select id from session where token_hash = \(hash)")
        guard let session else { throw RPCError(.loginMissing) }
        return try caller(session: try session["id"], in: transaction, services)
    }

    /// The same caller, as the database has him now. From here on the transaction works as the platform.
    static func caller(again caller: Caller, in transaction: Transaction, _ services: Services) throws -> Caller {
        becomePlatform(transaction)
        if let session = caller.sessionID { return try self.caller(session: session, in: transaction, services) }
        if let pillar = caller.pillar {
            return try self.caller(pillar: pillar.id, credential: pillar.credential, in: transaction, services)
        }
        return caller
    }

    /// What a device is as long as its credential is the pillar's.
    private static func caller(
        pillar id: PillarID, credential: [UInt8], in transaction: Transaction, _ services: Services
    ) throws -> Caller {
        let epoch = services.directory.epoch
        let row = try transaction.first(
            """
            select card_system_id from pillar
            where id = \(id) and status = 'active' and credential_hash = \(credential)
            """)
        guard let row else { throw RPCError(.loginMissing) }
        var caller = Caller()
        caller.pillar = .init(id: id, cardSystem: try row["card_system_id"], credential: credential)
        caller.epoch = epoch
        return caller
    }

    /// Who a session is for. The transaction must work as the platform.
    static func caller(session id: SessionID, in transaction: Transaction, _ services: Services) throws -> Caller {
        // The epoch is read before the rows: what changes meanwhile makes the caller old, never wrongly current.
        let epoch = services.directory.epoch
        let realNow = services.clock.realNow
        let idle = Instant.Span.hours(services.settings.sessionIdleHours)
        let row = try transaction.first(
            """
            update session set last_used_at = greatest(last_used_at, \(realNow))
            where id = \(id) and ended_at is null and ends_at > \(realNow) and last_used_at > \(realNow - idle)
            returning account_id, counter_id, ends_at
            """)
        guard let row else { throw RPCError(.loginMissing) }
        var caller = Caller()
        let account: AccountID = try row["account_id"]
        caller.accountID = account
        caller.sessionID = id
        caller.epoch = epoch
        caller.endsAt = min(try row["ends_at"], realNow + refresh)
        try addRoles(of: account, to: &caller, in: transaction)
        if let counter: CounterID = try row["counter_id"] {
            caller.counter = try self.counter(counter, of: account, in: transaction)
        }
        return caller
    }

    /// Who an account is now, at one of its counters: for what is done in its name without a session. The transaction
    /// must work as the platform.
    static func caller(
        account: AccountID, at counter: CounterID?, in transaction: Transaction
    ) throws -> Caller {
        var caller = Caller()
        caller.accountID = account
        try addRoles(of: account, to: &caller, in: transaction)
        if let counter { caller.counter = try self.counter(counter, of: account, in: transaction) }
        return caller
    }

    private static func addRoles(of account: AccountID, to caller: inout Caller, in transaction: Transaction) throws {
        let rows = try transaction.query(
            "select role, card_system_id, municipality_id from role_grant where account_id = \(account)")
        for row in rows {
            let role: GrantableRole = try row["role"]
            switch role {
            case .operator: caller.isOperator = true
            case .cardSystemAdministrator: caller.administered.insert(try row["card_system_id"])
            case .municipalityAdministrator:
                caller.municipalities[try row["municipality_id"]] = try row["card_system_id"]
            }
        }
        let login = try transaction.first(
            """
            select coalesce(h.merged_into, h.id) as holder_id
            from holder_login l join pass_holder h on h.id = l.holder_id where l.account_id = \(account)
            """)
        caller.holder = try login?["holder_id"]
    }

    /// What the account is at a counter, with the counter's rights per card system; `nil` if it is no member.
    private static func counter(
        _ id: CounterID, of account: AccountID, in transaction: Transaction
    ) throws -> Caller.Counter? {
        let row = try transaction.first(
            """
            select c.card_system_id, c.status, m.role from counter c
            join counter_member m on m.counter_id = c.id and m.account_id = \(account)
            where c.id = \(id)
            """)
        guard let row else { return nil }
        return Caller.Counter(
            id: id, cardSystem: try row["card_system_id"], role: try row["role"],
            isActive: try row["status"] == CounterStatus.active,
            permissions: try CounterPermissions.read([id], in: transaction)[id] ?? [:])
    }

    static func becomePlatform(_ transaction: Transaction) { transaction.set("role", to: "ksbd_platform") }
}

// MARK: Beginning and end

extension Sessions {
    /// Begins a session. Who works at one counter only is there at once. The transaction must work as the
    /// platform.
    static func open(
        for account: AccountID, token: String, in transaction: Transaction, _ services: Services
    ) throws -> SessionID {
        let realNow = services.clock.realNow
        let counters: [CounterID] = try transaction.query(
            "select counter_id from counter_member where account_id = \(account) limit 2"
        ).map { try $0[0] }
        let only = counters.count == 1 ? counters[0] : nil
        let id = SessionID(at: realNow)
        try transaction.execute(
            """
            insert into session (id, token_hash, account_id, counter_id, created_at, last_used_at, ends_at)
            values (\(id), \(Secret.hash(token)), \(account), \(only), \(realNow), \(realNow),
                \(realNow + .days(services.settings.sessionMaximumDays)))
            """)
        return id
    }

    /// Ends an account's sessions, but for one.
    static func end(
        of account: AccountID, except kept: SessionID? = nil, in transaction: Transaction, at realNow: Instant
    ) throws {
        try transaction.execute(
            """
            update session set ended_at = \(realNow)
            where account_id = \(account) and ended_at is null and id is distinct from \(kept)
            """)
    }
}
