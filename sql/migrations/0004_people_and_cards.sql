-- Pass holders (people, across card systems), their memberships, and cards from stock to block.

create table pass_holder (
    id uuid primary key,
    first_name text not null,
    name text not null,
    -- Lower case, what a search by name is compared with.
    name_key text not null,
    first_name_key text not null,
    date_of_birth date not null,
    gender text check (gender in ('female', 'male', 'x')),
    nationality text,
    place_of_birth text,
    email text,
    -- Lower case: a function's result could not be looked up in an index under row-level security.
    email_key text,
    phone text,
    mobile text,
    street text,
    postal_code text not null,
    city text not null,
    country text not null default 'BE' check (country ~ '^[A-Z]{2}$'),
    -- AES-GCM under the key that the first byte names; the index is a keyed hash of the number.
    insz_sealed bytea,
    insz_index bytea constraint insz_taken unique,
    insz_masked text,
    status text not null default 'active' check (status in ('active', 'blocked')),
    opt_ins text[] not null default '{}',
    parental_consent boolean not null default false,
    legal_terms_paper boolean not null default false,
    legal_terms_digital boolean not null default false,
    registration_counter_id uuid,
    registered_at timestamptz not null,
    version integer not null default 1,
    check ((email is null) = (email_key is null)),
    check ((insz_sealed is null) = (insz_index is null) and (insz_index is null) = (insz_masked is null))
);
-- What pass holders are listed by, and found by.
create index pass_holder_name on pass_holder ((name_key || ' ' || first_name_key), id);
create index pass_holder_email on pass_holder (email_key);
create index pass_holder_postal_code on pass_holder (postal_code);
create index pass_holder_date_of_birth on pass_holder (date_of_birth);

create table membership (
    id uuid primary key,
    card_system_id uuid not null references card_system,
    holder_id uuid not null references pass_holder,
    status text not null default 'active' check (status in ('active', 'blocked')),
    current_card_id uuid,
    -- The last day of the opportunity status; null = none.
    opportunity_end_date date,
    opportunity_suspended_until date,
    since timestamptz not null,
    version integer not null default 1,
    constraint membership_exists unique (card_system_id, holder_id)
);
create index membership_holder on membership (holder_id);

create table card (
    id uuid primary key,
    card_system_id uuid not null references card_system,
    number text not null constraint card_number_taken unique check (number ~ '^[0-9]{11}[01][0-9]$'),
    chip_number text constraint card_chip_taken unique check (chip_number ~ '^[0-9A-F]{14}$'),
    type text not null check (type in ('nfcCard', 'digital')),
    status text not null
        check (status in ('provisioned', 'stock', 'sent', 'localStock', 'active', 'blocked', 'deleted')),
    is_group_pass boolean not null default false,
    counter_id uuid,
    holder_id uuid references pass_holder,
    changed_at timestamptz not null,
    version integer not null default 1,
    constraint card_holder_fits_status check (
        is_group_pass or (holder_id is not null) = (status in ('active', 'blocked'))
        or status = 'deleted')
);
create index card_holder on card (holder_id);
create index card_counter on card (card_system_id, counter_id, status);
