-- rule: energy/sector-not-known
-- severity: warning
-- stage: 49
-- fix: give organisation.nace in inventory.yaml, or nace of the entity
-- citation: ESRS E1 40 to 42
select distinct null as source_id, null as file_no, null as row_no, 'entity:' || s.entity as subject, 'energy' as basis,
    'entity "' || s.entity || '" has no NACE code: whether its energy is that of a high climate impact sector is not known, and '
        || (select string_agg(framework || '/' || datapoint, ', ' order by framework || '/' || datapoint) from datapoint where measure = 'mwh_high_impact') || ' is withheld where it has energy' as message
from entity_sector s join energy_total t on t.entity = s.entity and t.scope in ('1', '2')
where s.is_high_impact is null and exists (from datapoint where measure = 'mwh_high_impact')
