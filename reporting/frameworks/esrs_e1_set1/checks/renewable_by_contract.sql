-- rule: E1-R07
-- clause: ESRS E1 AR 32 j
-- severity: error
-- wording: Purchased energy is renewable only as far as a contractual instrument says so
-- fix: cancel an instrument for it, or leave it to the national mix
select origin as subject, plain_number(sum(mwh)) || ' MWh by ' || evidence || ' are called renewable without an instrument' as message
from energy_mix where view = getvariable('view') and month >= getvariable('starts') and month < getvariable('ends') and origin = 'purchased_renewable' and evidence not like 'instrument:%' and role = 'inventory'
group by origin, evidence
