-- What a counter does by itself when a card is scanned.

alter table counter
    -- A scan for an event checks the card in, if it can be.
    add column automatic_check_in boolean not null default false;
