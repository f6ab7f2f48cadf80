-- Sets that are beyond, or within some days of, the day from which they may not be used, and sets that a newer loaded edition supersedes whose data had begun by then.
-- Table newer_set(set_id, newer_id, begins). Parameters: on, within, used (the sets that an inventory uses).
select s.set_id, s.publisher, s.edition, s.usable_until, date_diff('day', cast($on as date), s.usable_until) as days_left,
    case when $on >= s.usable_until then 'beyond' when date_diff('day', cast($on as date), s.usable_until) <= $within then 'near' else 'superseded' end as status,
    case when n.begins <= $on then n.newer_id else '' end as superseded_by, list_contains($used, s.set_id) as is_used
from factor_set s
left join newer_set n on n.set_id = s.set_id
where s.set_id <> 'instruments'
    and ($on >= s.usable_until or date_diff('day', cast($on as date), s.usable_until) <= $within or coalesce(n.begins <= $on, false))
order by is_used desc, days_left, s.set_id
