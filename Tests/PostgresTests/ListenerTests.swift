import Glibc
import TestSupport
import Testing

@testable import Postgres

@Suite(.emptyDatabase, .timeLimit(.minutes(5)))
struct ListenerTests {
    let admin: Connection

    init() throws { admin = try Connection(ConnectionSettings(OwnDatabase.conninfo)) }

    func listener(heartbeat: Duration = .seconds(15), bufferLimit: Int = 1024) -> Listener {
        Listener(
            ConnectionSettings(OwnDatabase.conninfo), channels: ["a", "B \"c"], heartbeat: heartbeat,
            bufferLimit: bufferLimit, logger: .silent)
    }

    /// The listener's process.
    func process() throws -> Int {
        let others: SQL = """
            select pid from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()
            """
        return try admin.run([others])[0][0][0]
    }

    @Test func `what is told on its channels is heard after the first gap, in order`() async throws {
        let listener = listener()
        var events = listener.events.makeAsyncIterator()
        #expect(await events.next() == .gap)
        try admin.run(["notify a, '1'", "notify other, '2'", "select pg_notify('B \"c', \("é"))"])
        #expect(await events.next() == .notification(channel: "a", payload: "1"))
        #expect(await events.next() == .notification(channel: "B \"c", payload: "é"))
        listener.close()
        #expect(await events.next() == nil)
    }

    @Test func `a lost connection is made anew, with a gap`() async throws {
        let listener = listener()
        var events = listener.events.makeAsyncIterator()
        #expect(await events.next() == .gap)
        try admin.run(["select pg_terminate_backend(\(try process())::int, 5000)"])
        #expect(await events.next() == .gap)
        try admin.run(["notify a"])
        #expect(await events.next() == .notification(channel: "a", payload: ""))
    }

    @Test func `a silent connection is made anew after three heartbeats, a living one is kept`() async throws {
        let listener = listener(heartbeat: .milliseconds(30))
        var events = listener.events.makeAsyncIterator()
        #expect(await events.next() == .gap)
        let process = try process()
        try await Task.sleep(for: .milliseconds(300))
        #expect(try self.process() == process)
        kill(pid_t(process), SIGSTOP)
        defer { kill(pid_t(process), SIGCONT) }
        #expect(await events.next() == .gap)
        withExtendedLifetime(listener) {}
    }

    @Test func `a reader that is too slow is told of the gap`() async throws {
        let listener = listener(bufferLimit: 4)
        var events = listener.events.makeAsyncIterator()
        #expect(await events.next() == .gap)
        try admin.run((1...20).map { "select pg_notify('a', \(String($0)))" } as [SQL])
        // What is told later is heard later, so the buffer is as full as it gets.
        try await Task.sleep(for: .milliseconds(200))
        listener.close()
        var heard: [Listener.Event] = []
        while let event = await events.next() { heard.append(event) }
        #expect(heard.count == 4)
        #expect(heard.last == .gap)
    }
}
