-- fact: gwp
-- place: Summary; Methodology
select f.framework, p.period, 'stated' as status, 'Global warming potentials over 100 years of the IPCC, set ' || v.gwp_set
    || case when v.gwp_set = 'AR6' then ', the latest.' else '; a later set exists.' end
    || case when o.kg <> 0 then ' Part of the figures rests on factors printed as CO2e of another set; "What the key figures rest on" gives the share.' else '' end as text
from framework f join view v on v.view = f.view cross join period p
left join (select t.view, q.period, sum(abs(t.kg_other_gwp_set)) as kg from entry_total t join period q on t.month >= q.starts and t.month < q.ends group by all) o
    on o.view = f.view and o.period = p.period
