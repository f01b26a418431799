import CardRules
import Crypto
import Logging
import Postgres

/// Proves again what must always hold: the invariants of the ledger, the audit chains, and the references that have no
/// foreign key. Reads only.
public enum Verification {
    /// What one check found.
    public struct Finding: Sendable {
        public let check: String
        /// What was looked at.
        public let count: Int
        /// What is wrong, each with the row it is about; at most a hundred.
        public let faults: [String]
    }

    /// Runs all checks in one snapshot of the database; `progress` is told of each when it is done.
    public static func run(
        _ settings: ConnectionSettings, logger: Logger, progress: (Finding) -> Void
    ) throws -> Bool {
        let connection = try Connection(settings, logger: logger)
        _ = try connection.run([
            "begin isolation level repeatable read read only", "set local role ksbd_platform",
            "set local statement_timeout = 0",
        ])
        var isSound = true
        for check in checks {
            let finding = try check.run(connection)
            isSound = isSound && finding.faults.isEmpty
            progress(finding)
        }
        let chains = try AuditVerification.run(connection)
        progress(chains)
        _ = try connection.run(["rollback"])
        return isSound && chains.faults.isEmpty
    }

    /// A check that one statement decides: it yields a line of text for each fault.
    private struct Check {
        let name: String
        let counted: SQL
        let faults: SQL

        func run(_ connection: Connection) throws -> Finding {
            let results = try connection.run([
                counted, "select fault from (\(fragment: faults)) as f (fault) limit 100",
            ])
            return Finding(check: name, count: try results[0][0][0], faults: try results[1].map { try $0[0] })
        }
    }

