-- rule: sci/intensity-beyond-a-year
-- severity: warning
-- stage: 38
-- of: system
-- fix: name a factor of one data year or less (valid_from and valid_to)
-- citation: SCI specification 1.1.0 (ISO/IEC 21031:2024), Granularity, R100
with used as (
    select distinct y.name, a.activity_type, a.region, a.supplier, a.factor_pin, a.unit, a.bases, a.basis, a.month, a.entity, a.hosting
    from system y join activity a on a.system = y.system join activity_type t on t.activity_type = a.activity_type and t.carrier = 'electricity'
    where a.counts and a.basis in ('both', 'location') and a.lifecycle_stage not in ('embodied', 'embodied_training')
)
select null as source_id, null as file_no, null as row_no, 'factor:' || f.factor_id as subject, 'location' as basis,
    'the carbon intensity of ' || string_agg(distinct u.name, ', ' order by u.name) || ' is a mean over ' || f.valid_from || ' to ' || cast(f.valid_to - interval 1 day as date) || ', longer than a year' as message
from used u
join entry_price p on p.activity_type = u.activity_type and p.region = u.region and p.supplier = u.supplier and p.factor_pin = u.factor_pin and p.unit = u.unit and p.bases = u.bases
    and p.need = u.basis and p.month = u.month and p.entity = u.entity and p.hosting = u.hosting and p.basis in ('both', 'location')
join factor f on f.factor_id = p.factor_id and f.valid_to > f.valid_from + interval 1 year
group by f.factor_id, f.valid_from, f.valid_to
