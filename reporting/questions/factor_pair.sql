-- The factors of two editions side by side, for every row of set_pair(earlier_set, later_set): the same publisher's key (the id without what all ids of its set begin with) and unit;
-- else the same label but for years, or else the same activity type, with all that tells factors apart, where either is unambiguous on both sides. Names drift from edition to edition.
create or replace temp table factor_pair as
with head as (
    select f.set_id, f.factor_id, min(f.label) as label, trim(regexp_replace(lower(min(f.label)), '(19|20)[0-9][0-9]', '', 'g')) as plain_label, min(f.activity_type) as activity_type,
        min(f.region) as region, min(f.supplier) as supplier, min(f.valid_from) as valid_from, min(f.basis) as basis, min(f.boundary) as boundary, min(f.per_unit) as per_unit
    from factor f
    where f.set_id in (select earlier_set from set_pair union select later_set from set_pair)
    group by f.set_id, f.factor_id
),
ends as (select set_id, min(factor_id) as first_id, max(factor_id) as last_id from head group by set_id),
prefix as (
    select set_id, length(regexp_extract(left(first_id, cast(max(n) filter (where left(first_id, n) = left(last_id, n)) as integer)), '^(.*[.])', 1)) as letters
    from (select *, unnest(generate_series(0, length(first_id))) as n from ends) group by set_id, first_id
),
keyed as (select h.*, substr(h.factor_id, p.letters + 1) as publisher_key from head h join prefix p on p.set_id = h.set_id),
by_key as (
    select s.earlier_set, s.later_set, e.factor_id as earlier_id, l.factor_id as later_id, 'publisher key' as matched_by
    from set_pair s join keyed e on e.set_id = s.earlier_set join keyed l on l.set_id = s.later_set and l.publisher_key = e.publisher_key and l.per_unit = e.per_unit
),
left_over as (
    select s.earlier_set, s.later_set, 'earlier' as side, k.* from set_pair s join keyed k on k.set_id = s.earlier_set
    anti join by_key b on b.earlier_set = s.earlier_set and b.later_set = s.later_set and b.earlier_id = k.factor_id
    union all
    select s.earlier_set, s.later_set, 'later', k.* from set_pair s join keyed k on k.set_id = s.later_set
    anti join by_key b on b.earlier_set = s.earlier_set and b.later_set = s.later_set and b.later_id = k.factor_id
),
by_label as (
    select earlier_set, later_set, min(factor_id) filter (where side = 'earlier') as earlier_id, min(factor_id) filter (where side = 'later') as later_id, 'label' as matched_by
    from left_over group by earlier_set, later_set, plain_label, activity_type, region, supplier, basis, boundary, per_unit
    having count(*) filter (where side = 'earlier') = 1 and count(*) filter (where side = 'later') = 1
),
by_type as (
    select o.earlier_set, o.later_set, min(o.factor_id) filter (where o.side = 'earlier') as earlier_id, min(o.factor_id) filter (where o.side = 'later') as later_id,
        'activity type' as matched_by
    from left_over o
    anti join by_label b on b.earlier_set = o.earlier_set and b.later_set = o.later_set and o.factor_id in (b.earlier_id, b.later_id)
    where o.activity_type <> ''
    group by o.earlier_set, o.later_set, o.activity_type, o.region, o.supplier, o.basis, o.boundary, o.per_unit
    having count(*) filter (where o.side = 'earlier') = 1 and count(*) filter (where o.side = 'later') = 1
),
matched as (select * from by_key union all select * from by_label union all select * from by_type)
select * from matched
union all
select o.earlier_set, o.later_set, case when o.side = 'earlier' then o.factor_id end, case when o.side = 'later' then o.factor_id end, ''
from left_over o
anti join matched m on m.earlier_set = o.earlier_set and m.later_set = o.later_set and o.factor_id in (m.earlier_id, m.later_id);
