-- rule: energy/origin-not-known
-- severity: error
-- stage: 49
-- of: energy_mix
-- fix: state energy_source and, where it is mixed, nuclear_share and renewable_share in instruments.csv; a supplier's rate that is a factor becomes an instrument of kind supplier_rate
-- citation: ESRS E1 37, AR 32 j
select null as source_id, null as file_no, min(i.row_no) as row_no, m.evidence as subject, 'energy' as basis,
    cast(round(sum(m.mwh), 3) as decimal(38,3)) || ' MWh: ' || case when m.origin = 'purchased_not_renewable' then 'no national mix says how much of it is nuclear'
        when m.evidence like 'supplier:%' then 'the rate of the supplier does not say where the energy comes from'
        else 'energy_source "' || min(i.energy_source) || '" does not say where the energy comes from' end as message
from energy_mix m left join instrument i on m.evidence = 'instrument:' || i.instrument_id
join (select min(f.view) as view from framework f join datapoint d on d.framework = f.framework and d.measure = 'mwh_mix') v on v.view = m.view
where m.origin in ('purchased_not_known', 'purchased_not_renewable') and m.role = 'inventory' and m.scope in ('1', '2')
group by m.evidence, m.origin
