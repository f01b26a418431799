/// What the server, the connection to it, or the reading of an answer failed with.
///
/// Its description goes to logs, so it leaves out what may repeat values: the detail, and the message of a data
/// exception (class 22).
public struct PostgresError: Error, Sendable {
    /// Five characters, PostgreSQL's error code. Failures on this side have the fitting one: 08006 for a connection
    /// that broke, 22P03 for an unreadable value.
    public var sqlState: String
    /// What went wrong. May repeat a value.
    public var message: String
    /// More about it. Often repeats values.
    public var detail: String?
    /// The constraint that is violated.
    public var constraint: String?
    /// The table of a violated constraint or column.
    public var table: String?
    /// The column that is null but must not be, or that could not be read.
    public var column: String?
    /// The text of the statement that failed, without its values.
    public var statement: String?
    /// Where in the source the statement was run: `Module/File.swift:line`.
    public var location: String?
    /// The connection is gone: the server ended it, or it broke. A transaction that wasn't committing is undone.
    public var isConnectionLost: Bool
    /// The function of the server that raised the error; unlike the message it isn't translated.
    var routine: String?

    /// An error of this side, or of a caller's own ``PostgresValue``.
    public init(
        sqlState: String, message: String, detail: String? = nil, constraint: String? = nil, table: String? = nil,
        column: String? = nil
    ) {
        (self.sqlState, self.message, self.detail) = (sqlState, message, detail)
        (self.constraint, self.table, self.column) = (constraint, table, column)
        // 08P01 is also the answer to a parameter whose bytes don't fit its type, which harms nothing.
        isConnectionLost = sqlState.hasPrefix("08") && sqlState != "08P01" || Self.endsConnection.contains(sqlState)
    }

    /// Shutdown, crash, not accepting connections; database dropped, idle timeouts of transaction and session.
    private static let endsConnection: Set<String> = ["57P01", "57P02", "57P03", "57P04", "57P05", "25P03"]

    /// The server cannot serve at the moment: it is gone, or has no room left on its disk, no memory or no connection
    /// (class 53), or its files fail it (class 58). Nothing is wrong with the statement; later it may well succeed.
    public var isUnavailable: Bool { isConnectionLost || sqlState.hasPrefix("53") || sqlState.hasPrefix("58") }

    /// The same transaction may well succeed when it is run again: serialisation failure, deadlock, or a plan that a
    /// change of the schema made stale.
    public var isRetryable: Bool { sqlState == "40001" || sqlState == "40P01" || isStaleStatement }

    /// The statement was cancelled, or it ran into `statement_timeout`.
    public var isCancelled: Bool { sqlState == "57014" }

    /// The constraint of a duplicate, if that is what it is.
    public var uniqueViolation: String? { sqlState == "23505" ? constraint : nil }

    /// The constraint of any integrity violation: unique, foreign key, check, exclusion.
    public var violatedConstraint: String? { sqlState.hasPrefix("23") ? constraint : nil }

    /// A prepared statement no longer fits the schema, or the server does not know it.
    var isStaleStatement: Bool { sqlState == "26000" || sqlState == "0A000" && routine == "RevalidateCachedQuery" }

    /// A value that does not have the form or type of what should be read.
    public static func unreadable(_ type: Any.Type, oid: UInt32) -> PostgresError {
        PostgresError(sqlState: "22P03", message: "type \(oid) cannot be read as \(type)")
    }

    /// The same error, of a statement that stands there in the source.
    func at(_ file: StaticString, _ line: UInt) -> PostgresError {
        var error = self
        error.location = "\(file):\(line)"
        return error
    }

    /// The connection is gone.
    static func lost(_ message: String) -> PostgresError { PostgresError(sqlState: "08006", message: message) }
}

extension PostgresError: CustomStringConvertible {
    public var description: String {
        var text = "\(sqlState) "
        text += Self.repeatsValue(sqlState) ? "data exception" : message
        if let constraint { text += " (constraint \(constraint))" }
        if let column { text += " (column \(column))" }
        if let location { text += " at \(location)" }
        return text
    }

    /// Data exceptions do, but for the two that are made on this side: they name types and columns only.
    private static func repeatsValue(_ sqlState: String) -> Bool {
        sqlState.hasPrefix("22") && sqlState != "22P03" && sqlState != "22002"
    }
}

/// The connection was lost while a commit was under way, or the server could not say that it is safe: the
/// transaction may be done or undone. Only its own traces in the database can tell.
public struct CommitOutcomeUnknown: Error, Sendable {
    /// What was heard last.
    public var cause: PostgresError

    /// It is done here, and lost if another server takes over that has not heard of it.
    public var isCommittedHere: Bool { cause.sqlState == "01000" }
}
