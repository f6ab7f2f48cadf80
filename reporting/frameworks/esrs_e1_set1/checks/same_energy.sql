-- rule: E1-R36
-- clause: ESRS E1 49, AR 45 a to d
-- severity: error
-- wording: Both methods of Scope 2 hold the same energy
-- fix: every activity that instruments cover keeps its location basis: report this as a fault of the engine
with both_ways as (
    select (select coalesce(sum(mwh), 0) from energy_total where view = getvariable('view') and scope = '2' and role = 'inventory' and month >= getvariable('starts') and month < getvariable('ends')) as location,
        (select coalesce(sum(mwh), 0) from energy_mix where view = getvariable('view') and scope = '2' and role = 'inventory' and month >= getvariable('starts') and month < getvariable('ends')) as market
)
select 'Scope 2' as subject, plain_number(location) || ' MWh location-based, ' || plain_number(market) || ' MWh market-based' as message from both_ways where abs(location - market) > 0.000001
