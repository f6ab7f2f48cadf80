-- rule: E1-X04
-- clause: ESRS Set 1 XBRL taxonomy, Calculations 1.1
-- severity: warning
-- wording: Totals as stated are within the rounding of their stated parts
-- fix: every part and total is rounded once from its exact value: ghg trace shows it
with v as (select datapoint, key, value, stated, decimals from figure where framework = getvariable('framework') and period = getvariable('period') and stated is not null),
part(total, part) as (values ('E1-6_total_location', 'E1-6_scope1'), ('E1-6_total_location', 'E1-6_scope2_location'), ('E1-6_total_location', 'E1-6_scope3'),
    ('E1-6_total_market', 'E1-6_scope1'), ('E1-6_total_market', 'E1-6_scope2_market'), ('E1-6_total_market', 'E1-6_scope3'), ('E1-6_scope3', 'E1-6_scope3_by_category'),
    ('E1-5_energy', 'E1-5_02'), ('E1-5_energy', 'E1-5_03'), ('E1-5_energy', 'E1-5_05'), ('E1-5_05', 'E1-5_06'), ('E1-5_05', 'E1-5_07'), ('E1-5_05', 'E1-5_08')),
-- Half a unit of the last stated digit, of each part and of the total.
summed as (
    select t.datapoint, t.stated, sum(p.stated) as parts, cast(max(case t.decimals when 0 then 0.5 else 0.05 end) + sum(case p.decimals when 0 then 0.5 else 0.05 end) as decimal(38,12)) as allowed
    from part q join v t on t.datapoint = q.total and t.key = '' join v p on p.datapoint = q.part group by t.datapoint, t.stated
)
select datapoint as subject, 'is stated as ' || plain_number(stated) || ', its parts as ' || plain_number(cast(parts as decimal(38,12))) || ': more than rounding explains (' || plain_number(allowed) || ')' as message
from summed where abs(parts - stated) > allowed
