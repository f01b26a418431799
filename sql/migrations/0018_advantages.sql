-- What a pass gives: advantages with their codes, and who took which.

-- Since when it takes part: who became a member before is not welcomed.
alter table municipality add column joined_on date;

create table advantage (
    id uuid primary key,
    -- Whose it is. Others may take part: all_card_systems, card_system_ids.
    card_system_id uuid not null references card_system,
    -- The municipality that offers it.
    municipality_id uuid,
    type text not null check (type in ('welcome', 'exchange')),
    status text not null default 'active' check (status in ('active', 'inactive', 'deleted')),
    title jsonb not null,
    -- The title in all languages in lower case, the main one first: what a search looks into, and a list is ordered by.
    title_key text not null,
    promotional_text jsonb not null,
    practical_info jsonb,
    -- First and last days; null = open.
    published_from date not null,
    published_until date,
    granted_from date,
    granted_until date,
    exchange_from date,
    exchange_until date,
    points integer not null check (points between 0 and 1000000),
    categories text[] not null default '{}',
    more_info_url text,
    picture_urls text[] not null default '{}',
    is_for_kids boolean not null default false,
    is_sport boolean not null default false,
    is_featured boolean not null default false,
    is_online boolean not null default false,
    -- How many there are: null = unlimited, 0 = none.
    units integer check (units >= 0),
    units_taken integer not null default 0,
    holder_limit_volume integer check (holder_limit_volume > 0),
    holder_limit_period text check (holder_limit_period in ('absolute', 'day', 'week', 'month', 'quarter', 'year')),
    total_limit_volume integer check (total_limit_volume > 0),
    total_limit_period text check (total_limit_period in ('absolute', 'day', 'week', 'month', 'quarter', 'year')),
    -- Whose residents may take it; empty = everybody.
    municipality_ids uuid[] not null default '{}',
    -- Whose members may take it.
    all_card_systems boolean not null,
    card_system_ids uuid[] not null default '{}',
    -- Where it is taken; empty = at all counters of those card systems.
    counter_ids uuid[] not null default '{}',
    -- The same in one list, for its index: the counters, or the card systems, or the nil UUID for all of them.
    places uuid[] not null generated always as (
        case when counter_ids <> '{}' then counter_ids
            when all_card_systems then array['00000000-0000-0000-0000-000000000000'::uuid]
            else card_system_ids end) stored,
    -- What is told to who took it online.
    redeem_text jsonb,
    redeem_link text,
    redeem_label jsonb,
    -- Codes that were ever added and not made void, and those of them that are still to be had. None: without codes.
    codes_added integer not null default 0,
    codes_left integer not null default 0,
    -- The administration is told when fewer than so many codes are left.
    code_warning_below integer not null default 10 check (code_warning_below between 0 and 1000000),
    entered_at timestamptz not null,
    entered_by uuid,
    version integer not null default 1,
    unique (card_system_id, id),
    constraint advantage_units check (0 <= units_taken and units_taken <= units),
    constraint advantage_codes check (0 <= codes_left and codes_left <= codes_added),
    check (type = 'exchange' or points = 0 and categories = '{}'),
    check (type = 'welcome' or points > 0 and categories <> '{}' and more_info_url is not null),
    check (categories <@ array['foodAndDrink', 'activity', 'gadget', 'goodCause']),
    check (type = 'welcome' or granted_from is null and granted_until is null),
    -- A welcome is taken once (R-142).
    check (type = 'exchange' or coalesce(holder_limit_volume = 1 and holder_limit_period = 'absolute', false)),
    check (published_from <= published_until),
    check (granted_from <= granted_until),
    check (exchange_from <= exchange_until),
    check ((holder_limit_volume is null) = (holder_limit_period is null)),
    check ((total_limit_volume is null) = (total_limit_period is null)),
    check (all_card_systems = (card_system_ids = '{}')),
    check (is_online or redeem_text is null and redeem_link is null and redeem_label is null and codes_added = 0),
    foreign key (card_system_id, municipality_id) references municipality (card_system_id, id)
) with (fillfactor = 80);
create index advantage_card_system on advantage (card_system_id, id);
create index advantage_places on advantage using gin (places) where status = 'active';
create index advantage_card_systems on advantage using gin (card_system_ids) where status <> 'deleted';
-- What a list is ordered by.
create index advantage_title on advantage (title_key, id) where status <> 'deleted';
create index advantage_points on advantage (points, id) where status <> 'deleted';
create index advantage_entered on advantage (entered_at, id) where status <> 'deleted';
create index advantage_published on advantage (published_from, id) where status <> 'deleted';
create index advantage_exchange_until on advantage ((coalesce(exchange_until, 'infinity'::date)), id)
    where status <> 'deleted';

