-- The population by what is drawn from: rows, and their kg CO2e exactly; rows below half a milligram cannot be drawn and are counted.
with item as (
    select l.source_id, l.file_path, l.sheet, l.row_no, cast(sum(l.kg_co2e) as decimal(38,12)) as kg_co2e
    from ledger l
    where l.view = $view and l.month >= $starts and l.month < $ends and l.role = 'inventory' and l.basis in ('both', 'location') and l.scope in ('1', '2', '3') and not l.is_biogenic
    group by all
)
select count(*) as rows_in, coalesce(cast(sum(kg_co2e) as decimal(38,12)), 0) as kg_co2e, count(*) filter (where round(abs(kg_co2e) * 1000000) = 0) as never_drawn,
    count(*) filter (where kg_co2e < 0) as negative
from item
