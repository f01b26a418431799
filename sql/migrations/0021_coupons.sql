-- What coupons need besides their tables: whose turn it is in a calendar period, and ways to what was used.

-- The first day of the calendar period that an instant lies in, by Brussels time: as PeriodLimit says in Swift.
create function period_start(period text, instant timestamptz) returns date language sql immutable as $$
    select case period when 'absolute' then date '0001-01-01'
        else date_trunc(period, instant at time zone 'Europe/Brussels')::date end
$$;

alter table coupon
    -- Lower case, what a list is ordered by.
    add column name_key text generated always as (lower(name)) stored;
create index coupon_name on coupon (card_system_id, name_key, id);
create index coupon_of_municipality on coupon (municipality_id) where municipality_id is not null;

alter table coupon_target
    add column added_at timestamptz not null,
    add column added_by uuid;
create index coupon_target_list on coupon_target (coupon_id, id);

-- What one person, or one group, used of coupons.
create index ticket_sale_coupon_of_holder on ticket_sale (holder_id, coupon_id) where coupon_id is not null;
create index ticket_sale_coupon_of_group on ticket_sale (group_pass_id, coupon_id)
    where coupon_id is not null and group_pass_id is not null;
-- A merge of two records moves what names them.
grant update (holder_id) on coupon_target to ksbd_app, ksbd_platform;
