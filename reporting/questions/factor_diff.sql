-- What differs between two editions, the largest change first: changed factors, then added, then removed. Table factor_change.
select status, matched_by, earlier_id, later_id, label, activity_type, region, per_unit, earlier_kg_co2e, later_kg_co2e, change_kg_co2e, change_percent, gases
from factor_change
where status <> 'unchanged'
order by case status when 'changed' then 0 when 'added' then 1 else 2 end, abs(change_percent) desc nulls last, abs(change_kg_co2e) desc nulls last, later_id, earlier_id
