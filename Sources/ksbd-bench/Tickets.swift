/// Ticket sales and tariffs in the bench: what they need in the world, and the peer's script.
enum Tickets {
    /// The token of the clerk of a connection; the tables hold its SHA-256.
    static func clerk(_ number: Int) -> String { "kss_sells\(number)" }

    /// Clerks as many as connections, each at the counter of its card system; prices, limits, keys, and a status for
    /// everybody. `bench_sold(n)` is the event that the n-th clerk sells.
    static let world = """
        create function bench_sold(n bigint) returns uuid language sql immutable parallel safe as $$
            select bench_id(4, case when n % 2 = 0 then 0 else n / 2 % (TENANTS - 1) + 1 end + TENANTS * (n % 100)) $$;
        insert into municipality (id, card_system_id, name)
            select bench_id(30, n), bench_id(1, n), 'Eeklo' from generate_series(0, TENANTS - 1) n;
        insert into municipality_postal_code (card_system_id, municipality_id, postal_code)
            select bench_id(1, n), bench_id(30, n), p::text
            from generate_series(0, TENANTS - 1) n, generate_series(1000, 9999) p;
        update event set price_info = '[{"category": "base", "name": {"main": "nl", "nl": "Basis"}, "cents": 1000}]',
            ticket_limit_volume = 100000, ticket_limit_period = 'day';
        insert into distribution_key (id, card_system_id, name)
            select bench_id(31, n), bench_id(1, n), 'Key' from generate_series(0, TENANTS - 1) n;
        insert into distribution_key_term (id, card_system_id, distribution_key_id, valid_from, recorded_at,
            is_automatic, discount_kind, discount_value, opportunity, payers, payer_weights)
            select bench_id(32, n), bench_id(1, n), bench_id(31, n), '2020-01-01', '2020-01-01', true, 'percentPaid',
                20, 'here', '{organizer,municipality}', '{40,40}' from generate_series(0, TENANTS - 1) n;
        insert into ledger_account (id, unit, kind, owner_id, normal_side, floor_rule)
            select bench_id(33, n), 'eur', 'settlement.payable', bench_id(30, n), 'debit', 'none'
            from generate_series(0, TENANTS - 1) n
            union all
            select bench_id(34, n), 'eur', 'settlement.receivable', bench_id(3, n), 'credit', 'none'
            from generate_series(0, TENANTS - 1) n;
        update membership set opportunity_end_date = '2099-04-30';
        insert into permission_group (id, card_system_id, name, permissions)
            select bench_id(35, n), bench_id(1, n), 'Tickets', '{tariff.read,ticketSale.register,passHolder.read}'
            from generate_series(0, TENANTS - 1) n;
        insert into counter_permission_group (counter_id, card_system_id, permission_group_id)
            select bench_id(3, n), bench_id(1, n), bench_id(35, n) from generate_series(0, TENANTS - 1) n;
        insert into account (id, email, email_key, name, password_salt, password_hash, created_at)
            select bench_id(36, n), 'clerk' || n || '@example.org', 'clerk' || n || '@example.org', 'Clerk', '', '',
                '2026-01-01'
            from generate_series(0, 255) n;
        insert into counter_member (counter_id, card_system_id, account_id, role, added_at)
            select c.id, c.card_system_id, bench_id(36, n), 'member', '2026-01-01' from generate_series(0, 255) n
            join counter c on c.card_system_id = bench_tenant(n);
        insert into session (id, token_hash, account_id, counter_id, created_at, last_used_at, ends_at)
            select bench_id(36, n), sha256(('kss_sells' || n)::bytea), bench_id(36, n), c.id, '2026-01-01',
                '2099-01-01', '2099-01-01'
            from generate_series(0, 255) n join counter c on c.card_system_id = bench_tenant(n);
        """

    /// The event that a clerk sells, as `bench_sold` says.
    static func event(_ clerk: Int, world: BenchWorld) -> String {
        let tenant = clerk % 2 == 0 ? 0 : clerk / 2 % (world.tenants - 1) + 1
        let hex = String(tenant + world.tenants * (clerk % 100), radix: 16)
        return "00000004-0000-7000-8000-" + String(repeating: "0", count: 12 - hex.count) + hex
    }

    /// A holder of the card system of a clerk, the more of them the higher `turn`.
    static func holder(_ turn: Int, of clerk: Int, world: BenchWorld) -> Int {
        let others = world.tenants - 1
        if clerk % 2 == 0 { return 2 * (turn % (world.holders / 2)) }
        return 2 * (others * (turn % (world.holders / 2 / others)) + clerk / 2 % others) + 1
    }

