-- Factors that hold a spelling of every word asked for (or, where none does, of as many as any), best match first, then the nearest region, then the newest year.
-- Table word_match(position, word, score). Parameters: words (how many), region and activity_type ('' for any), gwp_set, all_years.
-- A neighbour of the region asked for lies beside it in the same grid or country; it stands there to compare with and never prices anything.
with near as (
    select ancestor as region, distance, case when distance = 0 then 'itself' else 'contains' end as relation from region_ancestor where region = $region
    union all
    select b.region, null, 'neighbour' from region r join region p on p.region = r.parent and p.kind not in ('world', 'region_group') join region b on b.parent = r.parent
    where r.region = $region and b.region <> r.region
),
usable as (
    select distinct f.set_id, f.factor_id, a.distance as region_distance, coalesce(a.relation, '') as relation
    from factor f left join near a on a.region = f.region
    where ($region = '' or a.region is not null) and $activity_type in ('', f.activity_type)
),
usable_hit as (
    select w.set_id, w.factor_id, m.position, max(m.score) as score
    from factor_word w join word_match m on m.word = w.word semi join usable u on u.set_id = w.set_id and u.factor_id = w.factor_id
    group by all
),
scored as (
    select set_id, factor_id, count(*) as words, cast(sum(score) as integer) as score from usable_hit group by set_id, factor_id qualify count(*) = max(count(*)) over ()
    union all
    select distinct set_id, factor_id, 0, 0 from usable where $words = 0
),
own_word as (
    select set_id, factor_id, len(label_list) as label_words, len(list_intersect(label_list, matched)) as own_words,
        case when activity_type = '' then 0 else 100 * len(list_intersect(type_list, matched)) // len(type_list) end as type_match
    from (select distinct set_id, factor_id, activity_type, regexp_extract_all(lower(label || ' ' || activity_type), '[\p{L}\p{N}]+') as label_list,
            regexp_extract_all(lower(activity_type), '[\p{L}\p{N}]+') as type_list, (select coalesce(list(word), []) from word_match) as matched
        from factor semi join scored using (set_id, factor_id))
),
head as (
    select distinct f.set_id, f.factor_id, f.label, f.activity_type, f.region, u.region_distance, u.relation, f.supplier, f.valid_from, f.basis, f.boundary, f.per_unit,
        s.publisher, s.title || ', ' || s.edition as publication, s.preference, c.words, c.score, o.own_words, o.label_words, o.type_match, t.kg_co2e as kg_co2e_per_unit
    from factor f
    join scored c using (set_id, factor_id)
    join own_word o using (set_id, factor_id)
    join factor_set s on s.set_id = f.set_id
    join factor_total t on t.set_id = f.set_id and t.factor_id = f.factor_id and t.gwp_set = $gwp_set
    join usable u on u.set_id = f.set_id and u.factor_id = f.factor_id
),
dated as (
    select *, row_number() over same as newness, count(*) over (partition by publisher, activity_type, region, supplier, basis, boundary, per_unit, regexp_replace(label, '(19|20)\d\d', '')) - 1 as older_years
    from head
    window same as (partition by publisher, activity_type, region, supplier, basis, boundary, per_unit, regexp_replace(label, '(19|20)\d\d', '')
        order by valid_from desc, set_id desc, factor_id)
)
select factor_id, label, activity_type, region, region_distance, relation, supplier, year(valid_from) as year, basis, boundary, kg_co2e_per_unit, per_unit, set_id, publication,
    case when $all_years then 0 else older_years end as older_years, words, score
from dated
where $all_years or newness = 1
order by score desc, own_words desc, type_match desc, case when activity_type = '' then 1 else 0 end, region_distance nulls last, case when boundary in ('direct', '') then 0 else 1 end,
    label_words, preference, activity_type, label, region, valid_from desc, per_unit, factor_id
