-- What a ticket costs a pass holder: distribution keys with their terms, the card systems of an event, coupons, and the
-- sales.

create function sum_of(numbers integer[]) returns bigint language sql immutable as $$
    select coalesce(sum(number), 0) from unnest(numbers) as number
$$;

-- The name of a key stays, what it says changes from an instant on: the term that began last is in force.
create table distribution_key_term (
    id uuid primary key,
    card_system_id uuid not null,
    distribution_key_id uuid not null,
    valid_from timestamptz not null,
    recorded_at timestamptz not null,
    recorded_by uuid,
    -- Applied without being chosen for an event.
    is_automatic boolean not null,
    -- percentPaid: the holder pays so many per cent; amountOff and fixedPrice: cents.
    discount_kind text not null check (discount_kind in ('percentPaid', 'amountOff', 'fixedPrice')),
    discount_value integer not null check (discount_value between 0 and 100000000),
    -- Conditions; all of them must hold. here: a status in this card system; anyCardSystem: in at least one.
    opportunity text check (opportunity in ('here', 'anyCardSystem')),
    price_below_cents integer check (price_below_cents > 0),
    age_from integer check (age_from between 0 and 150),
    age_until integer check (age_until between 0 and 150),
    -- Residents of these; empty = of all.
    municipality_ids uuid[] not null default '{}',
    maximum_regular_price_cents integer check (maximum_regular_price_cents > 0),
    -- Who pays what the holder does not, and in which proportion.
    payers text[] not null,
    payer_weights integer[] not null,
    constraint distribution_key_term_once unique (distribution_key_id, valid_from),
    check (discount_kind <> 'percentPaid' or discount_value <= 100),
    check (age_from <= age_until),
    check (payers <@ array['organizer', 'municipality', 'cardSystem', 'partner'] and cardinality(payers) >= 1),
    check (cardinality(payers) = cardinality(payer_weights) and 0 < all (payer_weights)),
    foreign key (card_system_id, distribution_key_id) references distribution_key (card_system_id, id)
);
create trigger distribution_key_term_is_append_only before update or delete or truncate on distribution_key_term
    execute function refuse_change();

alter table card_system
    -- Above it there is no opportunity tariff; null = always.
    add column opportunity_price_maximum_cents integer check (opportunity_price_maximum_cents > 0),
    -- How long a reservation of tickets lasts.
    add column ticket_hold_minutes integer not null default 15 check (ticket_hold_minutes between 1 and 1440);

-- Which card systems an event takes, and the keys that are chosen for it: each set replaces the one before. Without a
-- set it takes those of its organizer. The event itself may come later (EVC-05).
create table event_card_system_set (
    id uuid primary key,
    event_id uuid not null,
    valid_from timestamptz not null,
    set_by uuid
);
create index event_card_system_set_event on event_card_system_set (event_id, id desc);
create table event_card_system (
    set_id uuid not null references event_card_system_set,
    card_system_id uuid not null references card_system,
    is_enabled boolean not null,
    distribution_key_ids uuid[] not null default '{}',
    primary key (set_id, card_system_id),
    check (is_enabled or distribution_key_ids = '{}')
);
create trigger event_card_system_set_is_append_only before update or delete or truncate on event_card_system_set
    execute function refuse_change();
create trigger event_card_system_is_append_only before update or delete or truncate on event_card_system
    execute function refuse_change();

