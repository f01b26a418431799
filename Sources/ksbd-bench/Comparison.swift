import CardServer
import Glibc
import JSONRPC
import Postgres

/// The rows of the architecture's table.
struct Comparison {
    let rig: Rig
    let report: Report
    let seconds: Double
    private var runs = 0

    init(rig: Rig, report: Report, seconds: Double) { (self.rig, self.report, self.seconds) = (rig, report, seconds) }

    /// A work that is done in batches: what the load generator sends, and what pgbench does for it.
    struct Work {
        let kind: String
        let name: String
        let script: (BenchWorld, Bool) -> String
        /// Against A and A-pipe, with one call in flight on each connection, and with eight.
        let goals: (one: (a: Double, pipe: Double), eight: (a: Double, pipe: Double))

        static var checkIn: Work {
            Work(kind: "checkIn", name: "check-in", script: Baseline.checkIn, goals: ((3, 2), (4, 3)))
        }
        static var redemption: Work {
            Work(kind: "redemption", name: "redemption", script: Baseline.redemption, goals: ((3, 2), (3, 2)))
        }
        static var sale: Work {
            Work(
                kind: "sale", name: "ticket sale",
                script: { Tickets.script(world: $0, isPipelined: $1) }, goals: ((3, 2), (3, 2)))
        }
    }

    /// A batched work against pgbench, statement by statement (A) and in its pipeline mode (A-pipe).
    mutating func compare(_ work: Work) {
        let one = (a: pgbench(work, clients: 1, isPipelined: false), pipe: pgbench(work, clients: 1, isPipelined: true))
        let single = ours(work, connections: 1, depth: 1)
        report.compare(
            "\(work.name), one connection, median latency", ours: single.percentile(0), peer: one.a.latency, unit: "ms",
            peerName: "A", goal: 1, isCeiling: true)
        report.compare(
            "the same", ours: single.percentile(0), peer: one.pipe.latency, unit: "ms", peerName: "A-pipe", goal: 1.5,
            isCeiling: true)
        let a = best(work, isPipelined: false)
        let wide = ours(work, connections: 256, depth: 1)
        let pipe = best(work, isPipelined: true)
        let deep = ours(work, connections: 256, depth: 8)
        for (count, result, goals) in [("1", wide, work.goals.one), ("8", deep, work.goals.eight)] {
            report.compare(
                "\(work.name), 256 connections, \(count) in flight", ours: result.perSecond, peer: a, unit: "/s",
                peerName: "A", goal: goals.a)
            report.compare(
                "the same", ours: result.perSecond, peer: pipe, unit: "/s", peerName: "A-pipe", goal: goals.pipe)
        }
    }

    /// How many tariffs are told in a second.
    mutating func tariffs() {
        report.absolute("tariffs, 256 connections", ours("tariff", "tariff", connections: 256).perSecond, unit: "/s")
    }

    private mutating func ours(_ work: Work, connections: Int, depth: Int) -> LoadResult {
        ours(work.kind, work.name, connections: connections, depth: depth)
    }

    private mutating func ours(_ kind: String, _ name: String, connections: Int, depth: Int = 1) -> LoadResult {
        runs += 1
        settle()
        let wal = walBytes()
        let result = rig.measure(kind, connections: connections, depth: depth, seconds: seconds, run: runs)
        let perCall = Double(walBytes() - wal) / Double(max(1, result.calls))
        report.progress(
            "daemon, \(connections) × \(depth): \(Report.text(result.perSecond))/s, "
                + "p50 \(Report.text(result.percentile(0))) ms, p99 \(Report.text(result.percentile(0.99))) ms, "
                + "\(result.failures) refusals, \(Int(perCall)) bytes of WAL a \(name)")
        return result
    }

    private func best(_ work: Work, isPipelined: Bool) -> Double {
        [4, 8, 16].map { pgbench(work, clients: $0, isPipelined: isPipelined).perSecond }.max() ?? 0
    }

