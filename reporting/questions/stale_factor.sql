-- Factors that an inventory uses and that are beyond or near the day from which their set may not be used, or that a newer loaded edition supersedes whose data had begun
-- by the last month priced; with the successor and the change of CO2e. Tables used_factor, newer_set, factor_change. Parameters: on, within, gwp_set.
select u.factor_id, h.label, u.set_id, u.activity_types, u.first_month, u.last_month, s.usable_until,
    case when $on >= s.usable_until then 'beyond' when date_diff('day', cast($on as date), s.usable_until) <= $within then 'near' else 'superseded' end as status,
    t.kg_co2e as kg_co2e_per_unit, h.per_unit, coalesce(c.later_set, '') as successor_set, coalesce(c.later_id, '') as successor_id, c.later_kg_co2e as successor_kg_co2e_per_unit,
    c.change_percent, coalesce(c.matched_by, '') as matched_by
from used_factor u
join factor_set s on s.set_id = u.set_id
join (select set_id, factor_id, min(label) as label, min(per_unit) as per_unit from factor group by set_id, factor_id) h on h.set_id = u.set_id and h.factor_id = u.factor_id
join factor_total t on t.set_id = u.set_id and t.factor_id = u.factor_id and t.gwp_set = $gwp_set
left join newer_set n on n.set_id = u.set_id
left join factor_change c on c.earlier_set = u.set_id and c.later_set = n.newer_id and c.earlier_id = u.factor_id and c.later_id <> ''
where $on >= s.usable_until or date_diff('day', cast($on as date), s.usable_until) <= $within or coalesce(n.begins <= u.last_month, false)
order by case status when 'beyond' then 0 when 'near' then 1 else 2 end, abs(c.change_percent) desc nulls last, u.set_id, u.factor_id
