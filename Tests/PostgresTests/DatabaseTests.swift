import Glibc
import Logging
import Synchronization
import TestSupport
import Testing

@testable import Postgres

extension Logger {
    /// What the tests provoke needs no log.
    static let silent = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
}

@Suite(.emptyDatabase)
struct DatabaseTests {
    func database(_ change: (inout Database.Configuration) -> Void = { _ in }) -> Database {
        var configuration = Database.Configuration(ConnectionSettings(OwnDatabase.conninfo))
        change(&configuration)
        return Database(configuration, logger: .silent)
    }

    /// Waits until something is so.
    func until(_ condition: () throws -> Bool) async throws {
        while try !condition() { try await Task.sleep(for: .milliseconds(2)) }
    }

    /// That the task ends by its cancelling, long before any timeout.
    func expectCancellation(of task: Task<Void, any Error>) async {
        let time = await ContinuousClock().measure {
            await #expect(throws: CancellationError.self) { try await task.value }
        }
        #expect(time < .seconds(5))
    }

    @Test func `sessions run side by side, up to the pool's size`() async throws {
        let database = database { $0.poolSize = 3 }
        let processes = try await withThrowingTaskGroup(of: Int.self) { group in
            for _ in 0..<6 {
                group.addTask {
                    try await database.read { try $0.query("select pg_backend_pid() from pg_sleep(0.02)")[0][0] }
                }
            }
            return try await group.reduce(into: Set()) { $0.insert($1) }
        }
        #expect(processes.count == 3)
        #expect(database.statistics.idle == 3)
        #expect(database.statistics.leased == 0)
    }

    @Test func `more callers than may wait are refused at once, and those that wait too long then`() async throws {
        let database = database { ($0.poolSize, $0.maxWaiters, $0.waitLimit) = (1, 1, .milliseconds(150)) }
        async let holder = database.read { try $0.execute("select pg_sleep(0.5)") }
        try await until { database.statistics.leased == 1 }
        let clock = ContinuousClock()
        async let waiter = clock.measure {
            await #expect(throws: PoolExhausted.self) { try await database.read { _ in } }
        }
        try await until { database.statistics.waiting == 1 }
        let refused = await clock.measure {
            await #expect(throws: PoolExhausted.self) { try await database.read { _ in } }
        }
        #expect(refused < .milliseconds(100))
        #expect(await waiter >= .milliseconds(150))
        #expect(database.statistics.waiting == 0)
        _ = try await holder
        try await database.read { _ = try $0.query("select 1") }
    }

    @Test func `a caller that is cancelled while it waits gives its place up`() async throws {
        let database = database { $0.poolSize = 1 }
        async let holder = database.read { try $0.execute("select pg_sleep(0.2)") }
        try await until { database.statistics.leased == 1 }
        let waiter = Task { try await database.read { _ in } }
        try await until { database.statistics.waiting == 1 }
        waiter.cancel()
        await #expect(throws: CancellationError.self) { try await waiter.value }
        #expect(database.statistics.waiting == 0)
        _ = try await holder
        #expect(database.statistics.idle == 1)
    }

    @Test func `a cancelled task cancels its statement`() async throws {
        let database = database()
        let task = Task { _ = try await database.transaction { try $0.execute("select pg_sleep(30)") } }
        try await until { database.statistics.leased == 1 }
        try await Task.sleep(for: .milliseconds(50))
        task.cancel()
        await expectCancellation(of: task)
        #expect(database.statistics.lostConnections == 0)
    }

    @Test func `a task that is cancelled before it begins does nothing`() async throws {
        let database = database()
        let task = Task {
            while !Task.isCancelled { await Task.yield() }
            try await database.transaction { _ in Issue.record("the body ran") }
        }
        task.cancel()
        await #expect(throws: CancellationError.self) { try await task.value }
    }

    private final class Tally: Sendable {
        let succeeded = Mutex<Set<Int>>([])
        let cancelled = Mutex(0)
    }

    /// Cancels at random times around the end of a transaction. Only who was cancelled may notice, and a row is there
    /// exactly if its task succeeded.
    @Test func `a cancel never hits another's statement`() async throws {
        let database = database { $0.poolSize = 4 }
        try await database.connection { try $0.script("create table t (n bigint)") }
        let tally = Tally()
        await withTaskGroup { group in
            for number in 0..<400 {
                group.addTask { await Self.insert(number, isVictim: number % 2 == 0, database, tally) }
            }
        }
        let rows = try await database.read { try $0.query("select n from t").map { try $0[0] as Int } }
        #expect(Set(rows) == tally.succeeded.withLock { $0 })
        #expect(rows.count == Set(rows).count)
        #expect(tally.cancelled.withLock { $0 } > 20)
        #expect(database.statistics.lostConnections == 0)
    }

    /// Inserts a number in a transaction of some 3 ms; a victim is cancelled 0 to 4 ms after it began.
    private static func insert(_ number: Int, isVictim: Bool, _ database: Database, _ tally: Tally) async {
        let (begun, beginning) = AsyncStream.makeStream(of: Void.self)
        let task = Task {
            try await database.transaction { transaction in
                beginning.finish()
                try transaction.run(["insert into t values (\(number))", "select pg_sleep(0.002)"])
                try transaction.run(["select pg_sleep(0.001)"])
            }
        }
        if isVictim {
            for await _ in begun {}
            try? await Task.sleep(for: .microseconds(Int.random(in: 0...4000)))
            task.cancel()
        }
        do {
            try await task.value
            tally.succeeded.withLock { _ = $0.insert(number) }
        } catch {
            #expect(isVictim, "\(number) got \(error)")
            #expect(error is CancellationError, "\(error)")
            tally.cancelled.withLock { $0 += 1 }
        }
    }