    /// One run of pgbench: transactions a second, and their mean latency in milliseconds.
    private func pgbench(_ work: Work, clients: Int, isPipelined: Bool) -> (perSecond: Double, latency: Double) {
        let path = "/tmp/ksbd-bench-\(getpid()).sql"
        guard let file = fopen(path, "w") else { return (0, 0) }
        fputs(work.script(rig.world, isPipelined), file)
        fclose(file)
        settle()
        let child = Child(
            [
                "pgbench", "--no-vacuum", "--protocol=prepared", "--file=\(path)", "--client=\(clients)", "--jobs=2",
                "--time=\(Int(seconds))", "--host=\(rig.address.socketFolder)", "--username=postgres", "ksbd",
            ], environment: ["PGOPTIONS": "-c role=ksbd_app"])
        var (rate, latency) = (0.0, 0.0)
        for line in child.rest() {
            let words = line.split(separator: " ")
            if line.hasPrefix("tps = ") { rate = Double(words[2]) ?? 0 }
            if line.hasPrefix("latency average = ") { latency = Double(words[3]) ?? 0 }
        }
        child.wait()
        unlink(path)
        report.progress(
            "pgbench\(isPipelined ? " in pipeline mode" : ""), \(clients) clients: \(Report.text(rate))/s, mean "
                + "\(Report.text(latency)) ms")
        return (rate, latency)
    }

    /// Counts what the run before left, and writes everything to disk first, so that no run pays for the one before it.
    private func settle() {
        let psql = ["psql", "-qh", rig.address.socketFolder, "-U", "postgres", "-d", "ksbd"]
        Child(psql + ["-c", "vacuum analyze", "-c", "checkpoint"]).wait()
    }

    private func walBytes() -> Int { (try? rig.ask("select (pg_current_wal_lsn() - '0/0')::bigint")) ?? 0 }

    /// The pillar's question against `redis-benchmark GET` of the same bytes.
    func assignedEvent() {
        let answer =
            (try? Plain.call(
                rig.port,
                [
                    Plain.resume(BenchWorld.credential(0)),
                    Plain.request("pillar.assignedEvent"),
                ]))?.last?.text ?? ""
        let redis = Child([
            "redis-server", "--port", "7399", "--save", "", "--appendonly", "no", "--loglevel", "warning",
        ])
        usleep(500_000)
        Child(["redis-cli", "-p", "7399", "set", "event", answer]).wait()
        // In turn, as the machine's speed drifts.
        var (ours, theirs): ([Double], [Double]) = ([], [])
        for _ in 1...3 {
            theirs.append(redisGets())
            ours.append(rig.measure("assignedEvent", connections: 64, seconds: max(3, seconds / 3)).perSecond)
        }
        redis.stop()
        report.progress(
            "pillar.assignedEvent of \(answer.utf8.count) bytes: \(ours.map(Report.text)) against "
                + "\(theirs.map(Report.text))"
        )
        report.compare(
            "pillar.assignedEvent, 64 connections", ours: ours.sorted()[1], peer: theirs.sorted()[1], unit: "/s",
            peerName: "redis GET", goal: 0.7)
    }

    private func redisGets() -> Double {
        let count = Int(seconds / 3 * 60_000)
        let child = Child(["redis-benchmark", "-p", "7399", "-c", "64", "-n", "\(count)", "--csv", "GET", "event"])
        let rate = child.rest().last?.split(separator: ",").dropFirst().first?.filter { $0 != "\"" }
        child.wait()
        return Double(rate ?? "") ?? 0
    }

    /// What ten thousand silent, authenticated pillars cost.
    func idlePillars() {
        let before = rig.daemon.residentBytes
        let child = rig.load("idle", connections: 10_000)
        _ = child.line(after: "ready")
        sleep(2)
        let each = Double(rig.daemon.residentBytes - before) / 10_000 / 1024
        child.nudge()
        child.wait()
        report.absolute("10,000 idle authenticated pillars, each", each, unit: "KiB", atMost: 12)
    }

    /// How long a change of an event takes to reach ten thousand subscribed pillars.
    func push() async throws {
        // The first pillars have events of their own; all after them share the last one.
        let child = rig.load("subscribe", connections: 10_000, first: rig.world.events)
        _ = child.line(after: "ready")
        let shared = "00000004-0000-7000-8000-" + Self.hex(rig.world.events - 1)
        let begin = LoadGenerator.now()
        let answers = try Plain.call(
            rig.port,
            [
                Plain.resume(rig.operatorToken),
                Plain.request(
                    "event.setSettings",
                    ["eventId": .string(shared), "checkInPoints": 2, "idempotencyKey": "push"]),
            ])
        guard answers[1]["result"] != nil, let heard = child.line(after: "heard ").flatMap({ UInt64($0) }) else {
            throw BenchError(text: "the change was refused: \(answers[1].text)")
        }
        child.wait()
        report.absolute(
            "an event change at the last of 10,000 pillars", Double(heard - begin) / 1e9, unit: "s", atMost: 1)
    }

    private static func hex(_ number: Int) -> String {
        let text = String(number, radix: 16)
        return String(repeating: "0", count: 12 - text.count) + text
    }
}
