-- What becomes of opportunity statuses, and which cards they make valid. What a pass costs, the vouchers that lower it,
-- and what was sold.

-- When status, opportunity status or holder of a membership last changed; null if they never did.
alter table membership add column changed_at timestamptz;
-- Since when it stands as it does.
alter table membership add column stands_since timestamptz generated always as (greatest(since, changed_at)) stored;
create index membership_stands_since on membership (card_system_id, stands_since);
create index membership_opportunity_end on membership (card_system_id, opportunity_end_date, holder_id)
    where opportunity_end_date is not null;
create index membership_suspended_until on membership (card_system_id, opportunity_suspended_until)
    where opportunity_suspended_until is not null;
create index card_active on card (card_system_id, number, id) where status = 'active';
create index card_changed_at on card (card_system_id, changed_at) where status <> 'provisioned';
alter table card_system add column opportunity_grace_changed_at timestamptz;

create table opportunity_change (
    id uuid primary key,
    card_system_id uuid not null references card_system,
    membership_id uuid not null references membership,
    at timestamptz not null,
    kind text not null check (kind in ('granted', 'extended', 'shortened', 'suspended', 'resumed', 'ended')),
    previous_end_date date,
    -- The last entitled day from then on; null once there is no status.
    end_date date check ((end_date is null) = (kind = 'ended')),
    -- The last suspended day from then on.
    suspended_until date check (suspended_until is not null or kind <> 'suspended'),
    account_id uuid,
    counter_id uuid
);
create index opportunity_change_membership on opportunity_change (membership_id, id);
-- Why: for administrators only, and therefore apart. Emptied when the person is removed.
create table opportunity_reason (
    change_id uuid primary key references opportunity_change,
    card_system_id uuid not null references card_system,
    reason text not null
);
create trigger opportunity_change_is_append_only before update or delete or truncate on opportunity_change
    execute function refuse_change();
call guard_tenant_table('opportunity_change');
call guard_tenant_table('opportunity_reason');
grant select, insert on opportunity_change, opportunity_reason to ksbd_app, ksbd_platform;
grant update (reason) on opportunity_reason to ksbd_app, ksbd_platform;

-- A voucher that lowers what a pass costs.
create table pass_voucher_type (
    id uuid primary key,
    card_system_id uuid not null references card_system,
    name text not null,
    -- What its codes begin with.
    prefix text not null check (prefix ~ '^[A-Z0-9]{2,8}$'),
    -- Whose residents may use it; null = whoever has it.
    municipality_id uuid,
    valid_from date,
    valid_until date,
    version integer not null default 1,
    constraint pass_voucher_type_name_taken unique (card_system_id, name),
    constraint pass_voucher_type_prefix_taken unique (card_system_id, prefix),
    unique (card_system_id, id),
    foreign key (card_system_id, municipality_id) references municipality (card_system_id, id),
    check (valid_from <= valid_until)
);

-- A list of prices: never changed, only followed by another. Of those whose day has come, the one with the latest day
-- holds, of several with the same day the last version.
create table price_list (
    id uuid primary key,
    card_system_id uuid not null references card_system,
    version integer not null,
    effective_from date not null,
    created_at timestamptz not null,
    account_id uuid,
    constraint price_list_version_taken unique (card_system_id, version),
    unique (card_system_id, id)
);
create index price_list_in_force on price_list (card_system_id, effective_from, version);

-- A price and whom it is for; null = whoever.
create table price_row (
    card_system_id uuid not null,
    price_list_id uuid not null,
    position integer not null,
    label text not null,
    description text,
    reason text not null,
    card_type text check (card_type in ('nfcCard', 'digital')),
    has_opportunity boolean,
    is_resident boolean,
    -- Whole years, both included.
    age_from integer check (age_from between 0 and 150),
    age_until integer check (age_until between 0 and 150),
    -- With a voucher of this type; null = without voucher.
    voucher_type_id uuid,
    price_cents integer not null check (price_cents between 0 and 100000000),
    primary key (price_list_id, position),
    foreign key (card_system_id, price_list_id) references price_list (card_system_id, id),
    foreign key (card_system_id, voucher_type_id) references pass_voucher_type (card_system_id, id),
    check (age_from < age_until)
);
create trigger price_list_is_append_only before update or delete or truncate on price_list
    execute function refuse_change();
create trigger price_row_is_append_only before update or delete or truncate on price_row
    execute function refuse_change();

create table pass_voucher (
    id uuid primary key,
    card_system_id uuid not null,
    type_id uuid not null,
    -- A keyed hash of the code, which is shown once.
    code_index bytea not null constraint pass_voucher_code_taken unique,
    -- Its last four characters, by which people tell vouchers apart.
    code_end text not null check (length(code_end) = 4),
    status text not null default 'issued' check (status in ('issued', 'used', 'void')),
    issued_at timestamptz not null,
    account_id uuid,
    -- When it was used or made void.
    closed_at timestamptz,
    check ((closed_at is null) = (status = 'issued')),
    foreign key (card_system_id, type_id) references pass_voucher_type (card_system_id, id),
    unique (card_system_id, id)
);
create index pass_voucher_of_type on pass_voucher (card_system_id, type_id, id);

-- A pass that was sold, free ones too.
create table pass_sale (
    id uuid primary key,
    card_system_id uuid not null references card_system,
    holder_id uuid not null references pass_holder,
    card_id uuid references card,
    counter_id uuid,
    reason text not null,
    price_cents integer not null check (price_cents between 0 and 100000000),
    -- What it cost without the voucher.
    unreduced_cents integer,
    price_list_id uuid references price_list,
    voucher_id uuid constraint pass_voucher_used_once unique,
    at timestamptz not null,
    account_id uuid,
    foreign key (card_system_id, voucher_id) references pass_voucher (card_system_id, id)
);
create index pass_sale_at on pass_sale (card_system_id, at, id);
create index pass_sale_counter on pass_sale (card_system_id, counter_id, at);
create index pass_sale_holder on pass_sale (holder_id);
create trigger pass_sale_is_append_only before update or delete or truncate on pass_sale
    execute function refuse_change();

call guard_tenant_table('pass_voucher_type');
call guard_tenant_table('price_list');
call guard_tenant_table('price_row');
call guard_tenant_table('pass_voucher');
call guard_tenant_table('pass_sale');
create policy self on pass_sale for select to ksbd_app using (holder_id = (select ksbd_holder()));
grant select, insert on pass_voucher_type, price_list, price_row, pass_voucher, pass_sale to ksbd_app, ksbd_platform;
grant update on pass_voucher_type, pass_voucher to ksbd_app, ksbd_platform;
