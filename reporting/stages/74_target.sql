-- Targets against the base year: where each stands in every period of twelve months, and where the straight line from base year to target year would be.
-- What a target that covers a part of its figures has become is not known: the part has no figure, and its progress is withheld.
-- Shares are long division to 12 decimals, half away from zero.
create macro exact_share(top, bottom) as case when bottom = 0 then null else cast(cast((case when (top < 0) <> (bottom < 0) then -1 else 1 end)
    * ((2 * abs(cast(top * 1000000000000 as hugeint)) * 1000000000000 + abs(cast(bottom * 1000000000000 as hugeint))) // (2 * abs(cast(bottom * 1000000000000 as hugeint))))
    as decimal(38,0)) * 0.000000000001 as decimal(38,12)) end;
create table target_progress as -- of: target
with part as (
    select t.target, t.period as target_period, t.ends as target_ends, t.reduction, t.value, t.source, p.period, p.ends, p.position, count(*) as figures, count(b.base) as bases,
        cast(sum(b.base) as decimal(38,12)) as base, bool_or(coalesce(b.is_proxy, false)) as is_proxy,
        count(f.value) filter (where f.status in ('stated', 'no_activity')) as stated, cast(sum(f.value) as decimal(38,12)) as current,
        string_agg(t.figure, ' + ' order by t.figure) as figure_ids, min(coalesce(t.coverage, 1)) as coverage
    from target t cross join period p
    left join base_year_value b on b.figure_id = t.figure
    left join figure f on f.figure_id = t.figure and f.period = p.period
    where p.starts + interval 12 month = p.ends
    group by all
),
dated as (
    select p.*, y.ends as base_ends, (year(p.target_ends) - year(y.ends)) * 12 + month(p.target_ends) - month(y.ends) as months_in_all,
        least((year(p.ends) - year(y.ends)) * 12 + month(p.ends) - month(y.ends), (year(p.target_ends) - year(y.ends)) * 12 + month(p.target_ends) - month(y.ends)) as months_gone,
        case when p.bases = p.figures then coalesce(p.value, p.base - cast(p.base * p.reduction as decimal(38,12))) end as goal
    from part p cross join base_year y where p.ends > y.ends and p.target_ends > y.ends
),
-- Location-based and market-based tonnes are never added: such a target has no progress.
mixed as (
    select t.target from target t join (select distinct figure_id, framework, datapoint from figure) f on f.figure_id = t.figure
    join datapoint d on d.framework = f.framework and d.datapoint = f.datapoint and d.basis in ('location', 'market') group by t.target having count(distinct d.basis) > 1
),
lined as (
    select d.*, case when d.stated = d.figures and d.bases = d.figures and d.coverage = 1 and d.target not in (select target from mixed) then 'stated' else 'withheld' end as status,
        cast(d.base + exact_share(cast((d.goal - d.base) * d.months_gone as decimal(38,12)), cast(d.months_in_all as decimal(38,12))) as decimal(38,12)) as path
    from dated d
)
select target, figure_ids, source, target_period, period, position, status, base, is_proxy, coverage, case when coverage = 1 then goal end as goal, case when coverage = 1 then path end as path, months_gone, months_in_all, case when status = 'stated' then current end as current,
    case when status = 'stated' then exact_share(current - base, base) end as change_share,
    case when status = 'stated' and goal <> base then exact_share(base - current, base - goal) end as achieved_share,
    case when status = 'stated' then current - path end as above_path
from lined;
