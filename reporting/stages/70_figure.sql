-- A stated value as text with exactly its decimals.
create macro format_stated(value, decimals) as regexp_replace(value::varchar, case decimals when 0 then '\.[0-9]*$' else '(\.[0-9]{' || decimals || '})[0-9]*$' end, case decimals when 0 then '' else '\1' end);
create macro stated_value(value, decimals) as case decimals when 0 then round(value, 0)::decimal(38,12) when 1 then round(value, 1)::decimal(38,12)
    when 2 then round(value, 2)::decimal(38,12) when 3 then round(value, 3)::decimal(38,12) when 4 then round(value, 4)::decimal(38,12)
    when 5 then round(value, 5)::decimal(38,12) when 6 then round(value, 6)::decimal(38,12) when 9 then round(value, 9)::decimal(38,12) end;
-- A share for print, 9 decimals, cut off: integers, because decimal division is binary floating point in the engine.
create macro share_of(part, whole) as case when whole is null or whole = 0 then null
    else cast(cast((cast(part * 1000000000000 as hugeint) * 1000000000) // cast(whole * 1000000000000 as hugeint) as decimal(38,0)) * 0.000000001 as decimal(38,12)) end;
-- The figures as disclosed: value exact, `stated` rounded half away from zero to the datapoint's decimals, and what each rests on.
create table figure as
select f.figure_id, f.framework, f.datapoint, case when f.split = '' then '' else f.split || '=' || f.split_value end as key, f.period, f.view, d.section,
    case when f.split = '' then d.label else d.label || ': ' || coalesce(c.label, e.name, s.name, y.name, case when f.split = 'gas' and f.split_value = 'CO2e' then 'CO2e not given by gas' end, f.split_value) end as label, f.kind, d.unit, d.decimals, f.status, f.value,
    stated_value(f.value, d.decimals) as stated,
    d.is_total, d.is_mandatory, share_of(f.measured, f.amount) as measured_share, share_of(f.estimated, f.amount) as estimated_share, share_of(f.filled, f.amount) as filled_share,
    share_of(f.primary_data, f.amount) as primary_share, share_of(f.fallback, f.amount) as fallback_share, share_of(f.other_gwp_set, f.amount) as other_gwp_share,
    case when f.value is not null then cast(r.low_kg * d.factor as decimal(38,12)) end as low, case when f.value is not null then cast(r.high_kg * d.factor as decimal(38,12)) end as high,
    case when f.value is not null then share_of(r.covered_kg, f.amount) end as range_share, f.entries, coalesce(f.reason, '') as reason, d.citation,
    sha256(concat_ws('|', f.figure_id, f.period, f.view, f.status, coalesce(f.value::varchar, ''), d.unit)) as digest,
    row_number() over (order by w.position, d.position, case when f.split in ('category', 'iso') then lpad(f.split_value, 2, '0') else f.split_value end, p.position) as position
from (from figure_all union all by name from hourly_figure) f
join datapoint d using (framework, datapoint)
join framework w using (framework)
join period p using (period)
left join figure_range r on r.figure_id = f.figure_id and r.period = f.period
left join scope3_category c on f.split = 'category' and c.category = f.split_value
left join (select entity, any_value(name) as name from entity group by entity) e on f.split = 'entity' and e.entity = f.split_value
left join site s on f.split = 'site' and s.site = f.split_value
left join system y on f.split = 'system' and y.system = f.split_value;
