-- The two roles that the daemon works as. It logs in as whoever database.url names, and takes one of these at once; it
-- owns nothing, so that row-level security binds it. Run before the migrations, as often as one likes. Roles are the
-- whole server's: another database may be making them at the same moment.
do $$
begin
    -- Every method works as ksbd_app: it sees the card systems that are named in ksbd.tenants, and no others.
    if not exists (select from pg_roles where rolname = 'ksbd_app') then
        begin
            create role ksbd_app nologin nosuperuser nobypassrls;
        exception when duplicate_object or unique_violation then null;
        end;
    end if;
    -- What concerns all card systems (the operator, the caches, verify) is done as ksbd_platform.
    if not exists (select from pg_roles where rolname = 'ksbd_platform') then
        begin
            create role ksbd_platform nologin nosuperuser nobypassrls;
        exception when duplicate_object or unique_violation then null;
        end;
    end if;
    if not (select rolsuper from pg_roles where rolname = current_user) then
        execute format('grant ksbd_app, ksbd_platform to %I', current_user);
    end if;
end
$$;