-- Granted by rule: who a coupon is for is asked when he buys, so that one for everybody costs nothing to create.
create table coupon (
    id uuid primary key,
    -- What the outside calls it: COUPON_<number>.
    number bigint generated always as identity constraint coupon_number unique,
    card_system_id uuid not null references card_system,
    -- Made for its residents by a municipality's administrator.
    municipality_id uuid,
    name text not null,
    description text,
    discount_kind text not null check (discount_kind in ('percentOff', 'amountOff', 'fixedPrice')),
    discount_value integer not null check (discount_value between 0 and 100000000),
    -- Who pays the discount: as this key shares, or as the coupon itself says.
    distribution_key_id uuid,
    payers text[],
    payer_weights integer[],
    -- Conditions on what is bought; empty lists = any.
    price_below_cents integer check (price_below_cents > 0),
    event_ids uuid[] not null default '{}',
    organizer_counter_ids uuid[] not null default '{}',
    -- Target: everyone, or any of the segments, or a named one (coupon_target).
    is_for_everyone boolean not null,
    segments jsonb not null default '[]' check (jsonb_typeof(segments) = 'array'),
    -- First and last day.
    valid_from date not null,
    valid_until date,
    holder_limit_volume integer check (holder_limit_volume > 0),
    holder_limit_period text check (holder_limit_period in ('absolute', 'day', 'week', 'month', 'quarter', 'year')),
    event_limit_volume integer check (event_limit_volume > 0),
    event_limit_period text check (event_limit_period in ('absolute', 'day', 'week', 'month', 'quarter', 'year')),
    total_limit_volume integer check (total_limit_volume > 0),
    total_limit_period text check (total_limit_period in ('absolute', 'day', 'week', 'month', 'quarter', 'year')),
    -- What it may cost those who pay the discount, and what it has, sales that are only reserved too.
    budget_cents bigint check (budget_cents > 0),
    budget_warning_percent integer not null default 80 check (budget_warning_percent between 1 and 100),
    spent_cents bigint not null default 0 check (spent_cents >= 0),
    status text not null default 'active' check (status in ('active', 'ended')),
    created_at timestamptz not null,
    created_by uuid,
    version integer not null default 1,
    unique (card_system_id, id),
    constraint coupon_budget check (spent_cents <= budget_cents),
    check (discount_kind <> 'percentOff' or discount_value between 1 and 100),
    check (valid_from <= valid_until),
    check ((holder_limit_volume is null) = (holder_limit_period is null)),
    check ((event_limit_volume is null) = (event_limit_period is null)),
    check ((total_limit_volume is null) = (total_limit_period is null)),
    check ((distribution_key_id is null) = (payers is not null) and (payers is null) = (payer_weights is null)),
    check (payers <@ array['organizer', 'municipality', 'cardSystem', 'partner'] and cardinality(payers) >= 1),
    check (cardinality(payers) = cardinality(payer_weights) and 0 < all (payer_weights)),
    foreign key (card_system_id, municipality_id) references municipality (card_system_id, id),
    foreign key (card_system_id, distribution_key_id) references distribution_key (card_system_id, id)
) with (fillfactor = 80);
create index coupon_card_system on coupon (card_system_id, id);

create table coupon_target (
    id uuid primary key,
    card_system_id uuid not null,
    coupon_id uuid not null,
    holder_id uuid references pass_holder,
    group_pass_id uuid references group_pass,
    check ((holder_id is null) <> (group_pass_id is null)),
    constraint coupon_target_holder unique (coupon_id, holder_id),
    constraint coupon_target_group_pass unique (coupon_id, group_pass_id),
    foreign key (card_system_id, coupon_id) references coupon (card_system_id, id)
);
create index coupon_target_of_holder on coupon_target (holder_id) where holder_id is not null;
create index coupon_target_of_group_pass on coupon_target (group_pass_id) where group_pass_id is not null;

-- How often a coupon was used by all, in a period: of one event, or of all (the nil UUID).
create table coupon_use (
    coupon_id uuid not null,
    card_system_id uuid not null,
    event_id uuid not null,
    period_start date not null,
    used integer not null constraint coupon_use_not_negative check (used >= 0),
    primary key (coupon_id, event_id, period_start),
    foreign key (card_system_id, coupon_id) references coupon (card_system_id, id)
) with (fillfactor = 80);

