import TestSupport
import Testing

@testable import Postgres

/// Transactions that only read.
@Suite(.emptyDatabase)
struct ReadingTests {
    struct Stop: Error {}

    let database: Database
    let admin: Connection

    init() throws {
        database = Database(.init(ConnectionSettings(OwnDatabase.conninfo)), logger: .silent)
        admin = try Connection(ConnectionSettings(OwnDatabase.conninfo))
        try admin.script("create table t (n bigint)")
    }

    static let seen: SQL = """
        select current_setting('ksb.one', true) || current_setting('ksb.two', true)
            || current_setting('transaction_read_only')
        """

    /// The numbers that are in the table for everybody.
    func committed() throws -> [Int] { try admin.run(["select n from t order by n"])[0].map { try $0[0] } }

    @Test func `what opens a reading transaction and what is set in it hold at each statement, and no longer`()
        async throws
    {
        try await database.read(settings: [Setting("ksb.one", "a")]) { transaction in
            transaction.set("ksb.two", to: "b")
            let first: String = try transaction.query(Self.seen)[0][0]
            transaction.set("ksb.two", to: "c")
            let second: String = try transaction.query(Self.seen)[0][0]
            transaction.set("ksb.one", to: "d")
            let third: String = try transaction.savepoint { try transaction.query(Self.seen)[0][0] }
            transaction.set("ksb.two", to: "e")
            let fourth: String = try transaction.finish(with: [Self.seen])[0][0][0]
            #expect([first, second, third, fourth] == ["abon", "acon", "dcon", "deon"])
        }
        try await database.connection { connection in
            let (isOpen, left) = (connection.isInTransaction, try connection.run([Self.seen])[0][0][0] as String)
            #expect(!isOpen && left == "off")
        }
    }

    /// Ways to write within a reading transaction.
    static let writings: [@Sendable (Transaction) throws -> Void] = [
        { _ = try $0.query("insert into t values (1)") },
        { transaction in
            try transaction.execute("select 1")
            try transaction.execute("insert into t values (1)")
        },
        { transaction in try transaction.savepoint { _ = try transaction.query("insert into t values (1)") } },
        { try $0.finish(with: ["insert into t values (1)"]) },
        { try $0.script("insert into t values (1)") },
        { transaction in
            try transaction.copyOut("copy t to stdout") { _ in }
            _ = try transaction.query("insert into t values (1)")
        },
    ]

    @Test(arguments: writings.indices)
    func `a reading transaction cannot write, at none of its statements`(index: Int) async throws {
        let error = await #expect(throws: PostgresError.self) { try await database.read(Self.writings[index]) }
        #expect(error?.sqlState == "25006")
        #expect(try committed() == [])
    }

    @Test func `a reading transaction holds nothing between its statements, and sees what came meanwhile`() async throws
    {
        let counts = try await database.read { transaction in
            let count: SQL = "select count(*) from t"
            let before: Int = try transaction.query(count)[0][0]
            let other = try Connection(ConnectionSettings(OwnDatabase.conninfo))
            try other.script("lock table t; insert into t values (1)")
            return [before, try transaction.query(count)[0][0]]
        }
        #expect(counts == [0, 1])
    }

    @Test func `a reading transaction whose statement failed gives no value, and its connection goes on`() async throws
    {
        let error = await #expect(throws: PostgresError.self) {
            try await database.read { transaction in
                _ = try? transaction.query("select 1 / 0")
                #expect(throws: PostgresError.self) { try transaction.query("select 1") }
                return 5
            }
        }
        #expect(error?.sqlState == "25P02")
        await #expect(throws: Stop.self) {
            try await database.read { transaction in
                try transaction.execute("select 1")
                throw Stop()
            }
        }
        let saved: Int = try await database.read { transaction in
            try? transaction.savepoint { _ = try transaction.query("select 1 / 0") }
            return try transaction.query("select 7")[0][0]
        }
        #expect(saved == 7)
        let finished: Int = try await database.read { try $0.finish(with: ["select 8"])[0][0][0] }
        #expect(finished == 8)
        #expect(database.statistics.lostConnections == 0)
    }
}
