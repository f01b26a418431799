-- The account with which a pass holder logs in: one each way (UID-01).

create table holder_login (
    account_id uuid primary key references account,
    holder_id uuid not null constraint holder_login_taken unique references pass_holder,
    linked_at timestamptz not null
);
grant select on holder_login to ksbd_app, ksbd_platform;
grant insert, delete on holder_login to ksbd_app, ksbd_platform;
create constraint trigger told after insert or update or delete on holder_login
    deferrable initially deferred for each row execute function tell_change('account_id');

-- The person that this transaction acts as; null for staff.
create function ksbd_holder() returns uuid language sql stable parallel safe as $$
    select nullif(current_setting('ksbd.holder', true), '')::uuid
$$;

-- Who logs in as a pass holder sees and keeps his own record, wherever it is a member.
create policy self on pass_holder to ksbd_app using (id = (select ksbd_holder()));
create policy self on membership for select to ksbd_app using (holder_id = (select ksbd_holder()));
create policy self on card for select to ksbd_app using (holder_id = (select ksbd_holder()));
create policy self on check_in for select to ksbd_app using (holder_id = (select ksbd_holder()));