    private static let checks: [Check] = [
        Check(
            name: "I2 the sum over all accounts of a unit is zero", counted: "select count(*) from ledger_unit",
            faults: """
                select unit || ' sums to ' || sum(net) from (
                    select unit, posted_credit - posted_debit as net from ledger_account where floor_rule <> 'none'
                    union all
                    select t.unit, -t.amount from transfer t
                    join ledger_account a on a.id = t.debit_account_id and a.floor_rule = 'none'
                    union all
                    select t.unit, t.amount from transfer t
                    join ledger_account a on a.id = t.credit_account_id and a.floor_rule = 'none') as accounts
                group by unit having sum(net) <> 0
                """),
        Check(
            name: "I3 kept balances equal the fold over their transfers",
            counted: "select count(*) from ledger_account where floor_rule <> 'none'",
            faults: """
                select 'account ' || a.id || ' keeps ' || a.posted_debit || '/' || a.posted_credit || ' but has '
                    || coalesce(d.sum, 0) || '/' || coalesce(c.sum, 0)
                from ledger_account a
                left join (select debit_account_id as id, sum(amount) from transfer group by 1) as d on d.id = a.id
                left join (select credit_account_id as id, sum(amount) from transfer group by 1) as c on c.id = a.id
                where a.floor_rule <> 'none'
                    and (a.posted_debit <> coalesce(d.sum, 0) or a.posted_credit <> coalesce(c.sum, 0))
                """),
        Check(
            name: "I3 held amounts equal the holds that run",
            counted: "select count(*) from hold",
            faults: """
                with running as (
                    select * from hold h where not exists (select from hold_end e where e.hold_id = h.id))
                select 'account ' || a.id || ' holds ' || a.held_debit || '/' || a.held_credit || ' but '
                    || coalesce(d.sum, 0) || '/' || coalesce(c.sum, 0) || ' runs'
                from ledger_account a
                left join (select debit_account_id as id, sum(amount) from running group by 1) as d on d.id = a.id
                left join (select credit_account_id as id, sum(amount) from running group by 1) as c on c.id = a.id
                where a.floor_rule <> 'none'
                    and (a.held_debit <> coalesce(d.sum, 0) or a.held_credit <> coalesce(c.sum, 0))
                """),
        Check(
            name: "I4 transfers know their accounts, and both are of their unit",
            counted: "select count(*) from transfer",
            faults: """
                select 'transfer ' || t.id from transfer t
                left join ledger_account d on d.id = t.debit_account_id
                left join ledger_account c on c.id = t.credit_account_id
                where d.unit is distinct from t.unit or c.unit is distinct from t.unit
                """),
        Check(
            name: "I8 no hold is posted beyond its amount", counted: "select count(*) from hold_end",
            faults: """
                select 'hold ' || h.id from hold h join hold_end e on e.hold_id = h.id join transfer t on t.id =
                    e.transfer_id
                where t.amount > h.amount
                """),
        Check(
            name: "I9 a reversal takes back what it reverses",
            counted: "select count(*) from transfer where reverses_id is not null",
            faults: """
                select 'transfer ' || r.id from transfer r left join transfer t on t.id = r.reverses_id
                where r.reverses_id is not null and (t.amount is distinct from r.amount
                    or t.debit_account_id is distinct from r.credit_account_id
                    or t.credit_account_id is distinct from r.debit_account_id)
                """),
        Check(
            name: "every check-in knows its event, holder, card and place", counted: "select count(*) from check_in",
            faults: """
                select 'check-in ' || k.id from check_in k
                left join event e on e.id = k.event_id left join pass_holder h on h.id = k.holder_id
                left join card c on c.id = k.card_id left join pillar p on p.id = k.pillar_id
                left join counter b on b.id = k.counter_id
                where e.id is null or h.id is null or c.id is null or (p.id is null and b.id is null
                    and (k.pillar_id is not null or k.counter_id is not null or k.account_id is null))
                """),
        Check(
            name: "every check-in has posted what it gives, and nothing once it is cancelled",
            counted: "select count(*) from check_in",
            faults: """
                select 'check-in ' || coalesce(k.id, t.group_id) || ' gives '
                    || coalesce(k.points * (k.cancelled_at is null)::integer, 0) || ' but posted '
                    || coalesce(t.sum, 0)
                from check_in k full join (
                    select group_id, sum(case when debit_account_id = \(PointsAccount.issued.platformAccount)
                        then amount else -amount end)
                    from transfer where reason like 'checkIn%' group by 1) as t on t.group_id = k.id
                where coalesce(k.points * (k.cancelled_at is null)::integer, 0) <> coalesce(t.sum, 0)
                """),
        Check(
            name: "every redemption knows its advantage, holder, card and counter",
            counted: "select count(*) from redemption",
            faults: """
                select 'redemption ' || r.id from redemption r
                left join advantage a on a.id = r.advantage_id and a.card_system_id = r.owner_card_system_id
                left join pass_holder h on h.id = r.holder_id
                left join card c on c.id = r.card_id left join counter b on b.id = r.counter_id
                where a.id is null or h.id is null or (r.card_id is not null and c.id is null)
                    or (r.counter_id is not null and b.id is null)
                """),
        Check(
            name: "every redemption has cost its points, and given back those of a cancelled one",
            counted: "select count(*) from redemption",
            faults: """
                select 'redemption ' || coalesce(r.id, t.reference_id) from redemption r full join (
                    select reference_id, sum(case when reason = 'redemption.cancel' then -amount else amount end)
                    from transfer where reason in ('redemption', 'redemption.cancel', 'redemption.restore') group by 1
                ) as t on t.reference_id = r.id
                where coalesce(r.points * (r.cancelled_at is null)::integer, 0) <> coalesce(t.sum, 0)
                """),
        Check(
            name: "units and codes that are taken of an advantage are those of its redemptions",
            counted: "select count(*) from advantage",
            faults: """
                select 'advantage ' || a.id from advantage a left join (
                    select advantage_id, count(*) from redemption where cancelled_at is null group by 1
                ) as r on r.advantage_id = a.id left join (
                    select advantage_id, count(*) filter (where status = 'free') as free,
                        count(*) filter (where status <> 'void') as added from advantage_code group by 1
                ) as d on d.advantage_id = a.id
                where a.units_taken <> coalesce(r.count, 0) or a.codes_left <> coalesce(d.free, 0)
                    or a.codes_added <> coalesce(d.added, 0)
                """),
        Check(
            name: "every used code went with one redemption",
            counted: "select count(*) from advantage_code where status = 'used'",
            faults: """
                select 'code ' || coalesce(d.id, r.code_id) from (
                    select * from advantage_code where status = 'used'
                ) as d full join (select * from redemption where code_id is not null) as r on r.code_id = d.id
                where d.redemption_id is distinct from r.id or d.advantage_id <> r.advantage_id
                """),
        Check(
            name: "what all holders took in the period of a limit is counted",
            counted: "select count(*) from advantage_use",
            faults: """
                select 'advantage ' || a.id from advantage a cross join lateral (
                    select * from advantage_use u where u.advantage_id = a.id and u.period = a.total_limit_period
                    order by u.period_start desc limit 1
                ) as u
                where u.used <> (select count(*) from redemption r
                    where r.advantage_id = a.id and r.cancelled_at is null
                        and (r.redeemed_at at time zone 'Europe/Brussels')::date >= u.period_start)
                """),
        Check(
            name: "every pass holder has one account of points", counted: "select count(*) from pass_holder",
            faults: """
                select 'pass holder ' || h.id from pass_holder h left join ledger_account a
                    on a.owner_id = h.id and a.unit = 'point' and a.kind = 'points.holder'
                where a.id is null
                """),
        Check(
            name: "a merged record leads to a kept one, and has no cards",
            counted: "select count(*) from pass_holder where merged_into is not null",
            faults: """
                select 'pass holder ' || h.id from pass_holder h join pass_holder k on k.id = h.merged_into
                where k.merged_into is not null or exists (select from card c where c.holder_id = h.id)
                """),
        Check(
            name: "current cards are cards of the same person and card system",
            counted: "select count(*) from membership where current_card_id is not null",
            faults: """
                select 'membership ' || m.id from membership m left join card c on c.id = m.current_card_id
                where m.current_card_id is not null and (c.holder_id is distinct from m.holder_id
                    or c.card_system_id <> m.card_system_id)
                """),
        Check(
            name: "the steps of every card follow each other and add up to its status",
            counted: "select count(*) from card_step",
            faults: """
                with step as (
                    select t.*, lag(to_status) over life as before, lead(version) over life is null as is_last
                    from card_step t window life as (partition by card_id order by version))
                select 'card ' || c.id || ' is ' || c.status || ' but its steps end '
                    || coalesce(t.to_status, 'nowhere')
                from card c left join step t on t.card_id = c.id and t.is_last
                where t.to_status is distinct from c.status or t.version > c.version
                    or t.card_system_id <> c.card_system_id
                union all
                select 'card ' || card_id || ' goes from ' || coalesce(from_status, 'nowhere') || ' but was '
                    || coalesce(before, 'nowhere')
                from step where from_status is distinct from before
                """),
        Check(
            name: "a group's tickets of a year add up to its entries", counted: "select count(*) from group_allowance",
            faults: """
                select 'group pass ' || a.group_pass_id || ' has ' || a.remaining || ' left of ' || a.year || ' but '
                    || coalesce(e.sum, 0) || ' by its entries'
                from group_allowance a left join (
                    select group_pass_id, year, sum(change) from group_allowance_entry group by 1, 2) as e
                    on e.group_pass_id = a.group_pass_id and e.year = a.year
                where coalesce(e.sum, 0) <> a.remaining
                """),
        Check(
            name: "a group's cards are of its card system",
            counted: "select count(*) from card where group_pass_id is not null",
            faults: """
                select 'card ' || c.id from card c join group_pass g on g.id = c.group_pass_id
                where c.card_system_id <> g.card_system_id or not c.is_group_pass
                """),
        Check(
            name: "the main member is in every family", counted: "select count(*) from family_member",
            faults: """
                select 'family of ' || f.main_id from family_member f
                where f.ended_at is null and not exists (
                    select from family_member m where m.main_id = f.main_id and m.member_id = f.main_id)
                """),
        Check(
            name: "where pass holders go to school is a school",
            counted: "select count(*) from pass_holder where school_id is not null",
            faults: """
                select 'pass holder ' || h.id from pass_holder h left join counter c on c.id = h.school_id
                where h.school_id is not null and c.is_school is distinct from true
                """),
    ]
}

