import TestSupport
import Testing

@testable import Postgres

/// Run-time parameters that travel with the next statement.
@Suite(.emptyDatabase)
struct SettingTests {
    struct Stop: Error {}

    let database: Database
    let admin: Connection

    init() throws {
        database = Database(.init(ConnectionSettings(OwnDatabase.conninfo)), logger: .silent)
        admin = try Connection(ConnectionSettings(OwnDatabase.conninfo))
        try admin.script("create table t (n bigint)")
    }

    /// The numbers that are in the table for everybody.
    func committed() throws -> [Int] { try admin.run(["select n from t order by n"])[0].map { try $0[0] } }

    /// What a parameter is at each statement, after settings with and without statements between them.
    static let settingCases: [(name: String, body: @Sendable (Transaction) throws -> Void, seen: String)] = [
        ("once", { $0.set("ksb.one", to: "a") }, "a-"),
        (
            "anew before any statement",
            { transaction in
                transaction.set("ksb.one", to: "a")
                transaction.set("ksb.one", to: "b")
            }, "b-"
        ),
        (
            "anew, with another between",
            { transaction in
                transaction.set("ksb.one", to: "a")
                transaction.set("ksb.two", to: "c")
                transaction.set("ksb.one", to: "b")
            }, "b-c"
        ),
        (
            "anew after a statement",
            { transaction in
                transaction.set("ksb.one", to: "a")
                try transaction.execute("select 1")
                transaction.set("ksb.one", to: "b")
            }, "b-"
        ),
        (
            "in a savepoint without statements, which goes on",
            { transaction in
                transaction.set("ksb.one", to: "a")
                try transaction.savepoint { transaction.set("ksb.one", to: "b") }
            }, "b-"
        ),
        (
            "in a savepoint with a statement, which goes on",
            { transaction in
                try transaction.savepoint {
                    transaction.set("ksb.one", to: "b")
                    try transaction.execute("select 1")
                }
            }, "b-"
        ),
        (
            "in a savepoint that is undone before any statement",
            { transaction in
                transaction.set("ksb.one", to: "a")
                try? transaction.savepoint {
                    transaction.set("ksb.one", to: "b")
                    throw Stop()
                }
                transaction.set("ksb.two", to: "c")
            }, "a-c"
        ),
        (
            "before and after the last statement of a savepoint that is undone",
            { transaction in
                transaction.set("ksb.one", to: "a")
                try? transaction.savepoint {
                    transaction.set("ksb.one", to: "b")
                    try transaction.execute("select 1")
                    transaction.set("ksb.two", to: "c")
                    throw Stop()
                }
            }, "a-"
        ),
    ]

    @Test(arguments: settingCases.indices)
    func `a parameter holds from the next statement on, until it is set anew or undone`(index: Int) async throws {
        let (name, body, expected) = Self.settingCases[index]
        let both: SQL =
            "select current_setting('ksb.one', true) || '-' || coalesce(current_setting('ksb.two', true), '')"
        for isFirst in [true, false] {
            let seen: String = try await database.transaction { transaction in
                if !isFirst { try transaction.execute("select 1") }
                try body(transaction)
                return try transaction.query(both)[0][0]
            }
            #expect(seen == expected, "\(name), first: \(isFirst)")
        }
        let after: String = try await database.read { try $0.query(both)[0][0] as String? ?? "-" }
        #expect(after == "-")
    }

    @Test func `a setting that fails is the next statement's error, and undoes all`() async throws {
        let error = await #expect(throws: PostgresError.self) {
            try await database.transaction { transaction in
                try transaction.execute("insert into t values (1)")
                transaction.set("role", to: "nobody there")
                try transaction.execute("insert into t values (2)")
            }
        }
        #expect(error?.sqlState == "22023")
        let inSavepoint = try await database.transaction { transaction in
            try transaction.execute("insert into t values (1)")
            try? transaction.savepoint {
                transaction.set("role", to: "nobody there")
                try transaction.execute("insert into t values (2)")
            }
            return try transaction.query("select n from t").map { try $0[0] as Int }
        }
        #expect(inSavepoint == [1])
        #expect(try committed() == [1])
    }

    @Test func `a setting holds for what closes the transaction, for scripts and for copies`() async throws {
        let setting: SQL = "select current_setting('ksb.one', true)"
        try await database.transaction { transaction in
            transaction.set("ksb.one", to: "a")
            let seen: String = try transaction.finish(with: [setting])[0][0][0]
            #expect(seen == "a")
        }
        try await database.transaction { transaction in
            transaction.set("ksb.one", to: "5")
            try transaction.script("insert into t values (current_setting('ksb.one')::bigint)")
            transaction.set("ksb.one", to: "6")
            try transaction.copyOut("copy (select current_setting('ksb.one')) to stdout") {
                #expect(String(decoding: $0, as: UTF8.self) == "6\n")
            }
            transaction.set("role", to: "nobody there")
        }
        // A setting that nothing came after was never made.
        #expect(try committed() == [5])
    }
}
