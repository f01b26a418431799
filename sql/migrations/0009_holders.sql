-- How pass holders are searched at any number, the staff's private notes about them, and their pictures.

create extension if not exists pg_trgm;

-- A text as it is searched: in lower case, without accents.
create function folded(text) returns text language sql immutable parallel safe as $$
    select case when octet_length($1) = length($1) then lower($1) else translate(lower($1),
        'ÀÁÂÃÄÅàáâãäåÇçÈÉÊËèéêëÌÍÎÏìíîïÑñÒÓÔÕÖØòóôõöøÙÚÛÜùúûüÝýÿĂăĄąĆćČčĎďĐđĘęĚěĞğİıŁłŃńŇňŐőŘřŚśŞşŠšŢţŤťŮůŰűŹźŻżŽž’',
        'aaaaaaaaaaaacceeeeeeeeiiiiiiiinnoooooooooooouuuuuuuuyyyaaaaccccddddeeeeggiillnnnnoorrssssssttttuuuuzzzzzz''')
        end
$$;

-- Parts of names, streets, cities and addresses are found by their trigrams. The search runs as the platform, with the
-- card systems in its condition: under row-level security `like` may look at a row only after its policies have.
create index pass_holder_parts on pass_holder using gin (folded(name) gin_trgm_ops, folded(first_name) gin_trgm_ops,
    folded(street) gin_trgm_ops, folded(city) gin_trgm_ops, email_key gin_trgm_ops);
create index pass_holder_registered on pass_holder (registered_at, id);
create index pass_holder_counter on pass_holder (registration_counter_id);
drop index pass_holder_date_of_birth;
create index pass_holder_date_of_birth on pass_holder (date_of_birth, id);
create index membership_opportunity on membership (card_system_id, opportunity_end_date)
    where opportunity_end_date is not null;

-- What the staff of one card system write down about a person; no other card system sees it (PH-06).
create table pass_holder_note (
    card_system_id uuid not null,
    holder_id uuid not null,
    -- Null once it was cleared.
    note text check (length(note) between 1 and 4000),
    changed_at timestamptz not null,
    version integer not null,
    primary key (card_system_id, holder_id),
    foreign key (card_system_id, holder_id) references membership (card_system_id, holder_id)
);
call guard_tenant_table('pass_holder_note');
grant select, insert, update on pass_holder_note to ksbd_app, ksbd_platform;

create table pass_holder_picture (
    holder_id uuid primary key references pass_holder,
    -- Null once it was removed.
    bytes bytea check (octet_length(bytes) between 1 and 2097152),
    media_type text check (media_type in ('image/jpeg', 'image/png')),
    width integer check (width > 0),
    height integer check (height > 0),
    changed_at timestamptz not null,
    version integer not null,
    check ((bytes is null) = (media_type is null) and (bytes is null) = (width is null)
        and (bytes is null) = (height is null))
);
alter table pass_holder_picture enable row level security;
alter table pass_holder_picture force row level security;
create policy platform on pass_holder_picture to ksbd_platform using (true) with check (true);
create policy member on pass_holder_picture to ksbd_app using (exists (
    select from membership m where m.holder_id = pass_holder_picture.holder_id and m.card_system_id = any ((select
        ksbd_tenants())::uuid[])));
grant select, insert, update on pass_holder_picture to ksbd_app, ksbd_platform;
