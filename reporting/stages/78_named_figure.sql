-- Numbers beside the figures that a reader may ask for by name, as `ghg trace` takes them: a true-up or revised comparative (`<figure>/true_up=<closed period>` of the period that
-- reports it) and where a target stands (`target/<target>`). Each is a sum of figures less what was reported; `parts` are those figures.
create table named_figure as -- of: true_up, target_progress
select u.figure || '/true_up=' || u.closed_period as figure_id, u.reported_in as period, f.view, f.label || ', ' || u.treatment || ' of ' || u.closed_period as label, f.unit, f.decimals,
    case when u.difference is null then 'withheld' else 'stated' end as status, u.difference as value, [{'figure_id': u.figure, 'period': u.closed_period}] as parts,
    -- What an earlier report has already stated stays as it was stated: the ledger may have moved since.
    case when u.is_declared then null else cast(u.closed_value + case when u.treatment = 'true-up' then u.trued_up_before else 0 end as decimal(38,12)) end as less,
    u.reason, u.source as citation
from true_up u join figure f on f.figure_id = u.figure and f.period = u.closed_period
union all
select 'target/' || p.target, p.period, f.view, 'Target ' || p.target || ', ' || p.target_period || ': this period', f.unit, f.decimals, p.status, p.current, p.parts, cast(0 as decimal(38,12)), '', p.source
from (select t.*, list_transform(string_split(t.figure_ids, ' + '), lambda name: {'figure_id': name, 'period': t.period}) as parts from target_progress t) p
join figure f on f.figure_id = p.parts[1].figure_id and f.period = p.period;
