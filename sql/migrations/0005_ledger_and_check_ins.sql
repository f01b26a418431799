-- One double-entry ledger for everything that is counted, and the check-ins that earn points on it.

create table ledger_unit (
    code text primary key,
    -- Digits after the decimal point of one unit: cents have 2.
    scale smallint not null check (scale between 0 and 6)
);
insert into ledger_unit (code, scale) values ('point', 0), ('eur', 2);

create table ledger_account (
    id uuid primary key,
    unit text not null references ledger_unit,
    kind text not null,
    -- The person, merchant or campaign; the nil UUID for an account of the platform.
    owner_id uuid not null,
    normal_side text not null check (normal_side in ('debit', 'credit')),
    floor_rule text not null check (floor_rule in ('none', 'noOverdraft')),
    -- Kept only where there is a floor; the sum of the others is computed, so that none is a hot row.
    posted_debit bigint not null default 0,
    posted_credit bigint not null default 0,
    held_debit bigint not null default 0,
    held_credit bigint not null default 0,
    version integer not null default 1,
    constraint ledger_account_exists unique (owner_id, unit, kind),
    constraint ledger_account_counts check (
        posted_debit >= 0 and posted_credit >= 0 and held_debit >= 0 and held_credit >= 0),
    constraint ledger_account_no_overdraft check (
        floor_rule = 'none'
        or normal_side = 'credit' and posted_credit - posted_debit - held_debit >= 0
        or normal_side = 'debit' and posted_debit - posted_credit - held_credit >= 0)
) with (fillfactor = 80);
-- Where points come from, and where they go when they are exchanged: the platform's own accounts.
insert into ledger_account (id, unit, kind, owner_id, normal_side, floor_rule) values
    ('00000000-0000-7000-8000-000000000001', 'point', 'points.issued', '00000000-0000-0000-0000-000000000000', 'debit',
        'none'),
    ('00000000-0000-7000-8000-000000000002', 'point', 'points.spent', '00000000-0000-0000-0000-000000000000', 'credit',
        'none');

-- Debit and credit in one row: a transfer cannot fail to balance. No foreign keys, as their checks cost a quarter of
-- the check-in's speed; verify proves them.
create table transfer (
    id uuid primary key,
    group_id uuid not null,
    card_system_id uuid not null,
    unit text not null,
    debit_account_id uuid not null,
    credit_account_id uuid not null,
    amount bigint not null check (amount > 0),
    reason text not null,
    -- What it is about: a check-in, a redemption, a sale.
    reference_id uuid,
    reverses_id uuid constraint transfer_reversed_once unique,
    -- When it happened, and when it was written down: both business time.
    event_at timestamptz not null,
    recorded_at timestamptz not null,
    check (debit_account_id <> credit_account_id)
);
create index transfer_credit on transfer (credit_account_id, id);
create index transfer_debit on transfer (debit_account_id, id);
create index transfer_group on transfer (group_id);

create table hold (
    id uuid primary key,
    card_system_id uuid not null,
    unit text not null,
    debit_account_id uuid not null,
    credit_account_id uuid not null,
    amount bigint not null check (amount > 0),
    reason text not null,
    reference_id uuid,
    placed_at timestamptz not null,
    expires_at timestamptz not null,
    check (debit_account_id <> credit_account_id)
);
create index hold_expires on hold (expires_at);

-- How a hold ended: its key says that it ends once.
create table hold_end (
    hold_id uuid constraint hold_ends_once primary key references hold,
    card_system_id uuid not null,
    how text not null check (how in ('posted', 'voided', 'expired')),
    transfer_id uuid references transfer,
    ended_at timestamptz not null,
    check ((how = 'posted') = (transfer_id is not null))
);

create table check_in (
    id uuid primary key,
    card_system_id uuid not null,
    event_id uuid not null,
    holder_id uuid not null,
    card_id uuid not null,
    counter_id uuid,
    pillar_id uuid,
    account_id uuid,
    points integer not null,
    -- The period of the event's limit, and which of its places this one took; null once cancelled, or without a limit.
    period_start date,
    slot integer,
    checked_in_at timestamptz not null,
    cancelled_at timestamptz,
    cancelled_by uuid,
    cancel_reason text,
    version integer not null default 1,
    constraint check_in_slot unique (event_id, holder_id, period_start, slot),
    check ((counter_id is null) <> (pillar_id is null)),
    check (cancelled_at is null or slot is null)
);
create index check_in_holder on check_in (holder_id, id);
create index check_in_list on check_in (card_system_id, id);

create trigger transfer_is_append_only before update or delete or truncate on transfer execute function refuse_change();
create trigger hold_is_append_only before update or delete or truncate on hold execute function refuse_change();
create trigger hold_end_is_append_only before update or delete or truncate on hold_end execute function refuse_change();
