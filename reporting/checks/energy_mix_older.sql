-- rule: energy/mix-of-an-older-year
-- severity: note
-- stage: 49
-- of: national_mix
-- fix: an instrument that states its energy source, or a supplier's stated mix, replaces the national one
-- citation: ESRS E1 37 b
select distinct null as source_id, null as file_no, null as row_no, 'region:' || mix_region as subject, 'energy' as basis,
    'the nuclear share of uncovered electricity is that of ' || mix_region || ' in ' || mix_year || ', imports not in it' as message
from national_mix n
where mix_year < year and exists (from energy_mix m where m.evidence = 'region:' || n.region and year(m.month) = n.year and m.scope = '2' and m.role = 'inventory')
