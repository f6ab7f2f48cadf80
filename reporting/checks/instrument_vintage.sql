-- rule: scope2/instrument-vintage
-- severity: error
-- stage: 5
-- of: instrument
-- fix: apply the instrument to consumption near its generation, or correct vintage (2026 or 2026-07) or generation_starts and generation_ends
-- citation: GHG Protocol Scope 2 Guidance Table 7.1 (4), R026
with nearest as (
    select i.*, g.starts as generated_from, g.ends as generated_to, w.months_before_year, w.months_after_year, w.citation as window_citation,
        row_number() over (partition by i.instrument_id order by a.distance) as nearest
    from instrument i join instrument_generation g using (instrument_id)
    join region_ancestor a on a.region = i.market join vintage_window w on w.region = a.ancestor
),
allowed as (
    select *, cast(date_trunc('year', starts) - to_months(months_before_year) as date) as earliest,
        cast(date_trunc('year', ends - interval 1 day) + interval 1 year + to_months(months_after_year) as date) as latest
    from nearest where nearest = 1
)
select null as source_id, null as file_no, row_no, 'instrument:' || instrument_id as subject, 'market' as basis,
    case when generated_from is null or generated_to is null then instrument_id || ' has no usable vintage: "' || vintage || '" is neither a year nor a month'
        else instrument_id || ' was generated ' || generated_from || ' to ' || cast(generated_to - interval 1 day as date) || ', outside ' || earliest || ' to '
            || cast(latest - interval 1 day as date) || ' (' || window_citation || ')' end as message
from allowed where generated_from is null or generated_to is null or generated_from < earliest or generated_to > latest
