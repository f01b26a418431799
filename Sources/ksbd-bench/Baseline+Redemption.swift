extension Baseline {
    /// A redemption's reads and writes, one redemption per transaction: the peer locks person and advantage as the
    /// daemon does: of an advantage of which there is plenty, when it is written.
    ///
    /// - Parameter isPipelined: All statements of a redemption in one round trip; else one each.
    static func redemption(world: BenchWorld, isPipelined: Bool) -> String {
        let open = isPipelined ? "\\startpipeline\n" : ""
        let close = isPipelined ? "\\endpipeline\n" : ""
        return """
            \\set holder random(0, \(world.holders - 1))
            \\set member random(0, \(world.staff - 1))
            \\set shelf random(0, \(world.shelves - 1))
            \\set advantage :member % \(world.stride) + \(world.stride) * :shelf
            \(open)begin;
            select set_config('ksbd.tenants', bench_tenant(:member)::text, true),
                set_config('ksbd.cross_look_up', 'on', true);
            select method, params_hash, reply, is_refusal, is_sealed from idempotency
                where card_system_id = bench_tenant(:member) and principal_id = bench_id(11, :member)
                and key = 'r-' || :client_id || '-' || :holder || '-' || :member;
            select id, number, status, is_group_pass, holder_id from card
                where chip_number = '04' || upper(lpad(to_hex(:holder::bigint), 12, '0'));
            select status, postal_code from pass_holder where id = bench_id(6, :holder);
            select card_system_id, since from membership where holder_id = bench_id(6, :holder) and status = 'active';
            select id, posted_credit - posted_debit - held_debit from ledger_account
                where owner_id = bench_id(6, :holder) and unit = 'point' for no key update;
            select * from advantage where id = bench_id(13, :advantage);
            select count(*), max(slot) from redemption where advantage_id = bench_id(13, :advantage)
                and holder_id = bench_id(6, :holder) and period_start = '2026-01-02';
            insert into redemption (id, card_system_id, advantage_id, owner_card_system_id, holder_id, card_id,
                card_number, counter_id, account_id, points, period_start, slot, redeemed_at)
                values (bench_id(22, nextval('bench_sequence')), bench_tenant(:member), bench_id(13, :advantage),
                bench_tenant(:advantage), bench_id(6, :holder), bench_id(7, :holder), '0000000000000',
                bench_id(3, 0), bench_id(11, :member), 1, '2026-01-02', currval('bench_sequence'), '2026-01-02T12:00Z');
            insert into transfer (id, group_id, card_system_id, unit, debit_account_id, credit_account_id, amount,
                reason, reference_id, event_at, recorded_at) values (bench_id(23, currval('bench_sequence')),
                bench_id(22, currval('bench_sequence')), bench_tenant(:member), 'point', bench_id(9, :holder),
                '00000000-0000-7000-8000-000000000002', 1, 'redemption', bench_id(22, currval('bench_sequence')),
                '2026-01-02T12:00Z', '2026-01-02T12:00Z');
            update ledger_account set posted_debit = posted_debit + 1, version = version + 1
                where id = bench_id(9, :holder);
            update advantage set units_taken = units_taken + 1 where id = bench_id(13, :advantage);
            insert into idempotency (card_system_id, principal_id, key, method, params_hash, reply, is_refusal,
                created_at)
                values (bench_tenant(:member), bench_id(11, :member),
                'r-' || :client_id || '-' || currval('bench_sequence'), 'advantage.redeem', '\\x\(paramsHash)',
                '\(redemptionReply)'::text::bytea, false, '2026-01-02T12:00Z');
            insert into audit (card_system_id, sequence, link, at, actor_kind, actor_id, counter_id, method, outcome,
                object_id, details, digest) values (bench_tenant(:member), 1000000000 + currval('bench_sequence'), 0,
                '2026-01-02T12:00Z', 'account', bench_id(11, :member), bench_id(3, 0), 'advantage.redeem', 'done',
                bench_id(22, currval('bench_sequence')), '\(redemptionDetails)', '\\x\(digest)');
            commit;
            \(close)
            """
    }

    private static let redemptionDetails = """
        {"object":"redemption","told":{"advantageId":"0000000d-0000-7000-8000-000000000000",\
        "passHolderId":"00000006-0000-7000-8000-000000000000","points":1}}
        """
    private static let redemptionReply = """
        {"id":"01938f3e-0000-7000-8000-000000000000","advantageId":"0000000d-0000-7000-8000-000000000000",\
        "title":{"nl":"Een drankje in de zaal"},"type":"exchange",\
        "passHolderId":"00000006-0000-7000-8000-000000000000",\
        "cardNumber":"0000000000000","points":1,"totalPoints":999999,"redeemedAt":"2026-01-02T12:00:00.000000+01:00"}
        """
}
