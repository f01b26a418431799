-- Pass holders who help themselves: how they prove who they are, and what they ask for without a counter.

-- Whoever holds the token has proven card number and date of birth. Real time, as for all secrets.
create table registration_token (
    token_hash bytea primary key,
    holder_id uuid not null references pass_holder,
    expires_at timestamptz not null
);
create index registration_token_holder on registration_token (holder_id);
create index registration_token_expires on registration_token (expires_at);
grant select, insert, delete on registration_token to ksbd_app, ksbd_platform;

-- Wrong birth dates that were tried with a card on a day of real time: one row a card at most.
create table birth_date_misses (
    card_id uuid primary key references card,
    day date not null,
    count integer not null check (count >= 0)
);
grant select, insert, update on birth_date_misses to ksbd_platform;
grant select on birth_date_misses to ksbd_app;

alter table holder_login rename constraint holder_login_pkey to holder_login_account_taken;
