-- The organisation behind the generated activity data: four entities with forty sites, one view, and residual mixes of its own.
-- Residual mixes are not shipped; these take the place of a market's own, so that every electricity row is priced on both bases.
insert into factor_set
select 'bench_residual', 'bench', 'Location-based averages in the place of residual mixes', '1', '', 'own', true, date '2026-01-01', '', gwp_set, date '2100-01-01', null, true, 0, null, ''
from factor_set where set_id = 'epa_hub_2025';
insert into factor by name
select * replace ('bench_residual' as set_id, 'bench_residual.' || factor_id as factor_id, 'residual' as basis, date '2020-01-01' as valid_from, date '2030-01-01' as valid_to)
from factor where set_id = 'epa_hub_2025' and activity_type = 'electricity.purchased' and boundary = 'direct' and starts_with(region, 'US:eGRID:');

insert into view values ('operational', 'operational_control', 'AR6');
insert into entity select 'entity-' || i, 'Entity ' || i, 'GB', 1, true, true, date '1900-01-01', date '2100-01-01', false, 'derived' from range(4) r(i);
insert into site select 'site-' || i, 'Site ' || i, 'entity-' || (i % 4), 'GB', 'GB', null, 'own' from range(40) r(i);
insert into source_file values ('bench', 1, 'activity.parquet', '', '', 0, 0);
