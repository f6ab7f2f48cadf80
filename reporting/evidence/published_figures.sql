-- The figures of a published version as its figures.json states them, those of its own period: a comparative stands in the file too. Parameters: path, period.
insert into published_figure
select $period, f.id, f.framework, f.status, f.value::decimal(38,12), f.stated::decimal(38,12), f.unit, f.decimals
from (
    select unnest(from_json(json_extract(content, '$.figures'),
        '[{"id": "VARCHAR", "period": "VARCHAR", "framework": "VARCHAR", "status": "VARCHAR", "value": "VARCHAR", "stated": "VARCHAR", "unit": "VARCHAR", "decimals": "INTEGER"}]')) as f
    from read_text($path)
)
where f.period = $period
