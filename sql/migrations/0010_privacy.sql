-- What people may ask of us: who read their INSZ, one record for one person, removal. And which master keys are in use.

-- Who read somebody's INSZ or looked for somebody by it. Written in the transaction of the read.
create table insz_read (
    id uuid primary key,
    holder_id uuid not null references pass_holder,
    -- For which card system it was read; the nil UUID for the operator's.
    card_system_id uuid not null,
    account_id uuid not null,
    counter_id uuid,
    at timestamptz not null,
    kind text not null check (kind in ('reveal', 'lookUp', 'status', 'search', 'export')),
    purpose text check (length(purpose) between 3 and 200),
    check (purpose is not null or kind <> 'reveal')
);
create index insz_read_holder on insz_read (holder_id, id);
call guard_tenant_table('insz_read');
grant select, insert on insz_read to ksbd_app, ksbd_platform;
create trigger insz_read_is_append_only before update or delete or truncate on insz_read
    execute function refuse_change();

-- A record that was merged leads to the one that was kept, in one step; a removed one holds nothing of the person.
-- Both are blocked as well, so that whatever asks only for that lets them do nothing.
alter table pass_holder
    add column merged_into uuid references pass_holder,
    add column removed_at timestamptz,
    add check (merged_into is null or status = 'blocked' and merged_into <> id),
    add check (removed_at is null or status = 'blocked');
create index pass_holder_merged_into on pass_holder (merged_into) where merged_into is not null;

-- A membership that moves takes its note along.
alter table pass_holder_note drop constraint pass_holder_note_card_system_id_holder_id_fkey;
alter table pass_holder_note add foreign key (card_system_id, holder_id)
    references membership (card_system_id, holder_id) on update cascade;

-- A merge and what it moved, so that it can be undone.
create table holder_merge (
    id uuid primary key,
    card_system_id uuid not null,
    kept_id uuid not null references pass_holder,
    merged_id uuid not null references pass_holder,
    reason text not null,
    account_id uuid not null,
    merged_at timestamptz not null,
    -- The group of transfers that moved points; null if there were none.
    transfer_group_id uuid,
    -- The INSZ was the merged record's.
    moved_insz boolean not null,
    undone_at timestamptz,
    undone_by uuid,
    undo_reason text,
    check (kept_id <> merged_id),
    check ((undone_at is null) = (undone_by is null) and (undone_at is null) = (undo_reason is null))
);
create unique index merged_once on holder_merge (merged_id) where undone_at is null;
create index holder_merge_kept on holder_merge (kept_id);
call guard_tenant_table('holder_merge');
grant select, insert, update on holder_merge to ksbd_platform;
grant select on holder_merge to ksbd_app;

-- A row that a merge changed: what the columns held before and after.
create table holder_merge_change (
    merge_id uuid not null references holder_merge,
    ordinal integer not null,
    -- The table, and its column that names the person.
    table_name text not null,
    before jsonb not null,
    after jsonb not null,
    primary key (merge_id, ordinal)
);
grant select, insert on holder_merge_change to ksbd_platform;

grant update (holder_id) on holder_login to ksbd_app, ksbd_platform;

-- What is known of the people's rows by date and method, without the rows of check-ins, which are most of the trail.
create index audit_of_objects on audit (object_id)
    where object_id is not null and method <> 'checkIn.create' and method <> 'pillar.checkIn';

-- The master keys that daemons may meet in the database. The keys themselves stand in files; the check value tells
-- whether a file's key of that name is the right one.
create table master_key (
    name smallint primary key check (name between 1 and 255),
    check_value bytea not null,
    -- The one that new values are written with.
    writes boolean not null,
    added_at timestamptz not null
);
create unique index master_key_writes on master_key (writes) where writes;
grant select on master_key to ksbd_app;
grant select, insert, update, delete on master_key to ksbd_platform;

-- The daemons that run, and which keys they know: a key is written with once all of them do. Real time.
create table daemon (
    id uuid primary key,
    host text not null,
    key_names smallint[] not null,
    seen_at timestamptz not null
);
grant select, insert, update, delete on daemon to ksbd_platform;