    /// The peer: one sale per transaction, with the same reads and writes. It has no daemon, no JSON, no rules, and no
    /// lock of the audit chain.
    static func script(world: BenchWorld, isPipelined: Bool) -> String {
        let open = isPipelined ? "\\startpipeline\n" : ""
        let close = isPipelined ? "\\endpipeline\n" : ""
        let others = world.tenants - 1
        return """
            \\set clerk random(0, 255)
            \\set turn random(0, \(world.holders / 2 / others - 1))
            \\set other 2 * (\(others) * :turn + :clerk / 2 % \(others)) + 1
            \\set holder case when :clerk % 2 = 0 then 2 * :turn else :other end
            \\set tenant case when :clerk % 2 = 0 then 0 else :clerk / 2 % \(others) + 1 end
            \(open)begin;
            select set_config('ksbd.tenants', bench_id(1, :tenant)::text, true),
                set_config('ksbd.cross_look_up', 'on', true);
            select method, params_hash, reply, is_refusal, is_sealed from idempotency
                where card_system_id = bench_id(1, :tenant) and principal_id = bench_id(36, :clerk)
                and key = 'a-' || :client_id || '-' || :holder || '-' || :clerk;
            select id from ledger_account where owner_id = bench_id(6, :holder) and unit = 'point' for no key update;
            select c.id, c.number, c.status, c.is_group_pass, h.status, h.date_of_birth from card c
                join pass_holder h on h.id = c.holder_id
                where c.chip_number = '04' || upper(lpad(to_hex(:holder::bigint), 12, '0'));
            select m.card_system_id, m.status, m.opportunity_end_date, s.opportunity_grace_days, p.municipality_id
                from membership m join card_system s on s.id = m.card_system_id
                join pass_holder h on h.id = m.holder_id
                left join municipality_postal_code p on p.card_system_id = s.id and p.postal_code = h.postal_code
                where m.holder_id = bench_id(6, :holder);
            select e.*, o.name from event e join organizer o on o.id = e.organizer_id where e.id = bench_sold(:clerk);
            select s.id, s.name, s.ticket_hold_minutes, w.id, w.ticket_limit_volume, w.distribution_key_id
                from event e join counter w on w.organizer_id = e.organizer_id
                join counter_card_system k on k.counter_id = w.id join card_system s on s.id = k.card_system_id
                where e.id = bench_sold(:clerk);
            select * from event_card_system_set where event_id = bench_sold(:clerk) order by id desc limit 1;
            select t.* from distribution_key k join distribution_key_term t on t.distribution_key_id = k.id
                where k.card_system_id = bench_id(1, :tenant) order by t.valid_from desc limit 1;
            select count(*), max(event_slot) from ticket_sale where event_id = bench_sold(:clerk)
                and holder_id = bench_id(6, :holder) and event_period_start = '2026-01-02';
            select id, owner_id from ledger_account where unit = 'eur'
                and owner_id in (bench_id(30, :tenant), bench_id(3, :tenant));
            insert into ticket_sale (id, order_id, card_system_id, event_id, counter_id, account_id,
                organizer_counter_id, holder_id, card_id, card_number, tariff, distribution_key_term_id,
                regular_price_cents, price_cents, is_off_list, event_period_start, event_slot, sold_at, confirmed_at,
                status, payers, payer_ids, payer_cents)
                values (bench_id(40, nextval('bench_sequence')), bench_id(41, currval('bench_sequence')),
                bench_id(1, :tenant), bench_sold(:clerk), bench_id(3, :tenant), bench_id(36, :clerk),
                bench_id(3, :tenant), bench_id(6, :holder), bench_id(7, :holder), '0000000000000', 'opportunity',
                bench_id(32, :tenant), 1000, 200, false, '2026-01-02', currval('bench_sequence'),
                '2026-01-02T12:00Z', '2026-01-02T12:00Z', 'confirmed', '{organizer,municipality}',
                array[bench_id(3, :tenant), bench_id(30, :tenant)], '{400,400}');
            insert into transfer (id, group_id, card_system_id, unit, debit_account_id, credit_account_id, amount,
                reason, reference_id, event_at, recorded_at) values (bench_id(42, currval('bench_sequence')),
                bench_id(40, currval('bench_sequence')), bench_id(1, :tenant), 'eur', bench_id(33, :tenant),
                bench_id(34, :tenant), 400, 'ticketSale', bench_id(40, currval('bench_sequence')),
                '2026-01-02T12:00Z', '2026-01-02T12:00Z');
            insert into idempotency (card_system_id, principal_id, key, method, params_hash, reply, is_refusal,
                created_at)
                values (bench_id(1, :tenant), bench_id(36, :clerk),
                's-' || :client_id || '-' || currval('bench_sequence'), 'ticketSale.register', '\\x\(paramsHash)',
                '\(reply)'::text::bytea, false, '2026-01-02T12:00Z');
            insert into audit (card_system_id, sequence, link, at, actor_kind, actor_id, counter_id, method, outcome,
                object_id, details, digest) values (bench_id(1, :tenant),
                2000000000 + currval('bench_sequence'), 0, '2026-01-02T12:00Z', 'account', bench_id(36, :clerk),
                bench_id(3, :tenant), 'ticketSale.register', 'done', bench_id(41, currval('bench_sequence')),
                '{"object":"ticketOrder","told":{"saleIds":["01938f3e-0000-7000-8000-000000000000"]}}', '\\x\(digest)');
            commit;
            \(close)
            """
    }

    private static let paramsHash = String(repeating: "5a", count: 33)
    private static let digest = String(repeating: "5a", count: 32)
    /// As long as an answer is.
    private static let reply = """
        {"orderId":"01938f3e-0000-7000-8000-000000000000","sales":[\(String(repeating: "0", count: 820))],\
        "totalCents":200}
        """
}
