internal import CLibPQ

/// How to reach the database, and what holds for a session there.
public struct ConnectionSettings: Sendable {
    /// What PostgreSQL calls a connection string: `host=… dbname=…` or `postgresql://…`. It wins over what is said
    /// here.
    public var conninfo: String
    /// The role that the session takes on when it begins, so that it has that role's rights only.
    public var role: String?
    /// Shown in `pg_stat_activity`.
    public var applicationName = "ksbd"
    /// A statement that takes longer is cancelled by the server; 0 is no limit.
    public var statementTimeout: Duration = .seconds(30)
    /// A statement that waits longer for a lock fails; 0 is no limit.
    public var lockTimeout: Duration = .seconds(10)
    /// A transaction that is left alone for longer loses its connection; 0 is no limit.
    public var idleInTransactionTimeout: Duration = .seconds(60)
    /// Other run-time parameters of the session, such as `plan_cache_mode`.
    public var parameters: [String: String] = [:]
    /// Whole seconds for reaching each of the server's addresses.
    public var connectTimeoutSeconds = 5
    /// How long sent data may stay unacknowledged before the connection counts as broken.
    public var tcpUserTimeout: Duration = .seconds(20)

    /// With the defaults for everything but the connection string.
    public init(_ conninfo: String) { self.conninfo = conninfo }

    /// The parts of a connection string by their names. Throws what is wrong with it, without repeating it.
    public static func keywords(of conninfo: String) throws(PostgresError) -> [String: String] {
        guard let options = PQconninfoParse(conninfo, nil) else {
            throw PostgresError(sqlState: "08001", message: "the connection string cannot be read")
        }
        defer { PQconninfoFree(options) }
        var keywords: [String: String] = [:]
        var option = options
        while let name = option.pointee.keyword {
            if let value = option.pointee.val { keywords[String(cString: name)] = String(cString: value) }
            option += 1
        }
        return keywords
    }

    /// Everything that libpq is told.
    func allKeywords() throws(PostgresError) -> [String: String] {
        var keywords = [
            "fallback_application_name": applicationName,
            "connect_timeout": String(connectTimeoutSeconds),
            "tcp_user_timeout": tcpUserTimeout.wholeMilliseconds,
            "keepalives": "1", "keepalives_idle": "10", "keepalives_interval": "5", "keepalives_count": "3",
        ]
        let own = try Self.keywords(of: conninfo)
        keywords.merge(own) { _, own in own }
        keywords["client_encoding"] = "UTF8"
        keywords["options"] = options + (own["options"].map { " " + $0 } ?? "")
        return keywords
    }

    /// The run-time parameters as options of the server's command line.
    private var options: String {
        var all = parameters
        all["role"] = role
        all["statement_timeout"] = statementTimeout.wholeMilliseconds
        all["lock_timeout"] = lockTimeout.wholeMilliseconds
        all["idle_in_transaction_session_timeout"] = idleInTransactionTimeout.wholeMilliseconds
        return all.sorted { $0.key < $1.key }.map { "-c \($0.key)=\(Self.escaped($0.value))" }.joined(separator: " ")
    }

    /// Spaces separate options, unless a backslash stands before them.
    private static func escaped(_ text: String) -> String {
        text.map { $0 == "\\" || $0.isWhitespace ? "\\\($0)" : String($0) }.joined()
    }
}

extension Duration {
    /// As PostgreSQL and libpq read timeouts.
    fileprivate var wholeMilliseconds: String {
        String(components.seconds * 1000 + components.attoseconds / 1_000_000_000_000_000)
    }
}
