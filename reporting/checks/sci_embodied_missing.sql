-- rule: sci/embodied-missing
-- severity: error
-- stage: 52
-- of: figure_damage
-- fix: add the embodied emissions of the hardware in the lifecycle stage `embodied` (or `embodied_training`); a row of 0 says that there are none to count, with the reason in `note`
-- citation: SCI specification 1.1.0 (ISO/IEC 21031:2024), Embodied emissions, R093
select distinct null as source_id, null as file_no, null as row_no, x.damage_key as subject, 'both' as basis,
    y.name || ' runs on hardware in ' || x.period || ' of which no embodied emissions are recorded: O alone is no score' as message
from (select distinct damage_key, period, split_part(substr(damage_key, 8), '@', 1) as system from figure_damage where rule = 'sci/embodied-missing') x
join period p on p.period = x.period and p.is_disclosed join system y on y.system = x.system
