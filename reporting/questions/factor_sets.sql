-- The factor sets with the number of factors and values that may be used, and their data years. Parameter: set_id, '' for all.
select s.set_id, s.publisher, s.title, s.edition, count(distinct f.factor_id) as factors, count(f.factor_id) as values,
    min(year(f.valid_from)) as first_year, max(year(f.valid_to - interval 1 day)) as last_year, s.gwp_set, s.usable_until, s.licence, s.is_redistributable, s.is_own,
    s.url, s.retrieved, s.sha256, s.digest
from factor_set s
left join factor f on f.set_id = s.set_id
where $set_id in ('', s.set_id)
group by all
order by s.is_own desc, s.set_id
