-- Who counts: a better-ranked source of the same coverage and month makes the others memo; an actual read takes the place of the estimate it replaces.
create table activity_counted as
with ranked as (
    select a.*, case rank when 'meter' then 1 when 'vendor' then 2 when 'tracker' then 3 else 4 end as source_rank,
        coalesce(h.scope, a.type_scope) as scope_text, coalesce(h.bases, a.type_bases) as bases
    from activity_month a
    join activity_type t using (activity_type)
    left join hosting_rule h on h.carrier = t.carrier and h.hosting = a.hosting and t.scope <> ''
),
best as (select coverage, month, min(source_rank) as best_rank from ranked where coverage <> '' and quantity is not null group by all),
replaced as (
    select distinct b.row_activity_id from ranked a
    join (select distinct row_activity_id, source_id, source_id || ':' || split_part(row_activity_id, ':', 2) as name from ranked) b
        on a.replaces = b.row_activity_id or a.source_id || ':' || a.replaces = b.row_activity_id
    where a.replaces is not null and a.quantity >= 0  -- a negative row takes back what it names: both count
),
-- A row that a better source of the same system covers does not enter the system's figures a second time.
covered_system as (
    select distinct r.coverage, r.month, r.system from ranked r join best b on b.coverage = r.coverage and b.month = r.month and b.best_rank = r.source_rank where r.system <> ''
)
select r.* exclude (source_rank, scope_text, system), case when b.best_rank < r.source_rank and y.system is not null then '' else r.system end as system,
    case when r.scope_text = '' then 'memo' when b.best_rank < r.source_rank then 'memo' else 'inventory' end as role,
    p.row_activity_id is null as counts
from ranked r
left join best b on b.coverage = r.coverage and b.month = r.month
left join covered_system y on y.coverage = r.coverage and y.month = r.month and y.system = r.system
left join replaced p on p.row_activity_id = r.row_activity_id;
