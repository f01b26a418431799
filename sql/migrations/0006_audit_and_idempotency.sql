-- Who did what, chained per card system; and what was answered to whom, so that a call may be repeated.

-- One row, one lock for both sequences of a chain. The nil UUID is the chain of what concerns no card system.
create table tenant_head (
    card_system_id uuid primary key,
    audit_sequence bigint not null default 0,
    link bigint not null default 0,
    hash bytea not null
) with (fillfactor = 10);
insert into tenant_head (card_system_id, hash) values ('00000000-0000-0000-0000-000000000000', sha256(''));

create table audit (
    card_system_id uuid not null,
    sequence bigint not null,
    link bigint not null,
    at timestamptz not null,
    actor_kind text not null check (actor_kind in ('account', 'pillar', 'anonymous', 'host')),
    actor_id uuid not null,
    counter_id uuid,
    method text not null,
    -- 'done' or the kind of the refusal.
    outcome text not null,
    object_id uuid,
    -- Names of fields, ids, keyed digests of personal values: never a value itself.
    details text not null,
    digest bytea not null,
    primary key (card_system_id, sequence)
);

-- A link closes over the audit rows of one transaction: hash = sha256(hash before || digest of its rows' digests).
create table audit_link (
    card_system_id uuid not null,
    link bigint not null,
    first_sequence bigint not null,
    last_sequence bigint not null,
    digest bytea not null,
    hash bytea not null,
    primary key (card_system_id, link)
);

create table idempotency (
    card_system_id uuid not null,
    -- The account or pillar; the nil UUID for strangers.
    principal_id uuid not null,
    key text not null check (length(key) between 1 and 255),
    method text not null,
    -- A keyed hash of the parameters, under the key that the first byte names.
    params_hash bytea not null,
    -- The answer, a refusal too; sealed where it holds a secret.
    reply bytea not null,
    is_refusal boolean not null,
    is_sealed boolean not null default false,
    -- Real time: how long a key is kept is not business time.
    created_at timestamptz not null,
    constraint idempotency_once primary key (card_system_id, principal_id, key)
);
create index idempotency_created on idempotency (created_at);
create index idempotency_secret on idempotency (created_at) where is_sealed and reply <> '';
create index idempotency_sealed on idempotency (created_at) where is_sealed;

create trigger audit_is_append_only before update or delete or truncate on audit execute function refuse_change();
create trigger audit_link_is_append_only before update or delete or truncate on audit_link
    execute function refuse_change();
