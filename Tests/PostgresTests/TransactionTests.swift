import TestSupport
import Testing

@testable import Postgres

@Suite(.emptyDatabase)
struct TransactionTests {
    struct Stop: Error {}

    let database: Database
    let admin: Connection

    init() throws {
        database = Database(.init(ConnectionSettings(OwnDatabase.conninfo)), logger: .silent)
        admin = try Connection(ConnectionSettings(OwnDatabase.conninfo))
        try admin.script("create table t (n bigint constraint t_key unique deferrable initially deferred)")
    }

    /// The numbers that are in the table for everybody.
    func committed() throws -> [Int] { try admin.run(["select n from t order by n"])[0].map { try $0[0] } }

    @Test func `a body that returns is committed, and its value given`() async throws {
        let value = try await database.transaction { transaction in
            #expect(try transaction.execute("insert into t values (\(1)), (\(2))") == 2)
            return try transaction.first("select sum(n)::bigint as sum from t")?["sum"] as Int?
        }
        #expect(value == 3)
        #expect(try committed() == [1, 2])
    }

    @Test func `a body that throws is undone, and its error given`() async throws {
        await #expect(throws: Stop.self) {
            try await database.transaction { transaction in
                try transaction.execute("insert into t values (1)")
                throw Stop()
            }
        }
        #expect(try committed() == [])
        #expect(database.statistics.lostConnections == 0)
    }

    @Test func `the opening statements hold in the whole transaction and no longer`() async throws {
        let setting: SQL = "select current_setting('ksb.tenant', true)"
        for tenant in ["a", "b"] {
            let seen = try await database.transaction(opening: ["select set_config('ksb.tenant', \(tenant), true)"]) {
                try [$0.query(setting)[0][0] as String, $0.query(setting)[0][0] as String]
            }
            #expect(seen == [tenant, tenant])
        }
        #expect(try await database.transaction { try $0.query(setting)[0][0] as String } == "")
    }

    @Test func `a failing opening fails the first statement`() async throws {
        await #expect(throws: PostgresError.self) {
            try await database.transaction(opening: ["select missing"]) { try $0.execute("insert into t values (1)") }
        }
        #expect(try committed() == [])
    }

    @Test func `a body without statements does not reach the database`() async throws {
        #expect(try await database.transaction(opening: ["select missing"]) { _ in 5 } == 5)
    }

    @Test func `a reading transaction cannot write`() async throws {
        let error = await #expect(throws: PostgresError.self) {
            try await database.read { try $0.execute("insert into t values (1)") }
        }
        #expect(error?.sqlState == "25006")
    }

    @Test func `finishing runs the closing statements, commits, and ends the transaction`() async throws {
        try await database.transaction { transaction in
            let rows = try transaction.finish(with: ["insert into t values (1)", "select n from t"])
            #expect(rows.count == 2)
            #expect(try rows[1][0][0] as Int == 1)
            #expect(throws: PostgresError.self) { try transaction.query("select 1") }
        }
        #expect(try committed() == [1])
    }

    @Test func `a commit that fails undoes all, even if the body keeps the error to itself`() async throws {
        let duplicate = await #expect(throws: PostgresError.self) {
            try await database.transaction { try $0.execute("insert into t values (1), (1)") }
        }
        #expect(duplicate?.uniqueViolation == "t_key")
        await #expect(throws: PostgresError.self) {
            try await database.transaction { _ = try? $0.finish(with: ["insert into t values (1), (1)"]) }
        }
        #expect(try committed() == [])
    }

    @Test func `after a statement's error the transaction cannot be committed`() async throws {
        let error = await #expect(throws: PostgresError.self) {
            try await database.transaction { transaction in
                try transaction.execute("insert into t values (1)")
                #expect(throws: PostgresError.self) { try transaction.query("select 1 / 0") }
            }
        }
        #expect(error?.sqlState == "25P02")
        #expect(try committed() == [])
    }

    /// Each case is what happens within a transaction that inserts 0 before it; the numbers are what is there after.
    static let savepointCases: [(name: String, body: @Sendable (Transaction) throws -> Void, numbers: [Int])] = [
        (
            "kept",
            { transaction in try transaction.savepoint { _ = try transaction.execute("insert into t values (1)") } },
            [0, 1]
        ),
        (
            "undone by the body's error",
            { transaction in
                try? transaction.savepoint {
                    try transaction.execute("insert into t values (1)")
                    throw Stop()
                }
            }, [0]
        ),
        (
            "undone by a statement's error",
            { transaction in
                try? transaction.savepoint {
                    try transaction.execute("insert into t values (1)")
                    try transaction.execute("select 1 / 0")
                }
                try transaction.execute("insert into t values (2)")
            }, [0, 2]
        ),
        (
            "inner undone, outer kept",
            { transaction in
                try transaction.savepoint {
                    try transaction.execute("insert into t values (1)")
                    try? transaction.savepoint {
                        try transaction.execute("insert into t values (2)")
                        throw Stop()
                    }
                    try transaction.execute("insert into t values (3)")
                }
            }, [0, 1, 3]
        ),
        (
            "inner kept, outer undone",
            { transaction in
                try? transaction.savepoint {
                    try transaction.savepoint { try transaction.execute("insert into t values (1)") }
                    throw Stop()
                }
            }, [0]
        ),
        (
            "without statements",
            { transaction in
                try? transaction.savepoint { throw Stop() }
                try transaction.savepoint {}
            }, [0]
        ),
    ]

    @Test(arguments: savepointCases.indices)
    func `a savepoint undoes what its body did, and nothing else`(index: Int) async throws {
        let (name, body, numbers) = Self.savepointCases[index]
        try await database.transaction { transaction in
            try transaction.execute("insert into t values (0)")
            try body(transaction)
        }
        #expect(try committed() == numbers, "\(name)")
    }

    @Test func `a savepoint before the first statement opens the transaction`() async throws {
        try await database.transaction(opening: ["insert into t values (0)"]) { transaction in
            try? transaction.savepoint { throw Stop() }
            try transaction.savepoint { try transaction.execute("insert into t values (1)") }
        }
        #expect(try committed() == [0, 1])
    }

    @Test func `nothing runs after a transaction that the body ended by itself, or that could not begin`() async throws
    {
        for ending in ["commit", "rollback"] {
            let error = await #expect(throws: PostgresError.self) {
                try await database.transaction { transaction in
                    try transaction.script(ending)
                    #expect(throws: PostgresError.self) { try transaction.execute("insert into t values (1)") }
                }
            }
            #expect(error?.sqlState == "25P02")
        }
        await #expect(throws: PostgresError.self) {
            try await database.connection { connection in
                let transaction = Transaction(connection, opening: ["select 1 / 0", "begin"], call: Call())
                #expect(throws: PostgresError.self) { try transaction.query("select 1") }
                try transaction.execute("insert into t values (1)")
            }
        }
        #expect(try committed() == [])
    }

    @Test func `finishing twice is refused, and what the first did stays done`() async throws {
        try await database.transaction { transaction in
            try transaction.finish(with: ["insert into t values (1)"])
            #expect(throws: PostgresError.self) { try transaction.finish() }
        }
        #expect(try committed() == [1])
    }

    @Test func `an error within a savepoint whose opening failed is the opening's`() async throws {
        let error = await #expect(throws: PostgresError.self) {
            try await database.transaction(opening: ["select 1 / 0"]) { transaction in
                try transaction.savepoint { _ = try transaction.query("select 1") }
            }
        }
        #expect(error?.sqlState == "22012")
    }

    @Test func `items are copied as they are, however many, and one that does not fit undoes all`() async throws {
        struct Item {
            let number: Int
            let name: String?
        }
        let columns: [CopyColumn<Item>] = [
            CopyColumn("n") { $0.number }, CopyColumn("name") { $0.name },
            CopyColumn("tags") { [$0.name ?? "", "\t"] },
            CopyColumn("raw") { [UInt8(truncatingIfNeeded: $0.number), 0] }, CopyColumn("even") { $0.number % 2 == 0 },
        ]
        let items = (0..<5000).map { Item(number: $0, name: $0 % 3 == 0 ? nil : "Één\n\($0)") }
        try await database.transaction { transaction in
            try transaction.run(["create table copied (n bigint, name text, tags text[], raw bytea, even boolean)"])
            #expect(try transaction.copy([Item](), into: "copied", columns) == 0)
            #expect(try transaction.copy(items, into: "copied", columns) == 5000)
            let rows = try transaction.query("select \(fragment: .names(of: columns)) from copied order by n")
            for (row, item) in zip(rows, items) {
                #expect(try row[0] == item.number && row[1] == item.name && row[2] == [item.name ?? "", "\t"])
                #expect(try row[3] == [UInt8(truncatingIfNeeded: item.number), 0] && row[4] == (item.number % 2 == 0))
            }
        }
        await #expect(throws: PostgresError.self) {
            try await database.transaction { transaction in
                try transaction.copy(
                    items, into: "copied", [CopyColumn("name") { $0.number }, CopyColumn("n") { $0.name }])
            }
        }
    }

    @Test func `copies and scripts are part of the transaction`() async throws {
        await #expect(throws: Stop.self) {
            try await database.transaction { transaction in
                var chunk: [UInt8]? = Array("1\n2\n".utf8)
                try transaction.copyIn("copy t from stdin") {
                    defer { chunk = nil }
                    return chunk
                }
                try transaction.script("insert into t values (3); insert into t values (4)")
                var lines: [String] = []
                try transaction.copyOut("copy t to stdout") { lines.append(String(decoding: $0, as: UTF8.self)) }
                #expect(lines == ["1\n", "2\n", "3\n", "4\n"])
                throw Stop()
            }
        }
        #expect(try committed() == [])
    }
}

