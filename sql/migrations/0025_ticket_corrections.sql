-- Ticket sales that were settled anew, because their event had the wrong distribution key.

-- What a sale was before a correction; what it was made is in the next row, or in the sale. An undone correction is one
-- more.
create table ticket_sale_correction (
    id uuid primary key,
    card_system_id uuid not null,
    ticket_sale_id uuid not null references ticket_sale,
    number integer not null check (number >= 1),
    corrected_at timestamptz not null,
    corrected_by uuid,
    reason text not null,
    distribution_key_term_id uuid not null,
    payers text[] not null,
    payer_ids uuid[] not null,
    payer_cents integer[] not null,
    constraint ticket_sale_correction_number unique (ticket_sale_id, number),
    check (cardinality(payers) = cardinality(payer_ids) and cardinality(payers) = cardinality(payer_cents))
);
create trigger ticket_sale_correction_is_append_only before update or delete or truncate on ticket_sale_correction
    execute function refuse_change();
call guard_tenant_table('ticket_sale_correction');
grant select, insert on ticket_sale_correction to ksbd_app, ksbd_platform;