/// Recomputes every audit chain from its first link (I20).
enum AuditVerification {
    static func run(_ connection: Connection) throws -> Verification.Finding {
        var faults: [String] = []
        var count = 0
        for head in try connection.run(["select card_system_id, audit_sequence, link, hash from tenant_head"])[0] {
            let chain: CardSystemID = try head[0]
            count += try verify(chain, head: (try head[1], try head[2], try head[3]), connection, &faults)
        }
        faults += try strays(connection)
        return Verification.Finding(
            check: "I20 the audit chains verify from their first link", count: count,
            faults: Array(faults.prefix(100)))
    }

    /// Rows that no head reaches: after the end of their chain, or of a chain that has no head any more.
    private static func strays(_ connection: Connection) throws -> [String] {
        try connection.run([
            """
            select 'chain ' || a.card_system_id || ' has ' || count(*) || ' rows that no link holds'
            from audit a left join tenant_head h on h.card_system_id = a.card_system_id
            where a.sequence > coalesce(h.audit_sequence, 0) group by a.card_system_id
            """
        ])[0].map { try $0[0] }
    }

    private static func verify(
        _ chain: CardSystemID, head: (sequence: Int, link: Int, hash: [UInt8]), _ connection: Connection,
        _ faults: inout [String]
    ) throws -> Int {
        var hash = Array(SHA256.hash(data: [UInt8]()))
        var (link, sequence) = (0, 0)
        while true {
            let links = try connection.run([
                """
                select link, first_sequence, last_sequence, digest, hash from audit_link
                where card_system_id = \(chain) and link > \(link) order by link limit 500
                """
            ])[0]
            guard let last = links.last else { break }
            let digests = try self.digests(
                chain, through: try last["last_sequence"], after: sequence, connection, &faults)
            for row in links {
                let (first, final): (Int, Int) = (try row["first_sequence"], try row["last_sequence"])
                link += 1
                let rows = (first...max(first, final)).compactMap { digests[$0] }
                let digest = AuditTrail.linkDigest(rows)
                hash = Array(SHA256.hash(data: hash + digest))
                let isWhole = try row["link"] == link && first == sequence + 1 && rows.count == final - first + 1
                let (stored, sealed): ([UInt8], [UInt8]) = (try row["digest"], try row["hash"])
                if !isWhole || stored != digest || sealed != hash { faults.append("chain \(chain.text) link \(link)") }
                hash = sealed
                sequence = final
            }
        }
        if head != (sequence, link, hash) { faults.append("chain \(chain.text): its head is not its last link") }
        return sequence
    }

    /// The digests of rows, computed anew from their columns.
    private static func digests(
        _ chain: CardSystemID, through last: Int, after first: Int, _ connection: Connection, _ faults: inout [String]
    ) throws -> [Int: [UInt8]] {
        let rows = try connection.run([
            """
            select * from audit where card_system_id = \(chain) and sequence > \(first) and sequence <= \(last)
            """
        ])[0]
        var digests: [Int: [UInt8]] = [:]
        for row in rows {
            let sequence: Int = try row["sequence"]
            let digest = AuditTrail.digest(
                at: try row["at"], actorKind: try row["actor_kind"], actorID: try row["actor_id"],
                counterID: try row["counter_id"], method: try row["method"], outcome: try row["outcome"],
                objectID: try row["object_id"], details: try row["details"])
            let stored: [UInt8] = try row["digest"]
            if stored != digest { faults.append("chain \(chain.text) row \(sequence)") }
            digests[sequence] = digest
        }
        return digests
    }
}
