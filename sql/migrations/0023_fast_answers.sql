-- Where a resident of a postal code lives, in whatever card system; and the postal codes of a municipality.
create index municipality_of_postal_code on municipality_postal_code (postal_code, municipality_id);
create index postal_code_of_municipality on municipality_postal_code (municipality_id, postal_code);

-- Ends a transaction whose facts are no longer so, to be run anew.
create function require_unchanged(is_so boolean) returns void language plpgsql as $$
begin
    if not is_so then
        raise exception 'what was looked at has changed' using errcode = 'serialization_failure';
    end if;
end
$$;
