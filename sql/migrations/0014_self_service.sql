-- Pass holders who help themselves: how they prove who they are, and what they ask for without a counter.

-- Whoever holds the token has proven card number and date of birth. Real time, as for all secrets.
create table registration_token (
    token_hash bytea primary key,
    holder_id uuid not null references pass_holder,
    expires_at timestamptz not null
);
create index registration_token_holder on registration_token (holder_id);
create index registration_token_expires on registration_token (expires_at);
grant select, insert, delete on registration_token to ksbd_app, ksbd_platform;

-- Wrong birth dates that were tried with a card on a day of real time: one row a card at most.
create table birth_date_misses (
    card_id uuid primary key references card,
    day date not null,
    count integer not null check (count >= 0)
);
grant select, insert, update on birth_date_misses to ksbd_platform;
grant select on birth_date_misses to ksbd_app;

-- A pass holder who checks in with the event's code does it at no counter and no pillar, but with an account.
alter table check_in drop constraint check_in_check;
alter table check_in add constraint check_in_place check (
    num_nonnulls(counter_id, pillar_id) <= 1 and num_nonnulls(counter_id, pillar_id, account_id) > 0);

alter table holder_login rename constraint holder_login_pkey to holder_login_account_taken;

-- Words of issuers that were used, each once, until they expire. Real time.
create table identity_use (
    nonce_hash bytea primary key,
    expires_at timestamptz not null
);
create index identity_use_expires on identity_use (expires_at);
grant select, insert on identity_use to ksbd_app, ksbd_platform;
grant delete on identity_use to ksbd_platform;

-- Where orders are paid to, and how many days they wait for it.
alter table card_system
    add payment_iban text,
    add payment_beneficiary text,
    add order_days integer not null default 14 check (order_days between 1 and 90),
    add constraint card_system_payment check ((payment_iban is null) = (payment_beneficiary is null));

-- What somebody orders online for himself and others. Nobody is a pass holder before it is paid (ORD-02).
create table registration_order (
    id uuid primary key,
    card_system_id uuid not null references card_system,
    state text not null check (state in ('pendingPayment', 'pendingLoginLink', 'completed', 'cancelled')),
    total_cents integer not null check (total_cents between 0 and 100000000),
    communication text not null constraint registration_order_communication unique
        check (communication ~ '^[0-9]{12}$'),
    -- As it was told to whoever pays.
    iban text not null,
    beneficiary text not null,
    language text not null check (language in ('nl', 'fr', 'en')),
    token_hash bytea not null unique,
    -- Real time.
    token_expires_at timestamptz not null,
    created_at timestamptz not null,
    lapses_at timestamptz not null,
    paid_cents integer,
    paid_on date,
    payment_reference text,
    confirmed_by uuid,
    confirmed_at timestamptz,
    cancelled_at timestamptz,
    cancel_reason text,
    version integer not null default 1,
    unique (card_system_id, id),
    check ((state = 'cancelled') = (cancelled_at is not null) and (cancelled_at is null) = (cancel_reason is null)),
    check (num_nulls(paid_cents, paid_on, payment_reference, confirmed_at) in (0, 4)),
    constraint registration_order_paid check (
        case when state in ('pendingPayment', 'cancelled') or total_cents = 0 then paid_cents is null
        else paid_cents is not null and paid_cents = total_cents end)
);
create index registration_order_list on registration_order (card_system_id, id);
create index registration_order_state on registration_order (card_system_id, state, id);
create index registration_order_lapses on registration_order (lapses_at) where state = 'pendingPayment';
call guard_tenant_table('registration_order');

create table registration_order_person (
    order_id uuid not null,
    card_system_id uuid not null,
    -- 0 for the main person.
    position integer not null check (position between 0 and 9),
    price_cents integer not null check (price_cents >= 0),
    asks_opportunity boolean not null,
    -- All that was said of the person, sealed; gone once he is a pass holder, or the order is cancelled.
    person_sealed bytea,
    holder_id uuid references pass_holder,
    primary key (order_id, position),
    foreign key (card_system_id, order_id) references registration_order (card_system_id, id),
    check (person_sealed is null or holder_id is null)
);
create index registration_order_person_holder on registration_order_person (holder_id) where holder_id is not null;
call guard_tenant_table('registration_order_person');
grant select, insert, update on registration_order, registration_order_person to ksbd_app, ksbd_platform;
