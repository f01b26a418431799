-- What holds for the whole database: which world it is, its clock, and how changes are told.

-- The card systems that this transaction may see. Empty, not null, once a transaction-local setting has ended.
create function ksbd_tenants() returns uuid[] language sql stable parallel safe as $$
    select string_to_array(nullif(current_setting('ksbd.tenants', true), ''), ',')::uuid[]
$$;

create table platform (
    is_only boolean primary key default true check (is_only),
    -- Fixed when the database is made: only a test or demo world may move its clock.
    world text not null check (world in ('production', 'test', 'demo')),
    -- Business time minus real time.
    clock_offset_microseconds bigint not null default 0 check (clock_offset_microseconds >= 0),
    event_points_maximum integer not null default 20 check (event_points_maximum between 0 and 20),
    -- Counts the changes that were told, so that a listener knows when it missed one.
    change_sequence bigint not null default 0
);

-- Tells all daemons that a row of a cached table changed: "<sequence> <table> <id>". Deferred to the commit, so that
-- the one row that orders all changes is locked last and shortly.
create function tell_change() returns trigger language plpgsql security definer set search_path = public as $$
declare
    sequence bigint;
    id text;
begin
    id := coalesce(to_jsonb(new) ->> tg_argv[0], to_jsonb(old) ->> tg_argv[0]);
    update platform set change_sequence = change_sequence + 1 returning change_sequence into sequence;
    perform pg_notify('ksbd_change', sequence || ' ' || tg_table_name || ' ' || id);
    return null;
end
$$;

create function refuse_change() returns trigger language plpgsql as $$
begin
    raise exception '% is append-only', tg_table_name using errcode = 'restrict_violation';
end
$$;

-- Real time: when sessions end and tokens lapse is not business time.
create table account (
    id uuid primary key,
    email text not null,
    -- Lower case, what logins are compared with.
    email_key text not null constraint account_email_taken unique,
    name text not null,
    language text not null default 'nl' check (language in ('nl', 'fr', 'en')),
    password_salt bytea not null,
    password_hash bytea not null,
    email_confirmed_at timestamptz,
    failed_logins integer not null default 0,
    last_failed_at timestamptz,
    locked_at timestamptz,
    created_at timestamptz not null,
    version integer not null default 1
);

create table account_token (
    token_hash bytea primary key,
    account_id uuid not null references account,
    purpose text not null check (purpose in ('confirmEmail')),
    expires_at timestamptz not null,
    used_at timestamptz
);

-- Mail that waits to be sent; the operator can read it until mail is configured.
create table mail (
    id uuid primary key,
    to_address text not null,
    subject text not null,
    body text not null,
    created_at timestamptz not null
);

create table security_event (
    id uuid primary key,
    at timestamptz not null,
    kind text not null,
    source text,
    account_id uuid,
    pillar_id uuid
);
create index security_event_at on security_event (at);
