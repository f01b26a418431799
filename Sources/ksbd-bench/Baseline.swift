/// The peer: PostgreSQL's own load generator doing a check-in's reads and writes, one check-in per transaction, as the
/// daemon's role under row-level security. It has no daemon, no JSON, and no lock of the audit chain.
enum Baseline {
    /// - Parameter isPipelined: All statements of a check-in in one round trip; else one each.
    static func checkIn(world: BenchWorld, isPipelined: Bool) -> String {
        let open = isPipelined ? "\\startpipeline\n" : ""
        let close = isPipelined ? "\\endpipeline\n" : ""
        return """
            \\set holder random(0, \(world.holders - 1))
            \\set pillar random(0, 255)
            \(open)begin;
            select set_config('ksbd.tenants', bench_tenant(:pillar)::text, true),
                set_config('ksbd.cross_look_up', 'on', true);
            select method, params_hash, reply, is_refusal, is_sealed from idempotency
                where card_system_id = bench_tenant(:pillar) and principal_id = bench_id(5, :pillar)
                and key = 'a-' || :client_id || '-' || :holder || '-' || :pillar;
            select version from pillar where id = bench_id(5, :pillar);
            select version from event where id = bench_id(4, :pillar);
            select id, number, status, is_group_pass, holder_id from card
                where chip_number = '04' || upper(lpad(to_hex(:holder::bigint), 12, '0'));
            select status from pass_holder where id = bench_id(6, :holder);
            select 1 from membership where holder_id = bench_id(6, :holder) and status = 'active';
            select id, posted_credit - posted_debit - held_debit from ledger_account
                where owner_id = bench_id(6, :holder) and unit = 'point' for no key update;
            select count(*), max(slot) from check_in where event_id = bench_id(4, :pillar)
                and holder_id = bench_id(6, :holder) and period_start = '2026-01-02';
            insert into check_in (id, card_system_id, event_id, holder_id, card_id, pillar_id, points, period_start,
                slot,
                checked_in_at) values (bench_id(20, nextval('bench_sequence')), bench_tenant(:pillar), bench_id(4,
                    :pillar),
                bench_id(6, :holder), bench_id(7, :holder), bench_id(5, :pillar), 1, '2026-01-02',
                currval('bench_sequence'), '2026-01-02T12:00Z');
            insert into transfer (id, group_id, card_system_id, unit, debit_account_id, credit_account_id, amount,
                reason,
                reference_id, event_at, recorded_at) values (bench_id(21, currval('bench_sequence')),
                bench_id(20, currval('bench_sequence')), bench_tenant(:pillar), 'point',
                '00000000-0000-7000-8000-000000000001', bench_id(9, :holder), 1, 'checkIn',
                bench_id(20, currval('bench_sequence')), '2026-01-02T12:00Z', '2026-01-02T12:00Z');
            update ledger_account set posted_credit = posted_credit + 1, version = version + 1
                where id = bench_id(9, :holder);
            insert into idempotency (card_system_id, principal_id, key, method, params_hash, reply, is_refusal,
                created_at)
                values (bench_tenant(:pillar), bench_id(5, :pillar),
                'a-' || :client_id || '-' || currval('bench_sequence'), 'pillar.checkIn', '\\x\(paramsHash)',
                '\(reply)'::text::bytea, false, '2026-01-02T12:00Z');
            insert into audit (card_system_id, sequence, link, at, actor_kind, actor_id, method, outcome, object_id,
                details,
                digest) values (bench_tenant(:pillar), 1000000000 + currval('bench_sequence'), 0, '2026-01-02T12:00Z',
                'pillar', bench_id(5, :pillar), 'pillar.checkIn', 'done', bench_id(20, currval('bench_sequence')), '{}',
                '\\x\(digest)');
            commit;
            \(close)
            """
    }

    static let paramsHash = String(repeating: "5a", count: 33)
    static let digest = String(repeating: "5a", count: 32)
    private static let reply = """
        {"id":"01938f3e-0000-7000-8000-000000000000","eventId":"00000004-0000-7000-8000-000000000000",\
        "eventName":{"nl":"Open sporthal in het dorp"},"cardNumber":"0000000000000","newPoints":1,"totalPoints":1,\
        "checkedInAt":"2026-01-02T12:00:00.000000+01:00"}
        """
}
