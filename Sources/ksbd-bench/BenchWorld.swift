import CardMethods
import Postgres

/// The world that both sides are measured in, put into the tables by SQL: ids follow from numbers, so that a baseline
/// in plain SQL can name rows without asking for them.
struct BenchWorld {
    var tenants = 20
    var holders = 100_000
    var pillars = 12_000
    /// The first pillars each have an event of their own; all others share one.
    var events = 2000
    /// Members of counters' staff, each with a session.
    var staff = 256
    /// Advantages of the same card system, for each number below the stride.
    var shelves = 50

    /// Numbers that differ by this are of one card system.
    var stride: Int { 2 * (tenants - 1) }
    var advantages: Int { stride * shelves }

    /// The credential of a pillar; the tables hold its SHA-256.
    static func credential(_ pillar: Int) -> String { "ksp_bench\(pillar)" }

    /// The session of a member of staff.
    static func session(_ member: Int) -> String { "kss_bench\(member)" }

    /// The id of an advantage.
    static func advantage(_ number: Int) -> String {
        let hex = String(number, radix: 16)
        return "0000000d-0000-7000-8000-" + String(repeating: "0", count: 12 - hex.count) + hex
    }

    /// The chip of a holder's card.
    static func chip(_ holder: Int) -> String {
        let hex = String(holder, radix: 16, uppercase: true)
        return "04" + String(repeating: "0", count: 12 - hex.count) + hex
    }

    /// Fills empty tables. One card system has half of the pillars, as the largest region has of the load.
    func load(_ connection: Connection) throws {
        let statements = Self.script.replacing("TENANTS", with: String(tenants)).replacing(
            "HOLDERS", with: String(holders)
        )
        .replacing("PILLARS", with: String(pillars)).replacing("EVENTS", with: String(events))
        .replacing("STAFF", with: String(staff)).replacing("ADVANTAGES", with: String(advantages))
        try connection.script(statements)
        try connection.script("vacuum analyze")
    }

