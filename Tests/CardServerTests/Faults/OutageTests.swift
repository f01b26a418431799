import Glibc
import JSONRPC
import Postgres
import TestSupport
import Testing

@testable import CardServer

/// The database goes away in every way it can while the daemon stays: what was answered is done, what was not is done
/// once or not at all, and the daemon goes on by itself when the database is back.
@Suite(.servedWorld, .serialized, .tags(.slow), .timeLimit(.minutes(5)))
struct OutageTests {
    /// What a call may be told while the database is away: that it is, that nobody knows, that the queue is full.
    private static let hindrances: Set<Int64> = [-32005, -32007, -32008, -32009]

    /// Sends once more what is still open, and compares what the devices were told with what is stored.
    private func settle(_ load: CheckInLoad, against daemon: DaemonProcess, on conninfo: String) async throws {
        async let rest: Void = load.run(1, against: daemon)
        _ = await answersGrow(load, by: 10)
        load.stop()
        await rest
        #expect(Self.hindrances.isSuperset(of: load.hindrances.keys), "\(load.hindrances)")
        let stored: [String] = try ServedWorld.rows("select id::text from check_in", in: conninfo)
            .map { try $0[0] }
        let told = try load.checkIns
        #expect(Set(stored) == Set(told) && stored.count == told.count)
        let verified = try await runProgram(["verify"], database: conninfo)
        #expect(verified.end == .exit(0), "\(verified.output)")
    }

    private func answersGrow(_ load: CheckInLoad, by count: Int = 50) async -> Bool {
        let before = load.answers.count
        return await eventually(within: .seconds(60)) { load.answers.count > before + count }
    }

    private func isReady(_ daemon: DaemonProcess) async throws -> Bool {
        try await daemon.http("GET", "/ready").status == 200
    }

    @Test(arguments: [("fast", SIGINT), ("immediate", SIGQUIT), ("crash", SIGKILL)])
    func `a server that stops under load and comes back is used again by itself`(way: String, signal: Int32)
        async throws
    {
        try await withOutage { outage in
            try await withDaemon(database: outage.conninfo) { daemon in
                let load = CheckInLoad()
                async let running: Void = load.run(8, against: daemon)
                for _ in 0..<2 {
                    #expect(await answersGrow(load), "before it stops \(way)")
                    try outage.signal(signal)
                    #expect(try await eventually { try await !isReady(daemon) }, "nobody is sent here meanwhile")
                    #expect(await answersGrow(load), "after it came back")
                    #expect(try await eventually { try await isReady(daemon) })
                }
                load.stop()
                await running
                #expect(!load.hindrances.isEmpty, "calls met the outage")
                try await settle(load, against: daemon, on: outage.conninfo)
            }
        }
    }

