import CardRules
import JSONRPC
import Postgres
import TestSupport
import Testing

@testable import CardMethods

/// How jobs go on, stop and begin again.
@Suite(.scene) struct JobRunTests {
    private static let lost: JSON = ["reason": "lost"]
    /// More rows than one step takes: those beyond are blocked already.
    private static let many = Scene.cards((0..<150).map { $0 % 40 + 1 })

    @Test func `a cancelled job does no further row`() async throws {
        try await Scene.with { scene in
            let clerk = try await scene.peer(.librarian)
            let id = try await scene.started(clerk, "card.block", Self.many, sharing: Self.lost)
            #expect(try await JobRunner(scene.services).step())
            let job = try await scene.ok(scene.peer(.administrator), "job.cancel", ["jobId": id])
            let done = job["done"]!.integer! + job["refused"]!.integer!
            #expect(job["state"] == "cancelled" && (1...100).contains(done) && job["waiting"]?.integer == 150 - done)
            try await scene.work()
            #expect(
                try await scene.ok(clerk, "job.get", ["jobId": id]) == scene.ok(clerk, "job.get", ["jobId": id]))
            #expect(try await scene.ok(clerk, "job.get", ["jobId": id])["waiting"]?.integer == 150 - done)
            #expect(await scene.refused(clerk, "job.retry", ["jobId": id]) == ["job.wrongState"])
        }
    }

    @Test func `only rows that were not done are tried again`() async throws {
        try await Scene.with { scene in
            let clerk = try await scene.peer(.librarian)
            try await scene.ok(clerk, "card.block", ["cardNumber": .string(Scene.Holder(2).number), "reason": "x"])
            let id = try await scene.started(clerk, "card.block", Scene.cards(1...3), sharing: Self.lost)
            try await scene.work()
            #expect(try await scene.rows(clerk, id) == ["2 done", "3 refused card.blocked", "4 done"])
            try await scene.ok(clerk, "card.unblock", ["cardNumber": .string(Scene.Holder(2).number), "reason": "x"])
            let again = try await scene.ok(clerk, "job.retry", ["jobId": id])
            #expect(again["waiting"] == 1 && again["state"] == "running")
            try await scene.work()
            #expect(try await scene.rows(clerk, id) == ["2 done", "3 done", "4 done"])
            #expect(try await scene.blockings(1...3) == [1, 2, 1])
        }
    }

    @Test func `who loses the right stops the job, which goes on once it is back`() async throws {
        try await Scene.with { scene in
            let (clerk, admin) = try await (scene.peer(.librarian), scene.peer(.administrator))
            let id = try await scene.started(clerk, "card.block", Self.many, sharing: Self.lost)
            #expect(try await JobRunner(scene.services).step())
            func permit(_ permissions: [Permission]) async throws {
                try await scene.ok(
                    admin, "permissionGroup.update",
                    [
                        "permissionGroupId": .string(SceneData.here.text),
                        "permissions": .array(permissions.map { .string($0.rawValue) }),
                    ])
            }
            try await permit(Permission.allCases.filter { $0 != .cardBlock })
            try await scene.work()
            let job = try await scene.ok(clerk, "job.get", ["jobId": id])
            #expect(job["state"] == "failed" && job["failure"] == "permission.missing" && job["waiting"]!.integer! > 0)
            guard case .failure(let error) = await scene.call(clerk, "job.retry", ["jobId": id]) else {
                Issue.record("it was taken")
                return
            }
            #expect(error.data?["kind"] == "permission.missing")
            try await permit(Permission.allCases)
            try await scene.ok(clerk, "job.retry", ["jobId": id])
            try await scene.work()
            #expect(try await scene.ok(clerk, "job.get", ["jobId": id])["state"] == "done")
            #expect(try await scene.blockings(1...40) == Array(repeating: 1, count: 40))
            #expect(try scene.verify() == [:])
        }
    }

    @Test func `several daemons share the jobs, and do each row once`() async throws {
        try await Scene.with { scene in
            try await Scene.with { other in
                let clerk = try await scene.peer(.librarian)
                var ids: [JSON] = []
                for part in 0..<4 {
                    let csv = Scene.cards((part * 10 + 1)...(part * 10 + 10))
                    ids.append(try await scene.job(clerk, "card.block", csv, sharing: Self.lost))
                }
                let long = try await scene.job(
                    clerk, "card.unblock", Scene.cards((0..<500).map { $0 % 40 + 1 }), sharing: Self.lost)
                try await scene.work()
                for id in ids + [long] { try await scene.ok(clerk, "job.start", ["jobId": id]) }
                async let one: Void = scene.work()
                async let two: Void = other.work()
                async let three: Void = scene.work()
                _ = try await (one, two, three)
                // A runner that found all jobs taken has ended early.
                try await scene.work()
                for id in ids { #expect(try await scene.ok(clerk, "job.get", ["jobId": id])["done"] == 10) }
                let job = try await scene.ok(clerk, "job.get", ["jobId": long])
                #expect(job["state"] == "done" && job["done"]!.integer! + job["refused"]!.integer! == 500)
                #expect(try await scene.blockings(1...40) == Array(repeating: 1, count: 40))
                #expect(try await scene.count("audit where method = 'card.unblock'") == 500)
                #expect(try scene.verify() == [:])
            }
        }
    }

    @Test func `a row that breaks its transaction fails alone`() async throws {
        try await Scene.with { scene in
            let clerk = try await scene.peer(.librarian)
            try await scene.owner.connection { connection in
                try connection.script(
                    """
                    create function break_commit() returns trigger language plpgsql as $$
                    begin
                        if new.number = '\(Scene.Holder(5).number)' then raise exception 'broken'; end if;
                        return null;
                    end $$;
                    create constraint trigger broken after update on card deferrable initially deferred
                        for each row execute function break_commit();
                    """)
            }
            let id = try await scene.started(clerk, "card.block", Scene.cards(1...10), sharing: Self.lost)
            try await scene.work()
            let job = try await scene.ok(clerk, "job.get", ["jobId": id])
            #expect(job["state"] == "done" && job["done"] == 9 && job["failed"] == 1)
            #expect(try await scene.rows(clerk, id)[4] == "6 failed server.internalError")
            #expect(try await scene.blockings(1...10) == [1, 1, 1, 1, 0, 1, 1, 1, 1, 1])
        }
    }

    @Test func `rows reach no further than the job's card system`() async throws {
        try await Scene.with { scene in
            let operating = try await scene.peer(.operating)
            let csv = "passHolderId\n" + [1, 45].map { Scene.Holder($0).id.text + "\n" }.joined()
            let id = try await scene.started(
                operating, "passHolder.block", csv, sharing: ["reason": "abuse"])
            try await scene.work()
            #expect(try await scene.rows(operating, id) == ["2 done", "3 refused passHolder.notFound"])
        }
    }

    @Test func `a job is its maker's business, and an administrator's to see and cancel`() async throws {
        try await Scene.with { scene in
            let clerk = try await scene.peer(.librarian)
            let (guide, admin) = try await (scene.peer(.guide), scene.peer(.administrator))
            let id = try await scene.job(clerk, "card.block", Scene.cards([1]), sharing: Self.lost)
            try await scene.work()
            for method in ["job.get", "job.rows", "job.cancel", "job.start", "job.outcome"] {
                #expect(await scene.refused(guide, method, ["jobId": id]) == ["job.notFound"], "\(method)")
            }
            #expect(try await scene.ok(guide, "job.list")["items"] == [])
            #expect(try await scene.ok(admin, "job.list")["items"]?.array?.map(\.id) == [id])
            for method in ["job.start", "job.preview", "job.outcome"] {
                #expect(await scene.refused(admin, method, ["jobId": id]) == ["-32004"], "\(method)")
            }
            try await scene.ok(admin, "job.cancel", ["jobId": id])
        }
    }

    @Test func `who may not call a method makes no job of it`() async throws {
        try await Scene.with { scene in
            try await scene.sql(
                "update permission_group set permissions = '{card.read}' where id = \(SceneData.here)")
            let create: JSON = ["cardSystemId": .string(SceneData.here.text), "method": "card.block", "name": "x"]
            #expect(await scene.refused(try scene.peer(.librarian), "job.create", create) == ["-32004"])
        }
    }

    @Test func `subscribers hear how a job goes on, on whatever daemon`() async throws {
        try await Scene.with { scene in
            try await Scene.with { other in
                let pushes = Pushes()
                let clerk = try await scene.peer(token: SceneData.Person.librarian.token, push: pushes.take)
                let id = try await scene.started(clerk, "card.block", Self.many, sharing: Self.lost)
                #expect(try await scene.ok(clerk, "job.subscribe", ["jobId": id])["state"] == "running")
                let runner = JobRunner(scene.services)
                await runner.tell()
                #expect(pushes.all.isEmpty, "nothing happened")
                _ = try await JobRunner(other.services).step()
                await runner.tell()
                try await other.work()
                await runner.tell()
                await runner.tell()
                #expect(pushes.all.map { $0["method"] } == ["job.progress", "job.progress"])
                #expect(pushes.all.map { $0["params", "state"] } == ["running", "done"])
                #expect(pushes.all.last?["params"] == (try await scene.ok(clerk, "job.get", ["jobId": id])))
            }
        }
    }
}