    /// `kind(n)` makes the id of the n-th row of a kind.
    private static let script = """
        create function bench_id(kind integer, n bigint) returns uuid language sql immutable parallel safe as $$
            select (lpad(to_hex(kind), 8, '0') || '00007000' || '8000' || lpad(to_hex(n), 12, '0'))::uuid $$;
        -- Half of all rows belong to the first card system.
        create function bench_tenant(n bigint) returns uuid language sql immutable parallel safe as $$
            select bench_id(1, case when n % 2 = 0 then 0 else n / 2 % (TENANTS - 1) + 1 end) $$;
        -- The number on a holder's card, with Luhn's check digit.
        create function bench_number(n bigint) returns text language sql immutable parallel safe as $$
            select body || (10 - sum(case when i % 2 = 1 then d when d > 4 then d * 2 - 9 else d * 2 end) % 10) % 10
            from (select lpad(n::text, 11, '0') || '0' as body) as b, generate_series(1, 12) i,
                lateral (select substr(body, i, 1)::integer as d) as digit group by body $$;
        insert into card_system (id, name, created_at)
            select bench_id(1, n), 'Region ' || n, '2026-01-01' from generate_series(0, TENANTS - 1) n;
        insert into tenant_head (card_system_id, hash)
            select bench_id(1, n), sha256('') from generate_series(0, TENANTS - 1) n;
        insert into organizer (id, name, name_key, document_modified, content_hash)
            select bench_id(2, n), '{"main": "nl", "nl": "Organizer"}', 'organizer', '2026-01-01', '\\x' from
                generate_series(0, TENANTS - 1) n;
        insert into counter (id, card_system_id, name, status, organizer_id, created_at)
            select bench_id(3, n), bench_id(1, n), 'Counter', 'active', bench_id(2, n), '2026-01-01'
            from generate_series(0, TENANTS - 1) n;
        insert into counter_card_system (counter_id, card_system_id)
            select bench_id(3, n), bench_id(1, n) from generate_series(0, TENANTS - 1) n;
        insert into event (id, organizer_id, name, name_key, workflow_status, status, calendar, check_in_points,
            check_in_limit_volume, check_in_limit_period, check_in_code, document_modified, content_hash)
            select bench_id(4, n), bench_id(2, n % TENANTS), '{"main": "nl", "nl": "Open sporthal in het dorp"}',
                'sporthal', 'approved',
                'available', '{"calendarType": "permanent", "openingHours": []}', 1, 1, 'day',
                'BENCH' || n, '2026-01-01', '\\x'
            from generate_series(0, EVENTS - 1) n;
        insert into pillar (id, card_system_id, name, fixed_event_id, credential_hash, created_at, device_id)
            select bench_id(5, n), bench_tenant(n), 'CID-' || n, bench_id(4, least(n, EVENTS - 1)),
                sha256(('ksp_bench' || n)::bytea), '2026-01-01', 'device' || n
            from generate_series(0, PILLARS - 1) n;
        insert into pillar_counter (card_system_id, pillar_id, counter_id)
            select p.card_system_id, p.id, c.id from pillar p join counter c on c.card_system_id = p.card_system_id;
        insert into pass_holder (id, first_name, name, name_key, first_name_key, date_of_birth, postal_code, city,
            insz_sealed, insz_index, insz_masked, registered_at)
            select bench_id(6, n), 'An', 'Peeters ' || n, 'peeters ' || n, 'an', '1990-01-01',
                (1000 + n % 9000)::text, 'Eeklo', '\\x01'::bytea || sha256(n::text::bytea) || '\\x00'::bytea,
                '\\x01'::bytea || sha256(n::text::bytea), '*********00', '2026-01-01'
            from generate_series(0, HOLDERS - 1) n;
        insert into card (id, card_system_id, number, chip_number, type, status, holder_id, changed_at)
            select bench_id(7, n), bench_tenant(n), bench_number(n), '04' || upper(lpad(to_hex(n), 12,
                '0')),
                'nfcCard', 'active', bench_id(6, n), '2026-01-01' from generate_series(0, HOLDERS - 1) n;
        insert into card_step (card_id, version, card_system_id, step, to_status, at)
            select id, version, card_system_id, 'add', status, changed_at from card;
        insert into membership (id, card_system_id, holder_id, current_card_id, since)
            select bench_id(8, n), bench_tenant(n), bench_id(6, n), bench_id(7, n), '2026-01-01'
            from generate_series(0, HOLDERS - 1) n;
        insert into ledger_account (id, unit, kind, owner_id, normal_side, floor_rule, posted_credit)
            select bench_id(9, n), 'point', 'points.holder', bench_id(6, n), 'credit', 'noOverdraft', 1000000
            from generate_series(0, HOLDERS - 1) n;
        insert into permission_group (id, card_system_id, name, permissions)
            select bench_id(10, n), bench_id(1, n), 'Everything', array['advantage.redeem']
            from generate_series(0, TENANTS - 1) n;
        insert into counter_permission_group (counter_id, card_system_id, permission_group_id)
            select bench_id(3, n), bench_id(1, n), bench_id(10, n) from generate_series(0, TENANTS - 1) n;
        insert into account (id, email, email_key, name, password_salt, password_hash, email_confirmed_at, created_at)
            select bench_id(11, n), 'a' || n || '@example.org', 'a' || n || '@example.org', 'An', '', '', '2026-01-01',
                '2026-01-01'
            from generate_series(0, STAFF - 1) n;
        insert into counter_member (counter_id, card_system_id, account_id, role, added_at)
            select c.id, c.card_system_id, bench_id(11, n), 'member', '2026-01-01'
            from generate_series(0, STAFF - 1) n join counter c on c.card_system_id = bench_tenant(n);
        insert into session (id, token_hash, account_id, counter_id, created_at, last_used_at, ends_at)
            select bench_id(12, n), sha256(('kss_bench' || n)::bytea), bench_id(11, n), c.id, current_timestamp,
                current_timestamp, current_timestamp + interval '1 day'
            from generate_series(0, STAFF - 1) n join counter c on c.card_system_id = bench_tenant(n);
        insert into advantage (id, card_system_id, type, title, title_key, promotional_text, published_from, points,
            categories, more_info_url, units, holder_limit_volume, holder_limit_period, all_card_systems, entered_at)
            select bench_id(13, n), bench_tenant(n), 'exchange', '{"main": "nl", "nl": "Een drankje in de zaal"}',
                'een drankje', '{"main": "nl", "nl": "Iets fris"}', '2026-01-01', 1, array['foodAndDrink'],
                'https://example.org', 1000000000, 1, 'day', true, '2026-01-01'
            from generate_series(0, ADVANTAGES - 1) n;
        create sequence bench_sequence cache 1000;
        grant usage on bench_sequence to ksbd_app;
        """
}
