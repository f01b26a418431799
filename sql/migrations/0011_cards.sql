-- Every movement of every card, the batches in which cards come, and when a counter runs low.

create table card_step (
    card_id uuid not null references card,
    -- The card's version after the step: it orders the steps of a card.
    version integer not null,
    card_system_id uuid not null references card_system,
    step text not null check (step in ('order', 'add', 'make', 'deliver', 'handOver', 'receive', 'takeBack', 'passOn',
        'activate', 'block', 'unblock', 'delete')),
    -- Null where the card's life begins.
    from_status text,
    to_status text not null,
    at timestamptz not null,
    -- The counter that gets the card, has it, gives it back, or acts.
    counter_id uuid,
    account_id uuid,
    -- What it was done for: a word, or what staff said.
    reason text,
    primary key (card_id, version),
    check (from_status is distinct from to_status)
);
create trigger card_step_is_append_only before update or delete or truncate on card_step
    execute function refuse_change();
-- Of cards that were there before their steps were kept, what is known: that they are there.
insert into card_step (card_id, version, card_system_id, step, to_status, at, counter_id)
select id, version, card_system_id, 'add', status, changed_at, counter_id from card;

create table stock_batch (
    id uuid primary key,
    card_system_id uuid not null references card_system,
    name text not null,
    supplier text,
    -- When the last of its cards came; null while all are only ordered.
    delivered_at timestamptz,
    created_at timestamptz not null,
    version integer not null default 1,
    constraint stock_batch_name_taken unique (card_system_id, name),
    unique (card_system_id, id)
);
alter table card add column batch_id uuid;
alter table card add foreign key (card_system_id, batch_id) references stock_batch (card_system_id, id);
create index card_batch on card (batch_id, status) where batch_id is not null;
-- What counters have in their drawers, or will have.
create index card_drawer on card (card_system_id, counter_id) where status in ('sent', 'localStock');

create table counter_stock_threshold (
    card_system_id uuid not null,
    counter_id uuid not null,
    is_opportunity_card boolean not null,
    -- Fewer than this is low; 0 is never low.
    minimum integer not null check (minimum between 0 and 100000),
    primary key (counter_id, card_system_id, is_opportunity_card),
    foreign key (counter_id, card_system_id) references counter_card_system (counter_id, card_system_id)
);

-- The current card of a membership is its holder's and its card system's (R-016).
alter table card add constraint card_of_holder unique (id, card_system_id, holder_id);
alter table membership add constraint membership_current_card foreign key (current_card_id, card_system_id, holder_id)
    references card (id, card_system_id, holder_id) deferrable initially deferred;

call guard_tenant_table('card_step');
call guard_tenant_table('stock_batch');
call guard_tenant_table('counter_stock_threshold');
grant select on card_step, stock_batch, counter_stock_threshold to ksbd_app, ksbd_platform;
grant insert on card_step to ksbd_app, ksbd_platform;
grant insert, update on stock_batch, counter_stock_threshold to ksbd_app, ksbd_platform;
