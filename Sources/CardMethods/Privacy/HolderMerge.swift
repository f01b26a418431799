import CardRules
import JSONRPC
import Postgres

enum HolderMergeKind {}
typealias HolderMergeID = ID<HolderMergeKind>

/// Two records of one person, read and locked, as the platform: their rows lie in whatever card system they were made.
struct HolderMerge {
    let kept: PassHolderID
    let merged: PassHolderID

    private func table(_ name: String) -> PersonTable { PersonTable.all.first { $0.name.description == name }! }

    // MARK: What is changed

    private func memberships(_ id: HolderMergeID) -> MergeChange {
        MergeChange(
            id, table("membership"),
            columns: [
                "status", "current_card_id", "opportunity_end_date", "opportunity_suspended_until", "since",
            ])
    }

    /// What has a place in a period's limit: its table, and the column that names what the limit is of.
    private static let placed: [(table: String, of: SQL)] = [("check_in", "event_id"), ("redemption", "advantage_id")]

    private func placed(_ id: HolderMergeID) -> [MergeChange] {
        Self.placed.map { MergeChange(id, table($0.table), loose: ["slot"]) }
    }

    private func families(_ id: HolderMergeID) -> MergeChange {
        MergeChange(id, table("family_member"), columns: ["member_id"], loose: ["ended_at"])
    }

    private func ticketSales(_ id: HolderMergeID) -> MergeChange {
        MergeChange(id, table("ticket_sale"), loose: ["event_slot", "counter_slot", "coupon_slot"])
    }

    private func records(_ id: HolderMergeID) -> MergeChange {
        MergeChange(id, table("pass_holder"), columns: ["status", "merged_into"])
    }

    private var plainTables: [PersonTable] {
        PersonTable.all.filter { if case .moves = $0.merge { true } else { false } }
    }

    /// Moves everything but points and INSZ. The memberships first, as the cards of both are still apart then.
    func statements(_ id: HolderMergeID, _ plan: MergePlan) -> [SQL] {
        plan.memberships.flatMap { joined(id, $0) } + movePlaced(id) + [moveTicketSales(id), moveFamilies(id)]
            + plainTables.map { table in
                let condition: SQL
                switch table.merge {
                case .moves(unless: .some(let exception)):
                    condition = """
                        t.\(fragment: table.holder) = \(merged)
                            and not exists (select from (select \(kept) as id) kept where \(fragment: exception))
                        """
                default: condition = "t.\(fragment: table.holder) = \(merged)"
                }
                return MergeChange(id, table).apply("\(fragment: table.holder) = \(kept)", where: condition)
            } + [
                records(id).apply(
                    "merged_into = \(kept), status = 'blocked', version = t.version + 1",
                    where: "t.id = \(merged) or t.merged_into = \(merged)"), Self.standing(kept), logins,
            ]
    }

    private func joined(_ id: HolderMergeID, _ membership: MergePlan.Membership) -> [SQL] {
        let change = memberships(id)
        let own: SQL = "t.card_system_id = \(membership.cardSystem) and t.holder_id = "
        guard membership.how == .joins else {
            return [
                change.apply(
                    "holder_id = \(kept), version = t.version + 1", where: "\(fragment: own)\(merged)")
            ]
        }
        let after = membership.after
        return [
            change.apply(
                """
                status = \(after.status), opportunity_end_date = \(after.opportunityEndDate),
                    opportunity_suspended_until = \(after.suspendedUntil), since = \(after.since),
                    current_card_id = \(membership.card), version = t.version + 1
                """, where: "\(fragment: own)\(kept)"),
            change.apply(
                """
                status = 'blocked', opportunity_end_date = null, opportunity_suspended_until = null,
                    current_card_id = null, version = t.version + 1
                """, where: "\(fragment: own)\(merged)"),
        ]
    }

