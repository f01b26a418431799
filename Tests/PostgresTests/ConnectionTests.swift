import TestSupport
import Testing

@testable import Postgres

@Suite(.emptyDatabase)
struct ConnectionTests {
    let connection: Connection

    init() throws { connection = try Connection(ConnectionSettings(OwnDatabase.conninfo)) }

    func value<V: PostgresValue>(_ statement: SQL) throws -> V { try connection.run([statement])[0][0][0] }

    @Test func `an error has its code, constraint, table, column and place`() throws {
        try connection.script("create table t (id bigint constraint t_key primary key, name text not null)")
        try connection.run(["insert into t values (1, 'a')"])
        let duplicate = #expect(throws: PostgresError.self) {
            try connection.run(["select 1", "insert into t values (\(1), 'secret')"])
        }
        let error = try #require(duplicate)
        #expect(error.sqlState == "23505")
        #expect(error.uniqueViolation == "t_key")
        #expect(error.violatedConstraint == "t_key")
        #expect(error.table == "t")
        #expect(error.detail == "Key (id)=(1) already exists.")
        #expect(error.statement == "insert into t values ($1, 'secret')")
        #expect(error.location?.hasPrefix("PostgresTests/ConnectionTests.swift:") == true)
        #expect(!error.isConnectionLost && !error.isRetryable && !error.isCancelled)
        let null = #expect(throws: PostgresError.self) { try connection.run(["insert into t (id) values (2)"]) }
        #expect(null?.column == "name")
        #expect(null?.uniqueViolation == nil)
    }

    @Test func `what an error says to a log repeats no values`() throws {
        let error = #expect(throws: PostgresError.self) { try connection.run(["select (\("secret")::text)::bigint"]) }
        let malformed = try #require(error)
        #expect(malformed.sqlState.hasPrefix("22"))
        #expect(!"\(malformed)".contains("secret"))
    }

    @Test func `the first error of a pipeline undoes all of it, and the next one is not touched`() throws {
        try connection.script("create table t (n bigint)")
        let error = #expect(throws: PostgresError.self) {
            try connection.run(["insert into t values (1)", "select 1 / \(0)", "insert into t values (2)", "select x"])
        }
        #expect(error?.sqlState == "22012")
        #expect(try value("select count(*) from t") == 0)
        #expect(throws: PostgresError.self) { try connection.run(["select x"]) }
        #expect(try value("select \(7)") == 7)
    }

    @Test func `an error of the commit that a pipeline's end implies is thrown`() throws {
        try connection.script("create table t (n bigint unique deferrable initially deferred)")
        let error = #expect(throws: PostgresError.self) { try connection.run(["insert into t values (1), (1)"]) }
        #expect(error?.uniqueViolation == "t_n_key")
        #expect(try value("select count(*) from t") == 0)
    }

    @Test func `a text is prepared once for each set of parameter types`() throws {
        func same<V: PostgresValue>(_ value: V) -> SQL { "select \(value)" }
        for _ in 1...3 { try connection.run([same(1), same(true), same(2)]) }
        let mine: SQL = "select count(*) from pg_prepared_statements where statement = \("select $1")"
        #expect(try value(mine) == 2)
    }

    @Test func `the least recently used statements are given up beyond the cap`() throws {
        try connection.run(["select 'kept'"])
        for number in 0..<(2 * StatementCache.capacity) {
            try connection.run([SQL(trusted: "select \(number)"), "select 'kept'"])
        }
        let count: SQL = "select count(*) from pg_prepared_statements"
        let first: Int = try value(count)
        #expect(first == StatementCache.capacity + 1, "the server forgets with the next pipeline")
        #expect(try value(count) == StatementCache.capacity)
        #expect(try value("select count(*) from pg_prepared_statements where statement = 'select ''kept'''") == 1)
        #expect(connection.statements.count == StatementCache.capacity)
    }

    @Test func `renewed statements are prepared anew`() throws {
        try connection.run(["select 'old'"])
        connection.renewStatements()
        let names: SQL = "select name from pg_prepared_statements where statement = 'select ''old'''"
        #expect(try connection.run([names])[0].isEmpty)
        try connection.run(["select 'old'"])
        #expect(try connection.run([names])[0].count == 1)
    }

    @Test(arguments: ["alter table t add column more text", "deallocate all"])
    func `a statement that became stale is prepared anew`(change: String) throws {
        try connection.script("create table t (n bigint)")
        try connection.run(["select * from t"])
        let other = try Connection(ConnectionSettings(OwnDatabase.conninfo))
        try (change.hasPrefix("alter") ? other : connection).run([SQL(trusted: change)])
        #expect(try connection.run(["insert into t values (1)", "select * from t"])[1].count == 1)
        #expect(try value("select count(*) from t") == 1)
    }

    @Test func `a statement that became stale within a transaction may be retried with it`() throws {
        try connection.script("create table t (n bigint)")
        try connection.run(["select * from t"])
        try connection.run(["begin", "select 1"])
        let other = try Connection(ConnectionSettings(OwnDatabase.conninfo))
        try other.script("alter table t add column more text")
        let error = #expect(throws: PostgresError.self) { try connection.run(["select * from t"]) }
        #expect(error?.isRetryable == true)
        try connection.run(["rollback"])
        #expect(try connection.run(["select * from t"])[0].isEmpty)
    }

    @Test func `a statement that could not be prepared is prepared when it comes again`() throws {
        try connection.run(["begin", "savepoint a"])
        #expect(throws: PostgresError.self) { try connection.run(["select * from late"]) }
        try connection.run(["rollback to a", "create table late (n bigint)"])
        #expect(try connection.run(["select * from late"])[0].isEmpty)
    }

    @Test func `a script may have several statements, and is undone as one`() throws {
        try connection.script("create table a (n bigint); insert into a values (1); insert into a values (2)")
        let error = #expect(throws: PostgresError.self) { try connection.script("delete from a; select 1/0") }
        #expect(error?.sqlState == "22012")
        #expect(try value("select count(*) from a") == 2)
    }

    @Test func `a statement of COPY where it has no place fails and closes the connection`() throws {
        try connection.script("create table t (n bigint)")
        #expect(throws: PostgresError.self) { try connection.run(["copy t from stdin"]) }
        #expect(throws: PostgresError.self) { try connection.script("copy t from stdin") }
    }

    @Test func `rows are copied in and out in chunks that are cut anywhere`() throws {
        try connection.script("create table t (n bigint, name text)")
        var chunks = ["1\tAn\n2\tB", "ob\n3\t\\N\n"].map { Array($0.utf8) }[...]
        #expect(try connection.copyIn("copy t from stdin") { chunks.popFirst() } == 3)
        var text: [UInt8] = []
        try connection.copyOut("copy (select * from t order by n) to stdout (format csv)") { text += $0 }
        #expect(String(decoding: text, as: UTF8.self) == "1,An\n2,Bob\n3,\n")
        #expect(try value("select count(*) from t") == 3)
    }

    @Test func `a copy whose source or target fails leaves nothing, and the connection goes on`() throws {
        struct Stop: Error {}
        try connection.script("create table t (n bigint)")
        var chunks = 0
        #expect(throws: Stop.self) {
            try connection.copyIn("copy t from stdin") {
                chunks += 1
                if chunks > 2 { throw Stop() }
                return Array("1\n".utf8)
            }
        }
        var bad: [UInt8]? = Array("x\n".utf8)
        #expect(throws: PostgresError.self) {
            try connection.copyIn("copy t from stdin") {
                defer { bad = nil }
                return bad
            }
        }
        #expect(try value("select count(*) from t") == 0)
        #expect(throws: Stop.self) {
            try connection.copyOut("copy (select generate_series(1, 1000)) to stdout") { _ in throw Stop() }
        }
        #expect(throws: PostgresError.self) { try connection.copyOut("copy missing to stdout") { _ in } }
        #expect(try value("select \(8)") == 8)
    }

    @Test func `values larger than every buffer pass in one pipeline`() throws {
        let large = [UInt8](repeating: 0xAB, count: 4 << 20)
        let results = try connection.run([SQL](repeating: "select \(large)", count: 4))
        for rows in results { #expect(try rows[0][0] as [UInt8] == large) }
    }
}

