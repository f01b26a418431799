-- Bulk work: a file whose rows are done one by one, by one person, in one card system.

create table job (
    id uuid primary key,
    card_system_id uuid not null references card_system,
    -- What is done with each row: a method, or what else `JobWorks` knows.
    work text not null,
    name text not null,
    created_by uuid not null references account,
    -- At which counter its rows are done; null for who administers.
    counter_id uuid references counter,
    created_at timestamptz not null,
    state text not null default 'uploading' check (state in ('uploading', 'uploaded', 'validating', 'validated',
        'previewing', 'previewed', 'running', 'done', 'cancelled', 'failed')),
    -- Why it failed: the kind of a refusal or error.
    failure text,
    -- The parameters that all rows share, sealed; null once erased.
    fixed_sealed bytea,
    encoding text not null check (encoding in ('utf8', 'latin1')),
    delimiter text check (delimiter in ('semicolon', 'comma', 'tab')),
    -- Which parameter stands in a column that is not called so; the empty one is for columns to leave alone.
    mapped_columns text[] not null default '{}',
    mapped_parameters text[] not null default '{}',
    -- The parameter in each column of the file, empty where none is; null before validation.
    column_parameters text[],
    file_bytes bigint not null default 0 check (file_bytes >= 0),
    -- How far the work is: of validation the byte at which the next row begins and the row before it, else the row.
    byte_position bigint not null default 0,
    row_position integer not null default 0,
    row_count integer not null default 0,
    invalid_count integer not null default 0,
    done_count integer not null default 0,
    refused_count integer not null default 0,
    failed_count integer not null default 0,
    -- What a preview foresees.
    foreseen_done_count integer not null default 0,
    foreseen_refused_count integer not null default 0,
    started_at timestamptz,
    -- Real time: when something was last done with it, or it ended; how long its file is kept is not business time.
    touched_at timestamptz not null,
    erased_at timestamptz,
    version integer not null default 1,
    unique (card_system_id, id),
    check (cardinality(mapped_columns) = cardinality(mapped_parameters)),
    check (row_count >= invalid_count + done_count + refused_count + failed_count)
);
create index job_worked on job (touched_at) where state in ('validating', 'previewing', 'running');
create index job_kept on job (touched_at) where erased_at is null;

-- The file in the parts in which it came, each sealed; erased with time.
create table job_part (
    job_id uuid not null,
    card_system_id uuid not null,
    byte_offset bigint not null,
    byte_count integer not null check (byte_count > 0),
    sealed bytea not null,
    primary key (job_id, byte_offset),
    foreign key (card_system_id, job_id) references job (card_system_id, id)
);
alter table job_part alter column sealed set storage external;

-- A row of the file: where it stands, and what became of it. Holds nothing that stands in the file.
create table job_row (
    job_id uuid not null,
    card_system_id uuid not null,
    -- As a spreadsheet counts: the header is row 1.
    number integer not null,
    byte_offset bigint not null,
    byte_count integer not null,
    state text not null check (state in ('waiting', 'invalid', 'done', 'refused', 'failed')),
    -- What a preview foresees.
    foreseen text check (foreseen in ('done', 'refused', 'failed')),
    -- Why it is not done, or would not be: kinds, pointers, columns.
    reasons jsonb,
    object_id uuid,
    primary key (job_id, number),
    foreign key (card_system_id, job_id) references job (card_system_id, id)
) with (fillfactor = 70);

call guard_tenant_table('job');
call guard_tenant_table('job_part');
call guard_tenant_table('job_row');
grant select, insert, update on job, job_row to ksbd_app, ksbd_platform;
grant select, insert on job_part to ksbd_app, ksbd_platform;
grant delete on job_part to ksbd_platform;