    /// Check-ins and the like count together for the limits from now on. Where both took the same place, the next free
    /// ones are taken.
    private func movePlaced(_ id: HolderMergeID) -> [SQL] {
        zip(placed(id), Self.placed).map { change, placed in
            change.apply(
                """
                holder_id = \(kept), slot = t.slot + coalesce((select max(o.slot) + 1
                    from \(fragment: change.table) o
                    where o.\(fragment: placed.of) = t.\(fragment: placed.of) and o.holder_id = \(kept)
                        and o.period_start = t.period_start), 0)
                """, where: "t.holder_id = \(merged)")
        }
    }

    /// The merged record's family becomes the kept one's, and it stands for the merged one in the families of others.
    /// Whoever would stand in a family twice leaves it once; a family of one's own is none to stand in beside oneself.
    private func moveFamilies(_ id: HolderMergeID) -> SQL {
        func becomes(_ column: SQL) -> SQL {
            "case when t.\(fragment: column) = \(merged) then \(kept) else t.\(fragment: column) end"
        }
        let isDouble: SQL = """
            (t.main_id in (\(kept), \(merged)) and t.member_id in (\(kept), \(merged)) and t.main_id <> t.member_id
                or t.ended_at is null and exists (select from family_member other where other.ended_at is null
                    and other.main_id = \(fragment: becomes("main_id"))
                    and other.member_id = \(fragment: becomes("member_id"))))
            """
        return families(id).apply(
            """
            main_id = case when \(fragment: isDouble) then t.main_id else \(fragment: becomes("main_id")) end,
            member_id = case when \(fragment: isDouble) then t.member_id else \(fragment: becomes("member_id")) end,
            ended_at = case when t.ended_at is null and t.main_id <> t.member_id and \(fragment: isDouble)
                then \(fragment: Self.time(of: id)) else t.ended_at end
            """, where: "\(merged) in (t.main_id, t.member_id)")
    }

    private static func time(of id: HolderMergeID) -> SQL { "(select merged_at from holder_merge where id = \(id))" }

    /// So do the tickets, in each of the limits that they have a place in.
    private func moveTicketSales(_ id: HolderMergeID) -> SQL {
        func next(_ slot: SQL, _ start: SQL, _ owner: SQL) -> SQL {
            """
            \(fragment: slot) = t.\(fragment: slot) + coalesce((select max(o.\(fragment: slot)) + 1 from ticket_sale o
                where o.holder_id = \(kept) and o.\(fragment: owner) = t.\(fragment: owner)
                    and o.\(fragment: start) = t.\(fragment: start)), 0)
            """
        }
        return ticketSales(id).apply(
            """
            holder_id = \(kept), \(fragment: next("event_slot", "event_period_start", "event_id")),
                \(fragment: next("counter_slot", "counter_period_start", "organizer_counter_id")),
                \(fragment: next("coupon_slot", "coupon_period_start", "coupon_id"))
            """, where: "t.holder_id = \(merged)")
    }

    /// Those who are logged in as one of the two are told that this is another record now.
    private var logins: SQL { "update holder_login set holder_id = holder_id where holder_id in (\(kept), \(merged))" }

    /// A person is blocked while no membership is active.
    static func standing(_ holder: PassHolderID) -> SQL {
        """
        update pass_holder h set version = h.version + 1, status = case
            when exists (select from membership m where m.holder_id = h.id and m.status = 'active') then 'active'
            else 'blocked' end
        where h.id = \(holder)
        """
    }

    // MARK: Taking it back

    /// The tables with rows that are no longer as the merge left them.
    func changed(_ id: HolderMergeID, _ transaction: Transaction) throws -> [String] {
        let own = [memberships(id), families(id), ticketSales(id), records(id)]
        let changes = own + placed(id) + plainTables.map { MergeChange(id, $0) }
        return try changes.filter { try transaction.query($0.countOfChanged)[0][0] as Int > 0 }
            .map { $0.table.description }
    }

