-- rule: scope2/instrument-attributes
-- severity: error
-- stage: 5
-- of: instrument
-- fix: declare in `attributes` that the supplier's rate is net_of_sold attributes, or that those of a direct or on-site supply were kept; else leave the row out
-- citation: GHG Protocol Scope 2 Guidance Table 7.1 (6) and (7), R028
select null as source_id, null as file_no, i.row_no, 'instrument:' || i.instrument_id as subject, 'market' as basis,
    i.instrument_id || ' (' || lower(k.label) || ') ' || case when i.attributes = 'sold' then 'has had its attributes sold' when i.attributes = '' then 'declares nothing about its attributes'
        else 'declares its attributes as ' || i.attributes end || case when k.attributes <> '' then ' where ' || k.attributes || ' is asked for' else '' end as message
from instrument i join instrument_kind k on k.instrument_kind = i.kind
where i.attributes = 'sold' or (k.attributes <> '' and i.attributes not in (k.attributes, 'kept'))
