-- The tenants: card systems, their municipalities, permission groups, counters with their staff.

create table card_system (
    id uuid primary key,
    name text not null constraint card_system_name_taken unique,
    website text,
    is_permanent boolean not null default true,
    allows_cardless_registration boolean not null default false,
    cardless_registration_type text not null default 'none'
        check (cardless_registration_type in ('all', 'regular', 'opportunity', 'none')),
    opportunity_info text,
    check_in_margin_before_minutes integer not null default 60
        check (check_in_margin_before_minutes between 0 and 1440),
    check_in_margin_after_minutes integer not null default 60 check (check_in_margin_after_minutes between 0 and 1440),
    opportunity_grace_days integer not null default 30 check (opportunity_grace_days between 0 and 366),
    fixed_event_warning_days integer not null default 7 check (fixed_event_warning_days between 0 and 90),
    created_at timestamptz not null,
    version integer not null default 1
);

create table municipality (
    id uuid primary key,
    card_system_id uuid not null references card_system,
    name text not null,
    contact_email text,
    allows_cardless_registration boolean not null default false,
    latitude_microdegrees integer,
    longitude_microdegrees integer,
    version integer not null default 1,
    constraint municipality_taken unique (card_system_id, name),
    unique (card_system_id, id),
    check ((latitude_microdegrees is null) = (longitude_microdegrees is null))
);

create table municipality_postal_code (
    card_system_id uuid not null,
    municipality_id uuid not null,
    postal_code text not null check (postal_code ~ '^[1-9][0-9]{3}$'),
    constraint postal_code_taken primary key (card_system_id, postal_code),
    foreign key (card_system_id, municipality_id) references municipality (card_system_id, id)
);

create table role_grant (
    account_id uuid not null references account,
    role text not null check (role in ('operator', 'cardSystemAdministrator', 'municipalityAdministrator')),
    -- The nil UUID where the role has none, so that both can stand in the key.
    card_system_id uuid not null,
    municipality_id uuid not null,
    granted_at timestamptz not null,
    granted_by uuid,
    constraint role_held primary key (account_id, role, card_system_id, municipality_id)
);

create table permission_group (
    id uuid primary key,
    card_system_id uuid not null references card_system,
    name text not null,
    permissions text[] not null,
    version integer not null default 1,
    constraint permission_group_name_taken unique (card_system_id, name),
    unique (card_system_id, id)
);

create table distribution_key (
    id uuid primary key,
    card_system_id uuid not null references card_system,
    name text not null,
    holder_percent integer not null check (holder_percent between 0 and 100),
    organizer_percent integer not null check (organizer_percent between 0 and 100),
    government_percent integer not null check (government_percent between 0 and 100),
    constraint distribution_key_name_taken unique (card_system_id, name),
    unique (card_system_id, id),
    constraint distribution_key_adds_up check (holder_percent + organizer_percent + government_percent = 100)
);

create table counter (
    id uuid primary key,
    -- The card system that it was made for. It may work in others: counter_card_system.
    card_system_id uuid not null references card_system,
    name text not null,
    key text,
    status text not null default 'created' check (status in ('created', 'active')),
    municipality_id uuid,
    organizer_id uuid,
    location_ids uuid[] not null default '{}',
    is_point_of_sale boolean not null default false,
    is_school boolean not null default false,
    street text,
    postal_code text,
    city text,
    phone text,
    contact_email text,
    -- Where payouts go, since when, and what it would be once a second person has confirmed it.
    iban text,
    iban_since timestamptz,
    proposed_iban text,
    iban_proposed_by uuid,
    distribution_key_id uuid,
    ticket_limit_volume integer check (ticket_limit_volume > 0),
    ticket_limit_period text check (ticket_limit_period in ('absolute', 'day', 'week', 'month', 'quarter', 'year')),
    created_at timestamptz not null,
    activated_at timestamptz,
    version integer not null default 1,
    constraint counter_name_taken unique (card_system_id, name),
    constraint counter_key_taken unique (card_system_id, key),
    unique (card_system_id, id),
    check ((ticket_limit_volume is null) = (ticket_limit_period is null)),
    check ((iban is null) = (iban_since is null)),
    check ((proposed_iban is null) = (iban_proposed_by is null)),
    foreign key (card_system_id, municipality_id) references municipality (card_system_id, id),
    foreign key (card_system_id, distribution_key_id) references distribution_key (card_system_id, id)
);
create index counter_organizer on counter (organizer_id);

-- The card systems that a counter works in, its own among them.
create table counter_card_system (
    counter_id uuid not null references counter,
    card_system_id uuid not null references card_system,
    primary key (counter_id, card_system_id)
);

create table counter_permission_group (
    counter_id uuid not null,
    card_system_id uuid not null,
    permission_group_id uuid not null,
    primary key (counter_id, permission_group_id),
    foreign key (counter_id, card_system_id) references counter_card_system (counter_id, card_system_id),
    foreign key (card_system_id, permission_group_id) references permission_group (card_system_id, id)
);

create table counter_member (
    counter_id uuid not null,
    card_system_id uuid not null,
    account_id uuid not null references account,
    role text not null check (role in ('admin', 'member')),
    added_at timestamptz not null,
    added_by uuid,
    -- Real time: the list to choose from begins with it.
    last_chosen_at timestamptz,
    constraint counter_member_exists primary key (counter_id, account_id),
    foreign key (card_system_id, counter_id) references counter (card_system_id, id)
);
create index counter_member_account on counter_member (account_id);
