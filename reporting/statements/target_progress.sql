-- title: Progress against targets
-- lead: Change against the recalculated base year, the share of the aimed reduction that is reached, and the distance to the straight line from the base year to the target year (below the line is negative).
-- place: annex
-- order: 53
-- columns: target=Target; figures=Figures; base=Base year, t CO2e|3; goal=Target, t CO2e|3; current=This period, t CO2e|3; change_percent=Change, %|1; achieved_percent=Reached, %|1; path=Straight line, t CO2e|3; above_path=Above the line, t CO2e|3; note=Note; figure_id=Id
select target || ', ' || target_period as target, figure_ids as figures, base, goal, current, change_share * 100 as change_percent, achieved_share * 100 as achieved_percent, path, above_path,
    concat_ws('; ', case when coverage < 1 then 'withheld: the target covers ' || plain_number(coverage * 100) || ' % of the base year, and the covered part has no figure of its own'
        when status = 'withheld' then 'withheld: a figure of the period or of the base year is missing' end,
        case when is_proxy then 'the market-based base year is the location-based one (proxy)' end, months_gone || ' of ' || months_in_all || ' months gone', source) as note,
    'target/' || target_progress.target as figure_id
from target_progress where period = getvariable('period') order by target_progress.target
