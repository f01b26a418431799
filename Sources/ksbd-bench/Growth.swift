import Glibc
import JSONRPC
import Logging
import Postgres

/// What happens as the tables grow: the check-in rate, and searches against the bare statement.
struct Growth {
    let rig: Rig
    let report: Report
    let seconds: Double
    private var runs = 0
    private var stored = 0

    init(rig: Rig, report: Report, seconds: Double) { (self.rig, self.report, self.seconds) = (rig, report, seconds) }

    /// The rate with ten thousand, a hundred thousand, and many check-ins stored.
    mutating func checkIns(upTo most: Int) throws {
        var rates: [(stored: Int, perSecond: Double)] = []
        for goal in [10_000, 100_000, most] {
            try store(goal)
            runs += 1
            let result = rig.measure("checkIn", connections: 256, seconds: seconds, run: runs)
            rates.append((goal, result.perSecond))
            stored += result.calls
            report.progress("\(goal) check-ins stored: \(Report.text(result.perSecond))/s")
        }
        for before in rates.dropLast() {
            report.compare(
                "check-in rate at \(most) stored", ours: rates.last!.perSecond, peer: before.perSecond, unit: "/s",
                peerName: "at \(before.stored)", goal: 0.9)
        }
    }

    /// Puts check-ins with all that belongs to them into the tables, as they would have come in on earlier days.
    private mutating func store(_ goal: Int) throws {
        guard goal > stored else { return }
        report.progress("storing \(goal - stored) check-ins")
        var patient = rig.connection
        patient.statementTimeout = .seconds(7200)
        let connection = try Connection(patient, logger: Logger(label: "bench"))
        while stored < goal {
            let (first, last) = (stored, min(goal, stored + 500_000) - 1)
            try connection.script(Self.history(first: first, last: last, holders: rig.world.holders))
            stored = last + 1
        }
        try connection.script("vacuum analyze")
        try connection.script("checkpoint")
    }

    private static func history(first: Int, last: Int, holders: Int) -> String {
        let at = "'2025-01-01T12:00Z'::timestamptz + n / 1000 * interval '1 second'"
        return """
            insert into check_in (id, card_system_id, event_id, holder_id, card_id, pillar_id, points, period_start,
                slot,
                checked_in_at)
            select bench_id(30, n), bench_tenant(n), bench_id(4, n % 2000), bench_id(6, n % \(holders)),
                bench_id(7, n % \(holders)), bench_id(5, n % 256), 1,
                '2025-01-01'::date + (n / \(holders))::integer, 0, \(at)
            from generate_series(\(first)::bigint, \(last)) n on conflict do nothing;
            insert into transfer (id, group_id, card_system_id, unit, debit_account_id, credit_account_id, amount,
                reason,
                reference_id, event_at, recorded_at)
            select bench_id(31, n), bench_id(30, n), bench_tenant(n), 'point', '00000000-0000-7000-8000-000000000001',
                bench_id(9, n % \(holders)), 1, 'checkIn', bench_id(30, n), \(at), \(at)
            from generate_series(\(first)::bigint, \(last)) n;
            update ledger_account a set posted_credit = a.posted_credit + t.sum from (
                select bench_id(9, n % \(holders)) as id, count(*) as sum from
                    generate_series(\(first)::bigint, \(last)) n
                group by 1) as t where a.id = t.id;
            insert into idempotency (card_system_id, principal_id, key, method, params_hash, reply, is_refusal,
                created_at)
            select bench_tenant(n), bench_id(5, n % 256), 'h' || n, 'pillar.checkIn', '\\x5a', repeat('x',
                250)::bytea, false,
                \(at) from generate_series(\(first)::bigint, \(last)) n;
            insert into audit (card_system_id, sequence, link, at, actor_kind, actor_id, method, outcome, object_id,
                details,
                digest)
            select bench_tenant(n), 2000000000 + n, 0, \(at), 'pillar', bench_id(5, n % 256), 'pillar.checkIn', 'done',
                bench_id(30, n), '{}', sha256('') from generate_series(\(first)::bigint, \(last)) n;
            """
    }
}
