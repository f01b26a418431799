-- Ticket sales: what is settled, and how long it can be taken back.

alter table card_system
    -- A counter cancels a sale until the period in which it was sold has ended.
    add column settlement_period text not null default 'quarter'
        check (settlement_period in ('day', 'week', 'month', 'quarter', 'year', 'absolute'));

-- The transfers by which others than the organizer owe their parts of the price; null until it is confirmed. A sale
-- that was cancelled and sold again has new ones.
alter table ticket_sale add column settlement_id uuid;
create index ticket_sale_group_reserved on ticket_sale (group_pass_id) where status = 'reserved';
create index ticket_sale_coupon_reserved on ticket_sale (coupon_id) where status = 'reserved' and coupon_id is not null;