-- Tickets sold below the regular price. The card system is the one whose tariff or coupon it is.
create table ticket_sale (
    id uuid primary key,
    card_system_id uuid not null,
    -- Those that were asked for in one call.
    order_id uuid not null,
    event_id uuid not null,
    -- The counter that sold; null for an administrator.
    counter_id uuid,
    account_id uuid,
    -- The counter that organizes the event in this card system: its limit holds, and it is paid.
    organizer_counter_id uuid,
    holder_id uuid,
    group_pass_id uuid,
    card_id uuid not null,
    -- As it was used, whatever becomes of the card.
    card_number text not null,
    tariff text not null check (tariff in ('opportunity', 'coupon')),
    distribution_key_term_id uuid,
    coupon_id uuid,
    regular_price_cents integer not null check (regular_price_cents between 1 and 100000000),
    price_cents integer not null check (price_cents >= 0),
    price_label text,
    -- The regular price is none of those that the event lists.
    is_off_list boolean not null,
    -- Who pays what the holder does not: kinds, whom exactly, and cents.
    payers text[] not null,
    payer_ids uuid[] not null,
    payer_cents integer[] not null,
    status text not null check (status in ('reserved', 'confirmed', 'lapsed', 'cancelled')),
    -- The places that it takes in the limits of event, organizing counter and coupon; null when there is none, and once
    -- it was cancelled or lapsed.
    event_period_start date,
    event_slot integer,
    counter_period_start date,
    counter_slot integer,
    coupon_period_start date,
    coupon_slot integer,
    sold_at timestamptz not null,
    reserved_until timestamptz,
    confirmed_at timestamptz,
    ended_at timestamptz,
    ended_by uuid,
    end_reason text,
    version integer not null default 1,
    check ((holder_id is null) <> (group_pass_id is null)),
    check ((tariff = 'coupon') = (coupon_id is not null)),
    check (tariff = 'coupon' or distribution_key_term_id is not null),
    constraint ticket_sale_adds_up check (regular_price_cents - price_cents = sum_of(payer_cents)),
    check (cardinality(payers) = cardinality(payer_ids) and cardinality(payers) = cardinality(payer_cents)),
    check (0 <= all (payer_cents)),
    check (status <> 'reserved' or reserved_until is not null),
    check ((status in ('lapsed', 'cancelled')) = (ended_at is not null)),
    check (status in ('reserved', 'confirmed') or event_slot is null and counter_slot is null and coupon_slot is null),
    constraint ticket_sale_event_slot unique (event_id, holder_id, event_period_start, event_slot),
    constraint ticket_sale_counter_slot unique (organizer_counter_id, holder_id, counter_period_start, counter_slot),
    constraint ticket_sale_coupon_slot unique (coupon_id, holder_id, coupon_period_start, coupon_slot),
    constraint ticket_sale_coupon_slot_of_group unique (coupon_id, group_pass_id, coupon_period_start, coupon_slot)
);
create index ticket_sale_holder on ticket_sale (holder_id, id) where holder_id is not null;
create index ticket_sale_group_pass on ticket_sale (group_pass_id, id) where group_pass_id is not null;
create index ticket_sale_event on ticket_sale (event_id, id);
create index ticket_sale_list on ticket_sale (card_system_id, id);
create index ticket_sale_counter on ticket_sale (counter_id, id);
create index ticket_sale_order on ticket_sale (order_id);
create index ticket_sale_reserved on ticket_sale (reserved_until) where status = 'reserved';

do $$
declare
    name text;
begin
    foreach name in array array['distribution_key_term', 'event_card_system', 'coupon', 'coupon_target', 'coupon_use',
        'ticket_sale']
    loop
        call guard_tenant_table(name);
    end loop;
end
$$;
-- Events are everybody's, and so are the card systems that they take; a set names all of them.
create policy everyone on event_card_system for select to ksbd_app using (true);
create policy whole on event_card_system for insert to ksbd_app with check (true);
create policy self on ticket_sale for select to ksbd_app using (holder_id = (select ksbd_holder()));

grant select on distribution_key_term, event_card_system_set, event_card_system, coupon, coupon_target, coupon_use,
    ticket_sale to ksbd_app, ksbd_platform;
grant insert on distribution_key_term, event_card_system_set, event_card_system, coupon_target to ksbd_app,
    ksbd_platform;
grant insert, update on coupon, coupon_use, ticket_sale to ksbd_app, ksbd_platform;
grant delete on coupon_target to ksbd_app, ksbd_platform;
