-- rule: E1-R22
-- clause: ESRS E1 44, AR 43 d, AR 45 f, AR 46 k
-- severity: error
-- wording: Emissions are gross: no source is negative in sum, no credit or removal lowers a scope
-- fix: a credit note stands in the source that it corrects; removals and carbon credits are inputs of their own
select activity_type || ' of ' || site as subject, plain_number(cast(sum(kg_co2e) * 0.001 as decimal(38,12))) || ' t CO2e in Scope ' || scope as message
from ledger where view = getvariable('view') and role = 'inventory' and scope in ('1', '2', '3') and not is_biogenic and basis in ('both', 'location') and month >= getvariable('starts') and month < getvariable('ends')
group by activity_type, site, scope having sum(kg_co2e) < 0