    @Test func `a cancel that comes between two statements stops the next one`() async throws {
        let database = database()
        let (begun, beginning) = AsyncStream.makeStream(of: Void.self)
        let task = Task {
            try await database.connection { connection in
                beginning.finish()
                while !Task.isCancelled { usleep(1000) }
                // The first cancel comes now, and finds nothing to cancel.
                usleep(20_000)
                _ = try connection.run(["select pg_sleep(30)"])
            }
        }
        for await _ in begun {}
        task.cancel()
        await expectCancellation(of: task)
    }

    @Test func `a statement that passes the deadline is cancelled`() async throws {
        let database = database()
        let time = await ContinuousClock().measure {
            await #expect(throws: DeadlineExceeded.self) {
                try await database.transaction(deadline: .milliseconds(100)) { try $0.execute("select pg_sleep(30)") }
            }
        }
        #expect(time < .seconds(1))
        #expect(database.statistics.lostConnections == 0)
        #expect(database.statistics.idle == 1)
    }

    @Test func `a body that goes on after the deadline can run no more statements`() async throws {
        let database = database()
        await #expect(throws: DeadlineExceeded.self) {
            try await database.transaction(deadline: .milliseconds(100)) { transaction in
                while true { try transaction.execute("select 1") }
            }
        }
    }

    @Test func `a connection whose server does not answer is cut, and another takes its place`() async throws {
        let database = database { $0.poolSize = 1 }
        let process: Int = try await database.read { try $0.query("select pg_backend_pid()")[0][0] }
        kill(pid_t(process), SIGSTOP)
        defer { kill(pid_t(process), SIGCONT) }
        await #expect(throws: DeadlineExceeded.self) {
            try await database.transaction(deadline: .milliseconds(50)) { try $0.execute("select 1") }
        }
        #expect(database.statistics.lostConnections == 1)
        let next: Int = try await database.read { try $0.query("select pg_backend_pid()")[0][0] }
        #expect(next != process)
    }

    @Test func `idle connections that the server ended are replaced unnoticed`() async throws {
        let database = database { $0.poolSize = 2 }
        let admin = try Connection(ConnectionSettings(OwnDatabase.conninfo))
        for round in 1...3 {
            try await database.transaction { try $0.execute("select 1") }
            try admin.run([
                """
                select pg_terminate_backend(pid, 5000) from pg_stat_activity
                where datname = current_database() and pid <> pg_backend_pid()
                """
            ])
            try await database.transaction { try $0.execute("select 1") }
            #expect(database.statistics.lostConnections == round)
        }
    }

    @Test func `without a server the error comes at once, with pauses between attempts`() async throws {
        let database = Database(.init(ConnectionSettings("host=/nowhere")), logger: .silent)
        for _ in 1...3 {
            let error = await #expect(throws: PostgresError.self) { try await database.read { _ in } }
            #expect(error?.isConnectionLost == true)
        }
        #expect(database.statistics.idle == 1)
        let limits = [0.1, 0.2, 0.4, 0.8, 1.6, 3.2, 5, 5, 5].enumerated()
        for (failures, limit) in limits {
            for _ in 1...20 {
                let pause = Connector.pause(afterFailures: failures)
                #expect(pause >= .seconds(limit / 2) && pause <= .seconds(limit))
            }
        }
    }

    @Test func `statements are renewed on every connection before its next use`() async throws {
        let database = database { $0.poolSize = 1 }
        let prepared: SQL = """
            select prepare_time::text from pg_prepared_statements where statement like '%this one itself%'
            """
        func time() async throws -> String { try await database.read { try $0.query(prepared)[0][0] } }
        let first = try await time()
        #expect(try await time() == first)
        database.renewStatements()
        #expect(try await time() != first)
    }

    @Test func `a transaction that a body leaves open on a bare connection is undone`() async throws {
        let database = database { $0.poolSize = 1 }
        try await database.connection { _ = try $0.run(["begin", "create table t (n bigint)"]) }
        #expect(try await database.read { try $0.query("select to_regclass('t') is null")[0][0] as Bool })
    }

    @Test func `closing refuses callers, lets those within end, and closes every connection`() async throws {
        let database = database { $0.poolSize = 1 }
        async let holder: Int = database.read { try $0.query("select 7 from pg_sleep(0.1)")[0][0] }
        try await until { database.statistics.leased == 1 }
        async let waiter = #expect(throws: DatabaseClosed.self) { try await database.read { _ in } }
        try await until { database.statistics.waiting == 1 }
        await database.close()
        #expect(database.statistics.leased == 0)
        #expect(try await holder == 7)
        _ = await waiter
        await #expect(throws: DatabaseClosed.self) { try await database.read { _ in } }
        let admin = try Connection(ConnectionSettings(OwnDatabase.conninfo))
        let others: SQL = "select from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()"
        try await until { try admin.run([others])[0].isEmpty }
    }
}
