-- Groups with one pass, families, associations and schools.

alter table card_system
    add column family_members_maximum integer not null default 10 check (family_members_maximum between 1 and 50),
    add column family_adults_maximum integer not null default 2 check (family_adults_maximum between 1 and 50);

create table group_pass (
    id uuid primary key,
    card_system_id uuid not null references card_system,
    name text not null,
    -- Lower case, what a search is compared with.
    name_key text not null,
    email text,
    phone text,
    street text,
    postal_code text not null,
    city text not null,
    country text not null check (country ~ '^[A-Z]{2}$'),
    -- It buys at the opportunity tariff; without, on coupons only.
    has_opportunity boolean not null,
    -- The last day; null = never expires. There is no grace.
    end_date date,
    -- What a calendar year begins with, once it is opened.
    tickets_per_year integer not null check (tickets_per_year between 0 and 100000),
    counter_id uuid,
    created_at timestamptz not null,
    version integer not null default 1,
    unique (card_system_id, id)
);
create index group_pass_name on group_pass (card_system_id, name_key);

-- The cards of a group, those that were replaced too; only one of them can be used.
alter table card
    add column group_pass_id uuid references group_pass,
    add constraint card_group check (
        group_pass_id is null and (not is_group_pass or status not in ('active', 'blocked'))
        or is_group_pass and holder_id is null);
create unique index card_of_group on card (group_pass_id) where status in ('active', 'blocked');
create index card_group_pass on card (group_pass_id) where group_pass_id is not null;

-- The tickets that are left of a calendar year. A year is opened by the first entry; until then it has what the pass
-- gives a year.
create table group_allowance (
    group_pass_id uuid not null,
    card_system_id uuid not null,
    year integer not null,
    remaining integer not null constraint group_allowance_not_negative check (remaining >= 0),
    primary key (group_pass_id, year),
    foreign key (card_system_id, group_pass_id) references group_pass (card_system_id, id)
);

create table group_allowance_entry (
    id uuid primary key,
    card_system_id uuid not null,
    group_pass_id uuid not null,
    year integer not null,
    change integer not null,
    -- 'sale' takes away, or gives back what was cancelled; the reference names it.
    reason text not null check (reason in ('year', 'correction', 'sale')),
    explanation text,
    reference_id uuid,
    -- Who was at it, so that use can be told per guide.
    account_id uuid,
    counter_id uuid,
    recorded_at timestamptz not null,
    check (change <> 0 or reason = 'year'),
    check ((reason = 'sale') = (reference_id is not null)),
    foreign key (group_pass_id, year) references group_allowance (group_pass_id, year)
);
create index group_allowance_entry_pass on group_allowance_entry (group_pass_id, id);
create trigger group_allowance_entry_is_append_only before update or delete or truncate on group_allowance_entry
    execute function refuse_change();

-- What a group may buy on a day: nothing once it has expired, nor without opportunity.
create function group_pass_available(pass group_pass, day date) returns integer language sql stable as $$
    select case when not pass.has_opportunity or pass.end_date < day then 0 else coalesce(
        (select remaining from group_allowance where group_pass_id = pass.id and year = extract(year from day)),
        pass.tickets_per_year) end
$$;

-- Guides (accounts) and counters that may use a group's pass.
create table group_pass_delegate (
    id uuid primary key,
    card_system_id uuid not null,
    group_pass_id uuid not null,
    account_id uuid references account,
    counter_id uuid references counter,
    added_at timestamptz not null,
    added_by uuid,
    ended_at timestamptz,
    check ((account_id is null) <> (counter_id is null)),
    foreign key (card_system_id, group_pass_id) references group_pass (card_system_id, id)
);
create unique index group_pass_delegate_account on group_pass_delegate (group_pass_id, account_id)
    where ended_at is null;
create unique index group_pass_delegate_counter on group_pass_delegate (group_pass_id, counter_id)
    where ended_at is null;
create index group_pass_delegate_of_account on group_pass_delegate (account_id) where ended_at is null;
create index group_pass_delegate_of_counter on group_pass_delegate (counter_id) where ended_at is null;

