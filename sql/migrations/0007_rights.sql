-- Row-level security on every table that a card system owns, and what the two roles may do.

-- Puts a table under forced row-level security: the platform sees all of it, a card system what is its own.
create procedure guard_tenant_table(name text) language plpgsql as $$
begin
    execute format('alter table %I enable row level security', name);
    execute format('alter table %I force row level security', name);
    execute format('create policy platform on %I to ksbd_platform using (true) with check (true)', name);
    execute format(
        'create policy tenant on %I to ksbd_app using (card_system_id = any ((select ksbd_tenants())::uuid[]))', name);
end
$$;

do $$
declare
    name text;
begin
    foreach name in array array['municipality', 'municipality_postal_code', 'permission_group', 'distribution_key',
        'counter', 'counter_card_system', 'counter_permission_group', 'counter_member', 'pillar', 'pillar_counter',
        'membership', 'card', 'transfer', 'hold', 'hold_end', 'check_in', 'tenant_head', 'audit', 'audit_link',
        'idempotency']
    loop
        call guard_tenant_table(name);
    end loop;
    -- Not yet a card system's: idempotency and audit of what concerns none.
    foreach name in array array['tenant_head', 'audit', 'audit_link', 'idempotency'] loop
        execute format(
            'create policy nobody on %I to ksbd_app using (card_system_id = ''00000000-0000-0000-0000-000000000000'')',
            name);
    end loop;
end
$$;

-- A counter is seen by every card system that it works in, changed by its own.
create policy works_here on counter for select to ksbd_app
    using (id in (select counter_id from counter_card_system));

-- A person is seen where there is a membership; anyone may be registered.
alter table pass_holder enable row level security;
alter table pass_holder force row level security;
create policy platform on pass_holder to ksbd_platform using (true) with check (true);
create policy member on pass_holder for select to ksbd_app using (exists (
    select from membership m where m.holder_id = pass_holder.id and m.card_system_id = any ((select
        ksbd_tenants())::uuid[])));
create policy change on pass_holder for update to ksbd_app using (exists (
    select from membership m where m.holder_id = pass_holder.id and m.card_system_id = any ((select
        ksbd_tenants())::uuid[])));
create policy register on pass_holder for insert to ksbd_app with check (true);

-- Look-up across card systems by exact card or chip number, as points are saved and spent everywhere.
create policy look_up on card for select to ksbd_app using ((select current_setting('ksbd.cross_look_up', true)) =
    'on');
create policy look_up on membership for select to ksbd_app
    using ((select current_setting('ksbd.cross_look_up', true)) = 'on');
create policy look_up on pass_holder for select to ksbd_app
    using ((select current_setting('ksbd.cross_look_up', true)) = 'on');

grant usage on schema public to ksbd_app, ksbd_platform;
grant select on all tables in schema public to ksbd_app, ksbd_platform;
grant insert, update on account, account_token, mail, security_event, card_system, municipality, role_grant,
    permission_group,
    distribution_key, counter, counter_member, organizer, place, event, pillar, session, pass_holder, membership, card,
    ledger_account, check_in, tenant_head to ksbd_app, ksbd_platform;
grant insert on municipality_postal_code, counter_card_system, counter_permission_group, pillar_counter, transfer, hold,
    hold_end, audit, audit_link, idempotency to ksbd_app, ksbd_platform;
grant delete on municipality_postal_code, role_grant, permission_group, counter_permission_group, counter_member,
    pillar_counter to ksbd_app, ksbd_platform;
-- Old keys and tokens are pruned; the clock is moved by the operator.
grant delete on idempotency, session, account_token, security_event to ksbd_platform;
grant update (reply) on idempotency to ksbd_platform;
grant update on platform to ksbd_platform;

-- A device that logs in changes nothing that is remembered.
create constraint trigger told after insert or delete or update of name, status, shows_check_in_code,
        when_fixed_event_ends, fixed_event_id, chosen_event_id, credential_hash, version on pillar
    deferrable initially deferred for each row execute function tell_change('id');
create constraint trigger told after insert or delete on pillar_counter
    deferrable initially deferred for each row execute function tell_change('pillar_id');
create constraint trigger told after insert or update or delete on counter
    deferrable initially deferred for each row execute function tell_change('id');
create constraint trigger told after insert or delete on counter_card_system
    deferrable initially deferred for each row execute function tell_change('counter_id');
create constraint trigger told after insert or delete on counter_permission_group
    deferrable initially deferred for each row execute function tell_change('counter_id');
create constraint trigger told after insert or delete or update of role on counter_member
    deferrable initially deferred for each row execute function tell_change('account_id');
create constraint trigger told after update on permission_group
    deferrable initially deferred for each row execute function tell_change('id');
create constraint trigger told after insert or update or delete on role_grant
    deferrable initially deferred for each row execute function tell_change('account_id');
create constraint trigger told after insert or update on event
    deferrable initially deferred for each row execute function tell_change('id');
create constraint trigger told after insert or update on card_system
    deferrable initially deferred for each row execute function tell_change('id');
create constraint trigger told after update of counter_id, ended_at on session
    deferrable initially deferred for each row execute function tell_change('id');
create constraint trigger told after update of locked_at on account
    deferrable initially deferred for each row execute function tell_change('id');