/// What is known of a commit when the line breaks.
@Suite(.emptyDatabase)
struct CommitTests {
    let database: Database
    let admin: Connection

    init() throws {
        database = Database(.init(ConnectionSettings(OwnDatabase.conninfo)), logger: .silent)
        admin = try Connection(ConnectionSettings(OwnDatabase.conninfo))
        // The commit of a row takes half a minute.
        try admin.script(
            """
            create table t (n bigint);
            create function slow() returns trigger language plpgsql as 'begin perform pg_sleep(30); return null; end';
            create constraint trigger slow after insert on t deferrable initially deferred
                for each row execute function slow();
            """)
    }

    /// Ends the other connection once it is in the state that the condition on `pg_stat_activity` tells.
    static func terminate(when condition: SQL) async throws {
        let admin = try Connection(ConnectionSettings(OwnDatabase.conninfo))
        let statement: SQL = """
            select pg_terminate_backend(pid) from pg_stat_activity
            where datname = current_database() and \(fragment: condition)
            """
        while try admin.run([statement])[0].isEmpty { try await Task.sleep(for: .milliseconds(5)) }
    }

    @Test func `a connection that is lost during the commit leaves its outcome unknown`() async throws {
        async let ended: Void = Self.terminate(when: "query = 'commit' and wait_event = 'PgSleep'")
        await #expect(throws: CommitOutcomeUnknown.self) {
            try await database.transaction { try $0.execute("insert into t values (1)") }
        }
        try await ended
        #expect(database.statistics.lostConnections == 1)
    }

    @Test func `a connection that is lost before the commit leaves all undone`() async throws {
        async let ended: Void = Self.terminate(when: "query like 'select pg_sleep%' and wait_event = 'PgSleep'")
        let error = await #expect(throws: PostgresError.self) {
            try await database.transaction { _ = try $0.run(["insert into t values (1)", "select pg_sleep(30)"]) }
        }
        try await ended
        #expect(error?.isConnectionLost == true)
        #expect(try admin.run(["select n from t"])[0].isEmpty)
    }

    @Test func `a connection that is found lost before the commit is sent leaves all undone`() async throws {
        let admin = try Connection(ConnectionSettings(OwnDatabase.conninfo))
        let error = await #expect(throws: PostgresError.self) {
            try await database.transaction { transaction in
                let process: Int = try transaction.query("select pg_backend_pid()")[0][0]
                let other = try Connection(ConnectionSettings(OwnDatabase.conninfo))
                try other.run(["select pg_terminate_backend(\(process)::int, 5000)"])
            }
        }
        #expect(error?.isConnectionLost == true)
        #expect(try admin.run(["select n from t"])[0].isEmpty)
    }

    @Test func `a commit that does not wait for its standby is unknown`() async throws {
        try admin.script("alter table t disable trigger slow")
        try await TestServer.shared.waitingForStandby {
            _ = await #expect(throws: CommitOutcomeUnknown.self) {
                let opening: [SQL] = ["set local synchronous_commit = on"]
                try await database.transaction(opening: opening, deadline: .milliseconds(500)) {
                    _ = try $0.execute("insert into t values (1)")
                }
            }
        }
        #expect(try admin.run(["select n from t"])[0].count == 1)
    }
}