    func undoing(_ id: HolderMergeID) -> [SQL] {
        plainTables.map { MergeChange(id, $0).undo() } + [memberships(id).undo("version = t.version + 1")]
            // What was cancelled since has no place any more.
            + placed(id).map { $0.undo("slot = case when t.slot is null then null else before.slot end") } + [
                // Who left since stays away; who left by the merge is back.
                families(id).undo(
                    """
                    ended_at = case when t.ended_at = \(fragment: Self.time(of: id)) then before.ended_at
                        else t.ended_at end
                    """),
                ticketSales(id).undo(
                    """
                    event_slot = case when t.event_slot is null then null else before.event_slot end,
                        counter_slot = case when t.counter_slot is null then null else before.counter_slot end,
                        coupon_slot = case when t.coupon_slot is null then null else before.coupon_slot end
                    """),
                records(id).undo("version = t.version + 1"), Self.standing(kept), logins,
            ]
    }

    // MARK: Points and INSZ

    /// Both records' accounts, locked in the order of their ids; what the merged one has goes to the kept one.
    func movePoints(_ id: TransferID, _ note: LedgerNote, in transaction: Transaction) throws -> Bool {
        let rows = try transaction.query(
            """
            select a.id, a.owner_id, a.unit, u.scale, a.kind, a.normal_side, a.floor_rule,
                abs(a.posted_credit - a.posted_debit) as balance
            from ledger_account a join ledger_unit u on u.code = a.unit where a.owner_id in (\(kept), \(merged))
            order by a.id for no key update of a
            """)
        var postings: [Posting] = []
        for row in rows where try row["owner_id"] == merged && row["balance"] as Int > 0 {
            let (unit, kind): (String, String) = (try row["unit"], try row["kind"])
            let other = try rows.first {
                try $0["owner_id"] == kept && $0["unit"] == unit && $0["kind"] == kind
            }
            let mine: LedgerAccountID = try row["id"]
            let account = try other?["id"] ?? Self.open(row, for: kept, at: note.recordedAt, in: transaction)
            let isCredit = try row["normal_side"] as String == LedgerSide.credit.rawValue
            postings.append(
                try Posting(
                    debit: isCredit ? mine : account, credit: isCredit ? account : mine, amount: try row["balance"],
                    unit: LedgerUnit(code: unit, scale: try row["scale"])))
        }
        if postings.isEmpty { return false }
        try LedgerWriter.post(TransferGroup(id: id, postings: postings), note, in: transaction)
        return true
    }

    private static func open(
        _ like: Row, for owner: PassHolderID, at now: Instant, in transaction: Transaction
    ) throws -> LedgerAccountID {
        let id = LedgerAccountID(at: now)
        try transaction.execute(
            """
            insert into ledger_account (id, unit, kind, owner_id, normal_side, floor_rule)
            values (\(id), \(try like["unit"] as String), \(try like["kind"] as String), \(owner),
                \(try like["normal_side"] as String), \(try like["floor_rule"] as String))
            """)
        return id
    }

    /// Whether the points that a merge moved can be given back.
    func arePointsThere(_ group: TransferID, in transaction: Transaction) throws -> Bool {
        try transaction.query(
            """
            select not exists (select from transfer t
                join ledger_account a on a.id in (t.debit_account_id, t.credit_account_id) and a.owner_id = \(kept)
                where t.group_id = \(group) and t.amount > case when a.normal_side = 'credit'
                    then a.posted_credit - a.posted_debit - a.held_debit
                    else a.posted_debit - a.posted_credit - a.held_credit end)
            """)[0][0]
    }

    /// Hands the INSZ from one record to the other: it is sealed for one only.
    static func moveINSZ(from source: PassHolderID, to target: PassHolderID, in call: Call) throws {
        let row = try call.transaction.query("select insz_sealed from pass_holder where id = \(source)")[0]
        guard let sealed: [UInt8] = try row[0] else { return }
        let insz = try call.services.keys.openedINSZ(sealed, of: source)
        _ = try call.holder(beforeWriting: insz)
        let new = try call.sealed(insz, of: target)
        _ = try call.transaction.run([
            """
            update pass_holder set insz_sealed = null, insz_index = null, insz_masked = null where id = \(source)
            """,
            """
            update pass_holder set insz_sealed = \(new.sealed), insz_index = \(new.index), insz_masked = \(new.masked)
            where id = \(target)
            """,
        ])
    }
}