@Suite(.emptyDatabase)
struct ConnectionSettingsTests {
    @Test func `role, timeouts and parameters hold from the beginning`() throws {
        let admin = try Connection(ConnectionSettings(OwnDatabase.conninfo))
        let role = "settings role"
        try admin.script("drop role if exists \"\(role)\"; create role \"\(role)\"")
        defer { try? admin.script("drop role \"\(role)\"") }
        var settings = ConnectionSettings(OwnDatabase.conninfo + " options='-c work_mem=1MB'")
        settings.role = role
        settings.applicationName = "test of ours"
        settings.statementTimeout = .milliseconds(1500)
        settings.lockTimeout = .seconds(2)
        settings.idleInTransactionTimeout = .seconds(3)
        settings.parameters = ["plan_cache_mode": "force_generic_plan", "ksb.note": "a b\\c"]
        let connection = try Connection(settings)
        let names = [
            "role", "application_name", "statement_timeout", "lock_timeout", "idle_in_transaction_session_timeout",
            "plan_cache_mode", "ksb.note", "work_mem", "client_encoding",
        ]
        let rows = try connection.run([
            "select current_setting(n) from unnest(\(names)) with ordinality u(n, i) order by i", "select current_user",
        ])
        #expect(
            try rows[0].map { try $0[0] as String } == [
                role, "test of ours", "1500ms", "2s", "3s", "force_generic_plan", "a b\\c", "1MB", "UTF8",
            ])
        #expect(try rows[1][0][0] as String == role)
    }

    @Test func `a connection that cannot be had says so without repeating the connection string`() {
        let strings = ["host=/nowhere password=geheim", "password=geheim host", "postgresql://geheim@:x/"]
        for string in strings {
            let error = #expect(throws: PostgresError.self) { try Connection(ConnectionSettings(string)) }
            #expect(error?.isConnectionLost == true)
            #expect(error.map { "\($0) \($0.message)".contains("geheim") } == false)
        }
    }

    @Test func `both forms of connection strings are read`() throws {
        #expect(
            try ConnectionSettings.keywords(of: "postgresql://an@/db?host=/tmp")
                == ["user": "an", "dbname": "db", "host": "/tmp"])
        #expect(try ConnectionSettings.keywords(of: "host='a b' port=1") == ["host": "a b", "port": "1"])
    }
}
