-- Lists that were sorted as a whole for each page.

create index pillar_by_name on pillar (name, id);
