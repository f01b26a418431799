import CardRules
import JSONRPC
import Postgres
import TestSupport
import Testing

@testable import CardMethods

/// A connection that breaks while a commit is under way: nobody may be told what is not so, and a repetition under the
/// same key sets it right. One at a time, as they change the server.
@Suite(.scene, .serialized) struct CommitOutcomeTests {
    static let writes = IdempotencyTests.writes.filter { ["checkIn.create", "event.setSettings"].contains($0.method) }

    @Test(arguments: writes)
    func `a call whose connection breaks before the commit was not done, and is done when repeated`(
        write: IdempotencyTests.Write
    ) async throws {
        let slow = Failpoints(effects: [.beforeCommit: .sleep(milliseconds: 400)])
        try await Scene.with(failpoints: slow) { scene in
            let peer = try await scene.peer(write.person)
            async let answer = scene.call(peer, write.method, write.params, key: "k")
            await eventually("it stands before its commit") {
                (try? await scene.cut("state = 'idle in transaction'")) == 1
            }
            let kinds = await answer.kinds
            // A batch had begun to send its commit, as far as it knows.
            #expect(kinds == [write.method == "checkIn.create" ? "-32008" : "-32007"])
            #expect(try await scene.count(write.effects) == 0)
            try await scene.ok(peer, write.method, write.params, key: "k")
            #expect(try await scene.count(write.effects) == 1)
        }
    }

    @Test(arguments: writes)
    func `a call whose connection breaks within the commit is of unknown outcome, and is done when repeated`(
        write: IdempotencyTests.Write
    ) async throws {
        try await Scene.with { scene in
            try await scene.sql(
                """
                create function dawdle() returns trigger language plpgsql as $$
                begin perform pg_sleep(20); return null; end $$
                """,
                """
                create constraint trigger dawdle after insert on audit deferrable initially deferred
                for each row execute function dawdle()
                """)
            let peer = try await scene.peer(write.person)
            async let answer = scene.call(peer, write.method, write.params, key: "k")
            await eventually("it commits") { (try? await scene.cut("wait_event = 'PgSleep'")) == 1 }
            #expect(await answer.kinds == ["-32008"])
            #expect(try await scene.count(write.effects) == 0)
            try await scene.sql("drop trigger dawdle on audit")
            try await scene.ok(peer, write.method, write.params, key: "k")
            #expect(try await scene.count(write.effects) == 1)
        }
    }

    @Test(arguments: writes)
    func `a call that was committed though its connection broke is answered as done`(
        write: IdempotencyTests.Write
    ) async throws {
        try await Scene.with { scene in
            let peer = try await scene.peer(write.person)
            let first = try await Self.waitingForStandby(scene) {
                async let answer = scene.call(peer, write.method, write.params, key: "k")
                // It is committed here, and waits for a standby that never comes.
                await eventually("it waits for the standby") { (try? await scene.cut("wait_event = 'SyncRep'")) == 1 }
                return try await answer.get()
            }
            #expect(try await scene.count(write.effects) == 1)
            #expect(try await scene.call(peer, write.method, write.params, key: "k").get() == first)
            #expect(try await scene.count(write.effects) == 1)
            #expect(try scene.verify() == [:])
        }
    }

    /// Has the commits of this test's database wait for a standby that is not there; nothing else does, as the server
    /// does not wait by itself.
    private static func waitingForStandby<R>(_ scene: Scene, _ body: () async throws -> R) async throws -> R {
        let name: String = try await scene.value("select quote_ident(current_database())")
        return try await TestServer.shared.waitingForStandby {
            try await scene.owner.connection { try $0.script("alter database \(name) set synchronous_commit = on") }
            // Whoever connects from now on waits. The line of notices stays.
            _ = try await scene.cut("state = 'idle' and query not like 'listen%'")
            return try await body()
        }
    }
}

extension Scene {
    /// Ends the daemon's connections that are in a state, and tells how many.
    fileprivate func cut(_ state: SQL) async throws -> Int {
        try await value(
            """
            select count(pg_terminate_backend(pid, 5000)) from pg_stat_activity
            where datname = current_database() and pid <> pg_backend_pid() and application_name like 'ksbd%'
                and \(fragment: state)
            """)
    }
}