    @Test func `a daemon that starts before its server answers what needs none, and serves once it is there`()
        async throws
    {
        try await withOutage { outage in
            await outage.stop()
            try await withDaemon(database: outage.conninfo) { daemon in
                let socket = try daemon.connect()
                try await socket.call("rpc.ping")
                #expect(try await daemon.http("GET", "/health").status == 200)
                #expect(try await !isReady(daemon))
                await #expect(throws: TestSocket.Refused(code: -32007, kind: "database.unavailable")) {
                    try await socket.call("session.resume", ["token": .string(ServedWorld.facts.operatorToken)])
                }
                let again = try await outage.startAgain()
                #expect(try await eventually(within: .seconds(60)) { try await isReady(daemon) })
                try await socket.call("session.resume", ["token": .string(ServedWorld.facts.operatorToken)])
                await again.stop()
            }
        }
    }

    @Test func `a server that hangs holds up its callers only so long, and nobody else`() async throws {
        try await withOutage { outage in
            try await withDaemon(["KSBD_LIMITS_CALL_SECONDS": "3"], database: outage.conninfo) { daemon in
                let socket = try await daemon.connect(as: ServedWorld.facts.operatorToken)
                let pillar = try await daemon.connect(as: ServedWorld.facts.pillarCredential)
                let other = try daemon.connect()
                let params: JSON = ["chipNumber": .string(ServedWorld.facts.chips[3]), "idempotencyKey": "hung"]
                try outage.signalAll(SIGSTOP)
                defer { try? outage.signalAll(SIGCONT) }
                let hung = Task { try await socket.call("cardSystem.list", ["limit": 1], within: .seconds(60)) }
                let batched = Task { try await pillar.call("pillar.checkIn", params, within: .seconds(60)) }
                try await other.call("rpc.ping")
                #expect(try await daemon.http("GET", "/health").status == 200)
                #expect(try await !isReady(daemon))
                await #expect(throws: TestSocket.Refused.self) { try await hung.value }
                await #expect(throws: TestSocket.Refused.self) { try await batched.value }
                try outage.signalAll(SIGCONT)
                #expect(try await eventually(within: .seconds(60)) { try await isReady(daemon) })
                try await socket.call("cardSystem.list", ["limit": 1])
                #expect(try await pillar.call("pillar.checkIn", params)["newPoints"] == 1)
            }
        }
    }

    @Test func `a standby that is promoted is found, and what was told before stands there`() async throws {
        try await withOutage { outage in
            let standby = try await outage.makeStandby()
            defer { standby.remove() }
            try await withDaemon(database: outage.conninfo(orElse: standby)) { daemon in
                let load = CheckInLoad()
                async let running: Void = load.run(8, against: daemon)
                #expect(await answersGrow(load))
                try outage.signalAll(SIGKILL)
                await outage.stop()
                try standby.promote()
                #expect(await answersGrow(load), "the new primary is used")
                #expect(try await eventually { try await isReady(daemon) })
                load.stop()
                await running
                try await settle(load, against: daemon, on: standby.conninfo)
            }
        }
    }

    @Test func `a commit that its standby has not confirmed is told to nobody as done`() async throws {
        try await withOutage { outage in
            try await withDaemon(["KSBD_LIMITS_CALL_SECONDS": "2"], database: outage.conninfo) { daemon in
                let host = try await daemon.connect(as: ServedWorld.facts.operatorToken)
                let pillar = try await daemon.connect(as: ServedWorld.facts.pillarCredential)
                try outage.require(standby: "nobody")
                let calls: [(TestSocket, String, JSON)] = [
                    (host, "cardSystem.create", ["name": "Unconfirmed", "idempotencyKey": "a"]),
                    (
                        pillar, "pillar.checkIn",
                        ["chipNumber": .string(ServedWorld.facts.chips[3]), "idempotencyKey": "b"]
                    ),
                ]
                for (socket, method, params) in calls {
                    await #expect(throws: TestSocket.Refused(code: -32008, kind: "outcome.unknown"), "\(method)") {
                        try await socket.call(method, params, within: .seconds(60))
                    }
                }
                try outage.require(standby: "")
                for (socket, method, params) in calls { try await socket.call(method, params) }
                #expect(try ServedWorld.count("select count(*) from check_in", in: outage.conninfo) == 1)
            }
        }
    }

    @Test(.enabled(if: Outage.canMount, "a disk of its own is made by root only"))
    func `a disk that is full stops writes, and they go on when there is room`() async throws {
        try await withOutage(room: 220 << 20) { outage in
            try await withDaemon(database: outage.conninfo) { daemon in
                let load = CheckInLoad()
                async let running: Void = load.run(8, against: daemon)
                #expect(await answersGrow(load))
                let filler = outage.cluster.directory + "/filler"
                _ = try ChildProcess.run(["sh", "-c", "cat /dev/zero > '\(filler)'"])
                #expect(await eventually(within: .seconds(60)) { !load.hindrances.isEmpty })
                let pillar = try daemon.connect()
                try await pillar.call("rpc.ping")
                _ = try ChildProcess.run(["rm", filler])
                #expect(await answersGrow(load), "there is room again")
                load.stop()
                await running
                try await settle(load, against: daemon, on: outage.conninfo)
            }
        }
    }
}
