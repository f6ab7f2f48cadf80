-- fact: responsible
-- place: Cover
select f.framework, p.period, 'stated' as status, t.text
from framework f cross join period p
cross join (
    select string_agg(case split_part(n.name, '.', 1) when 'preparer' then 'Prepared by ' when 'reviewer' then 'reviewed by ' else 'approved by ' end || n.value || ', ' || r.value, '; '
        order by n.name = 'approver.name', n.name = 'reviewer.name') as text
    from setting n join setting r on r.name = split_part(n.name, '.', 1) || '.role' where n.name in ('preparer.name', 'reviewer.name', 'approver.name')
) t
