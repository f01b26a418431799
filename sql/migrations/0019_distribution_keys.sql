-- What the prices of tickets depend on, as of any instant: what was set of events, counters and card systems, and which
-- card systems an event takes.

-- Whatever is set for one of them, before the first change and after each: the present is in its own table, the past
-- is laid over it.
create table setting (
    number bigint generated always as identity primary key,
    -- The nil UUID for an event, which is everybody's.
    card_system_id uuid not null,
    -- The event, the counter or the card system.
    owner_id uuid not null,
    valid_from timestamptz not null,
    recorded_by uuid,
    -- Columns of the owner's table.
    columns jsonb not null check (jsonb_typeof(columns) = 'object')
);
create index setting_owner on setting (owner_id, valid_from desc, number desc);
create trigger setting_is_append_only before update or delete or truncate on setting
    execute function refuse_change();
call guard_tenant_table('setting');
create policy of_events on setting to ksbd_app
    using (card_system_id = '00000000-0000-0000-0000-000000000000')
    with check (card_system_id = '00000000-0000-0000-0000-000000000000');
grant select, insert on setting to ksbd_app, ksbd_platform;

-- What was set at an instant, for jsonb_populate_record; nothing if it never changed.
create function setting_at(owner uuid, instant timestamptz) returns jsonb language sql stable as $$
    select coalesce((select columns from setting where owner_id = owner and valid_from <= instant
        order by valid_from desc, number desc limit 1), '{}')
$$;

-- A set holds for the organizer that it was made for: should the event move, the new one's card systems hold.
alter table event_card_system_set
    add column organizer_id uuid not null,
    add column number bigint generated always as identity;
drop index event_card_system_set_event;
create index event_card_system_set_event
    on event_card_system_set (event_id, organizer_id, valid_from desc, number desc);
