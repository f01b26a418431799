import Postgres
import TestSupport
import Testing

@Suite(.emptyDatabase)
struct MigratorTests {
    let connection: Connection

    init() throws { connection = try Connection(ConnectionSettings(OwnDatabase.conninfo)) }

    static func migration(_ name: String, _ text: String, sum: Character = "0") -> Migration {
        Migration(name: name, sha256: String(repeating: sum, count: 64), text: text)
    }

    static let first = migration("0001_a.sql", "create table a (n bigint); insert into a values (1);")
    static let second = migration("0002_b.sql", "create table b (n bigint);")
    static let third = migration("0003_c.sql", "create table c (n bigint);")

    /// Which of the three tables are there.
    func tables() throws -> [String] {
        try connection.run(["select n from unnest('{a,b,c}'::text[]) n where to_regclass(n) is not null order by 1"])[0]
            .map { try $0[0] }
    }

    @Test func `what is missing is applied in order, once`() throws {
        #expect(try Migrator([Self.first, Self.second]).pending(on: connection) == ["0001_a.sql", "0002_b.sql"])
        #expect(try tables() == [])
        #expect(try Migrator([Self.first]).apply(on: connection) == ["0001_a.sql"])
        let migrator = Migrator([Self.first, Self.second, Self.third])
        #expect(try migrator.pending(on: connection) == ["0002_b.sql", "0003_c.sql"])
        #expect(try migrator.apply(on: connection) == ["0002_b.sql", "0003_c.sql"])
        #expect(try migrator.apply(on: connection) == [])
        #expect(try tables() == ["a", "b", "c"])
        let timeout: String = try connection.run(["show statement_timeout"])[0][0][0]
        #expect(timeout == "30s")
    }

    @Test func `a failing migration is undone and named, and those before it stay`() throws {
        let bad = Self.migration("0002_bad.sql", "create table b (n bigint); select 1 / 0;")
        let error = #expect(throws: MigrationError.self) {
            try Migrator([Self.first, bad, Self.third]).apply(on: connection)
        }
        guard case .failed("0002_bad.sql", let cause) = error else { Issue.record("\(error as Any)"); return }
        #expect(cause.sqlState == "22012")
        #expect(try tables() == ["a"])
        #expect(try Migrator([Self.first, Self.second]).apply(on: connection) == ["0002_b.sql"])
    }

    @Test func `a migration may not end its transaction`() throws {
        let bad = Self.migration("0001_bad.sql", "commit;")
        let error = #expect(throws: MigrationError.self) { try Migrator([bad]).apply(on: connection) }
        guard case .endedTransaction("0001_bad.sql") = error else { Issue.record("\(error as Any)"); return }
    }

    @Test func `a text that changed after it was applied is refused by name`() throws {
        try Migrator([Self.first, Self.second]).apply(on: connection)
        let changed = Self.migration(Self.first.name, Self.first.text, sum: "1")
        let error = #expect(throws: MigrationError.self) {
            try Migrator([changed, Self.second, Self.third]).apply(on: connection)
        }
        guard case .changed("0001_a.sql") = error else { Issue.record("\(error as Any)"); return }
        #expect(try tables() == ["a", "b"])
    }

    @Test func `a database of a newer program is refused`() throws {
        try Migrator([Self.first, Self.second]).apply(on: connection)
        let error = #expect(throws: MigrationError.self) { try Migrator([Self.first]).pending(on: connection) }
        guard case .unknown(["0002_b.sql"]) = error else { Issue.record("\(error as Any)"); return }
    }

    @Test func `a migration before an applied one is refused`() throws {
        try Migrator([Self.first, Self.third]).apply(on: connection)
        let error = #expect(throws: MigrationError.self) {
            try Migrator([Self.first, Self.second, Self.third]).apply(on: connection)
        }
        guard case .outOfOrder("0002_b.sql") = error else { Issue.record("\(error as Any)"); return }
        #expect(try tables() == ["a", "c"])
    }

    @Test func `of several programs one migrates while the others wait`() async throws {
        let database = Database(.init(ConnectionSettings(OwnDatabase.conninfo)), logger: .silent)
        let slow = Self.migration("0001_a.sql", "create table a (n bigint); select pg_sleep(0.1);")
        let applied = try await withThrowingTaskGroup(of: [String].self) { group in
            for _ in 0..<4 { group.addTask { try await database.connection { try Migrator([slow]).apply(on: $0) } } }
            return try await group.reduce(into: []) { $0 += $1 }
        }
        #expect(applied == ["0001_a.sql"])
    }
}