-- A family is personal to its main member, who stands in it himself as long as there is anybody else.
create table family_member (
    id uuid primary key,
    main_id uuid not null references pass_holder,
    member_id uuid not null references pass_holder,
    -- Which picture a client shows.
    icon text check (icon ~ '^[A-Za-z0-9_-]{1,40}$'),
    added_at timestamptz not null,
    ended_at timestamptz,
    -- By the token that was mailed the member leaves without a login.
    removal_token_hash bytea unique,
    check (main_id <> member_id or ended_at is null and removal_token_hash is null)
);
create unique index family_member_exists on family_member (main_id, member_id) where ended_at is null;
create index family_member_member on family_member (member_id);

create table association (
    id uuid primary key,
    card_system_id uuid not null references card_system,
    name text not null,
    end_date_type text not null check (end_date_type in ('custom', 'basedOnDateOfBirth', 'basedOnRegistrationDate')),
    -- How long a membership lasts, from the day that the type names.
    term_amount integer check (term_amount between 1 and 1200),
    term_unit text check (term_unit in ('years', 'months')),
    default_end_date date,
    renewable_months_before integer not null check (renewable_months_before between 0 and 120),
    created_at timestamptz not null,
    version integer not null default 1,
    constraint association_name_taken unique (card_system_id, name),
    unique (card_system_id, id),
    check ((end_date_type = 'custom') = (term_amount is null) and (term_amount is null) = (term_unit is null)),
    check (end_date_type = 'custom' or default_end_date is null)
);

create table association_counter (
    association_id uuid not null,
    card_system_id uuid not null,
    counter_id uuid not null references counter,
    may_write boolean not null,
    primary key (association_id, counter_id),
    foreign key (card_system_id, association_id) references association (card_system_id, id)
);

create table association_membership (
    id uuid primary key,
    card_system_id uuid not null,
    association_id uuid not null,
    holder_id uuid not null references pass_holder,
    -- The day that its terms are counted from, and how many there were.
    anchor_date date not null,
    terms integer not null check (terms >= 1),
    end_date date not null,
    since timestamptz not null,
    ended_at timestamptz,
    version integer not null default 1,
    foreign key (card_system_id, association_id) references association (card_system_id, id)
);
create unique index association_membership_exists on association_membership (association_id, holder_id)
    where ended_at is null;
create index association_membership_holder on association_membership (holder_id);

alter table pass_holder add column school_id uuid references counter;
create index pass_holder_school on pass_holder (school_id) where school_id is not null;

do $$
declare
    name text;
begin
    foreach name in array array['group_pass', 'group_allowance', 'group_allowance_entry', 'group_pass_delegate',
        'association', 'association_counter', 'association_membership']
    loop
        call guard_tenant_table(name);
    end loop;
end
$$;

-- Found by the exact number of their card, like people.
create policy look_up on group_pass for select to ksbd_app
    using ((select current_setting('ksbd.cross_look_up', true)) = 'on');
create policy look_up on group_allowance for select to ksbd_app
    using ((select current_setting('ksbd.cross_look_up', true)) = 'on');

-- A family is seen where somebody of it is a member, and by its people.
alter table family_member enable row level security;
alter table family_member force row level security;
create policy platform on family_member to ksbd_platform using (true) with check (true);
create policy member on family_member to ksbd_app using (exists (
    select from membership m where m.holder_id in (main_id, member_id) and m.card_system_id = any ((select
        ksbd_tenants())::uuid[])));
create policy self on family_member to ksbd_app using ((select ksbd_holder()) in (main_id, member_id));
create policy self on association_membership for select to ksbd_app using (holder_id = (select ksbd_holder()));

grant select on group_pass, group_allowance, group_allowance_entry, group_pass_delegate, family_member, association,
    association_counter, association_membership to ksbd_app, ksbd_platform;
grant insert, update on group_pass, group_allowance, group_pass_delegate, family_member, association,
    association_counter, association_membership to ksbd_app, ksbd_platform;
grant insert on group_allowance_entry to ksbd_app, ksbd_platform;
grant delete on association_counter to ksbd_app, ksbd_platform;
