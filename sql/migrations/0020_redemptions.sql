-- Advantages are taken everywhere: what limits them is counted over all card systems.

create policy look_up on redemption for select to ksbd_app
    using ((select current_setting('ksbd.cross_look_up', true)) = 'on');
-- Whose residents may take an advantage of several card systems; since when its municipality takes part.
create policy look_up on municipality for select to ksbd_app
    using ((select current_setting('ksbd.cross_look_up', true)) = 'on');
create policy look_up on municipality_postal_code for select to ksbd_app
    using ((select current_setting('ksbd.cross_look_up', true)) = 'on');
