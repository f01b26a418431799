-- Advantages are taken wherever passes are used: what limits them is counted over all card systems.

create policy look_up on redemption for select to ksbd_app
    using ((select current_setting('ksbd.cross_look_up', true)) = 'on');
-- Whose residents may take an advantage of several card systems; since when its municipality takes part.
create policy look_up on municipality for select to ksbd_app
    using ((select current_setting('ksbd.cross_look_up', true)) = 'on');
create policy look_up on municipality_postal_code for select to ksbd_app
    using ((select current_setting('ksbd.cross_look_up', true)) = 'on');

-- Units, codes and counts are taken where the advantage is, also at a counter of another card system.
create policy look_up on advantage for select to ksbd_app
    using ((select current_setting('ksbd.cross_look_up', true)) = 'on');
create policy taken_anywhere on advantage for update to ksbd_app
    using ((select current_setting('ksbd.cross_look_up', true)) = 'on');
create policy taken_anywhere on advantage_use to ksbd_app
    using ((select current_setting('ksbd.cross_look_up', true)) = 'on');
create policy look_up on advantage_code for select to ksbd_app
    using ((select current_setting('ksbd.cross_look_up', true)) = 'on');
create policy taken_anywhere on advantage_code for update to ksbd_app
    using ((select current_setting('ksbd.cross_look_up', true)) = 'on');
