-- What UiTdatabank publishes (for everybody, one per cdbid), and the pillars that show it.

create table organizer (
    id uuid primary key,
    name jsonb not null,
    name_key text not null,
    address jsonb,
    document_modified timestamptz not null,
    content_hash bytea not null,
    version integer not null default 1
);

create table place (
    id uuid primary key,
    name jsonb not null,
    name_key text not null,
    address jsonb,
    document_modified timestamptz not null,
    content_hash bytea not null,
    version integer not null default 1
);

create table event (
    id uuid primary key,
    organizer_id uuid,
    place_id uuid,
    name jsonb not null,
    -- All languages in lower case, each on a line, the main one first: what a search by name looks into.
    name_key text not null,
    place_name jsonb,
    place_address jsonb,
    workflow_status text not null
        check (workflow_status in ('draft', 'readyForValidation', 'approved', 'rejected', 'deleted')),
    available_from timestamptz,
    available_to timestamptz,
    status text not null check (status in ('available', 'temporarilyUnavailable', 'unavailable')),
    is_sold_out boolean not null default false,
    -- The calendar in the words of the document; EventDocument reads it.
    calendar jsonb not null,
    -- The bounds of all openings; null = open-ended.
    starts_at timestamptz,
    ends_at timestamptz,
    price_info jsonb,
    check_in_points integer not null default 1 check (check_in_points between 0 and 20),
    check_in_limit_volume integer default 1 check (check_in_limit_volume > 0),
    check_in_limit_period text default 'day'
        check (check_in_limit_period in ('absolute', 'day', 'week', 'month', 'quarter', 'year')),
    ticket_limit_volume integer check (ticket_limit_volume > 0),
    ticket_limit_period text check (ticket_limit_period in ('absolute', 'day', 'week', 'month', 'quarter', 'year')),
    check_in_code text not null unique,
    document_modified timestamptz not null,
    content_hash bytea not null,
    version integer not null default 1,
    check ((check_in_limit_volume is null) = (check_in_limit_period is null)),
    check ((ticket_limit_volume is null) = (ticket_limit_period is null))
);
create index event_organizer on event (organizer_id, id);
create index event_place on event (place_id);
create index event_ends on event (ends_at);

create table pillar (
    id uuid primary key,
    card_system_id uuid not null references card_system,
    name text not null,
    status text not null default 'active' check (status in ('active', 'retired')),
    shows_check_in_code boolean not null default false,
    when_fixed_event_ends text not null default 'strict' check (when_fixed_event_ends in ('strict', 'fallback')),
    fixed_event_id uuid references event,
    chosen_event_id uuid references event,
    -- The set-up code, hashed: one use, until it expires. Real time, as for all secrets.
    set_up_code_hash bytea constraint pillar_set_up_code unique,
    set_up_code_expires_at timestamptz,
    set_up_code_used_at timestamptz,
    device_id text,
    credential_hash bytea constraint pillar_credential unique,
    first_login_at timestamptz,
    created_at timestamptz not null,
    version integer not null default 1,
    constraint pillar_name_taken unique (card_system_id, name),
    unique (card_system_id, id)
);

create table pillar_counter (
    card_system_id uuid not null,
    pillar_id uuid not null,
    counter_id uuid not null,
    primary key (pillar_id, counter_id),
    foreign key (card_system_id, pillar_id) references pillar (card_system_id, id),
    foreign key (card_system_id, counter_id) references counter (card_system_id, id)
);
create index pillar_counter_counter on pillar_counter (counter_id);

create table session (
    id uuid primary key,
    token_hash bytea not null unique,
    account_id uuid not null references account,
    -- The counter that was chosen after login.
    counter_id uuid references counter,
    created_at timestamptz not null,
    last_used_at timestamptz not null,
    ends_at timestamptz not null,
    ended_at timestamptz
);
create index session_account on session (account_id) where ended_at is null;
create index session_ends on session (ends_at);