-- What an advantage said from an instant on, whole, as the row was then.
create table advantage_history (
    id uuid primary key,
    card_system_id uuid not null,
    advantage_id uuid not null,
    version integer not null,
    valid_from timestamptz not null,
    recorded_by uuid,
    terms jsonb not null,
    constraint advantage_history_version unique (advantage_id, version),
    foreign key (card_system_id, advantage_id) references advantage (card_system_id, id)
);
create trigger advantage_history_is_append_only before update or delete or truncate on advantage_history
    execute function refuse_change();

-- How many all holders together took in a period, where there is a limit to that. Kept for the period that is now; the
-- row of the advantage is locked first.
create table advantage_use (
    advantage_id uuid not null,
    card_system_id uuid not null,
    period text not null check (period in ('absolute', 'day', 'week', 'month', 'quarter', 'year')),
    period_start date not null,
    used integer not null constraint advantage_use_not_negative check (used >= 0),
    primary key (advantage_id, period, period_start),
    foreign key (card_system_id, advantage_id) references advantage (card_system_id, id)
) with (fillfactor = 80);

-- Codes that are handed out, each with one redemption. It stays used when that is cancelled.
create table advantage_code (
    id uuid primary key,
    card_system_id uuid not null,
    advantage_id uuid not null,
    code text not null check (length(code) between 1 and 100),
    status text not null default 'free' check (status in ('free', 'used', 'void')),
    redemption_id uuid constraint advantage_code_redemption unique,
    added_at timestamptz not null,
    added_by uuid,
    voided_at timestamptz,
    voided_by uuid,
    void_reason text,
    constraint advantage_code_once unique (advantage_id, code),
    check ((status = 'used') = (redemption_id is not null)),
    check ((status = 'void') = (voided_at is not null)),
    foreign key (card_system_id, advantage_id) references advantage (card_system_id, id)
);
create index advantage_code_free on advantage_code (advantage_id, id) where status = 'free';
create index advantage_code_list on advantage_code (advantage_id, id);

-- An advantage that was taken. The card system is the one in which it was taken.
create table redemption (
    id uuid primary key,
    card_system_id uuid not null,
    advantage_id uuid not null,
    -- Whose the advantage is.
    owner_card_system_id uuid not null,
    holder_id uuid not null,
    card_id uuid,
    -- As it was used, whatever becomes of the card.
    card_number text,
    -- Null when it was taken online.
    counter_id uuid,
    account_id uuid,
    points integer not null check (points >= 0),
    code_id uuid,
    -- The period of the holder's limit, and which of its places this one took; null once cancelled, or without a limit.
    period_start date,
    slot integer,
    redeemed_at timestamptz not null,
    cancelled_at timestamptz,
    cancelled_by uuid,
    cancel_reason text,
    version integer not null default 1,
    constraint redemption_slot unique (advantage_id, holder_id, period_start, slot),
    check ((card_id is null) = (card_number is null)),
    check (cancelled_at is null or slot is null)
);
create index redemption_holder on redemption (holder_id, id);
create index redemption_advantage on redemption (advantage_id, id);
create index redemption_list on redemption (card_system_id, id);
create index redemption_owner on redemption (owner_card_system_id, id);
create index redemption_counter on redemption (counter_id, id);

-- Who became a member since: whom a welcome was granted to.
create index membership_since on membership (card_system_id, since);

do $$
declare
    name text;
begin
    foreach name in array array['advantage', 'advantage_history', 'advantage_use', 'advantage_code', 'redemption']
    loop
        call guard_tenant_table(name);
    end loop;
end
$$;

-- Whether the members of these card systems may take an advantage.
create function applies_here(all_card_systems boolean, card_system_ids uuid[]) returns boolean
    language sql stable parallel safe as $$
    select all_card_systems or card_system_ids && ksbd_tenants()::uuid[]
$$;
-- An advantage that may be had is known to everybody, and counted wherever it is taken.
create policy known on advantage for select to ksbd_app
    using (status = 'active' or applies_here(all_card_systems, card_system_ids));
create policy taken on advantage for update to ksbd_app using (applies_here(all_card_systems, card_system_ids));
create policy taken on advantage_use to ksbd_app using (exists (
    select from advantage a where a.id = advantage_id and applies_here(a.all_card_systems, a.card_system_ids)));
create policy shown on advantage_code for select to ksbd_app using (exists (
    select from advantage a where a.id = advantage_id and applies_here(a.all_card_systems, a.card_system_ids)));
create policy taken on advantage_code for update to ksbd_app using (exists (
    select from advantage a where a.id = advantage_id and applies_here(a.all_card_systems, a.card_system_ids)));
create policy owner on redemption for select to ksbd_app
    using (owner_card_system_id = any ((select ksbd_tenants())::uuid[]));
create policy self on redemption for select to ksbd_app using (holder_id = (select ksbd_holder()));

grant select on advantage, advantage_history, advantage_use, advantage_code, redemption to ksbd_app, ksbd_platform;
grant insert on advantage_history to ksbd_app, ksbd_platform;
grant insert, update on advantage, advantage_use, advantage_code, redemption to ksbd_app, ksbd_platform;
