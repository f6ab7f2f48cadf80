-- connector: refrigerant_log
-- title: Logs of refrigerants: what was charged and recovered, by equipment and event
-- formats: csv, xlsx, parquet
-- natural_key: log_id, else date, equipment, refrigerant and event
-- required: date, refrigerant, event
-- columns: log_id, date, equipment, refrigerant, event, charged, recovered, capacity, unit, technician, company, note, site, entity
-- numbers: charged, recovered, capacity
-- dates: date
-- private: technician drop
-- rank: meter
-- constants: unit, site, entity, region, system, lifecycle_stage, coverage, data_quality, evidence
-- seen: none; built from what such logs commonly hold
-- traps: the charge of new equipment is no release; what was recovered was not released; what a retirement recovers was not released; a blank amount is no 0
-- What was released, by material balance over the life of the equipment (GHG Protocol, HFC tool, life-cycle stage approach): at an installation what was charged beyond the capacity, at a service what
-- was charged less what was recovered, at a retirement the capacity less what was recovered. The charge of new equipment, a leak test or an inspection is no release. Refrigerants are known with or without
-- hyphen (R410A); those outside the Kyoto Protocol (R-22) are priced and reported outside the scopes. A blank amount is an error where the event needs it, never 0. Two lines of one equipment
-- and day, what was recovered and what was charged again, are one visit: the first takes back from the second, and a visit below zero is an error.
insert into activity_input by name
with entry as (
    select r.source_id, r.file_no, r.row_no, r.record, lower(cell_of(r.record, 'event')) as event, number_in(cell_of(r.record, 'charged')) as charged, number_in(cell_of(r.record, 'recovered')) as recovered, number_in(cell_of(r.record, 'capacity')) as capacity,
        coalesce(t.activity_type, a.activity_type, h.activity_type) as activity_type
    from record r
    left join activity_type t on t.activity_type = 'refrigerant.' || cell_of(r.record, 'refrigerant')
    left join activity_type_alias a on a.alias = lower(cell_of(r.record, 'refrigerant'))
    left join activity_type h on h.activity_type = 'refrigerant.' || regexp_replace(upper(cell_of(r.record, 'refrigerant')), '^R ?-?', 'R-')
    where r.connector = 'refrigerant_log'
),
balance as (
    select e.*, case when event in ('install', 'installation', 'new') then charged - capacity when event in ('service', 'top up', 'top-up', 'recharge', 'maintenance', 'repair') then charged - coalesce(recovered, case when cell_of(record, 'recovered') is null then 0 end)
        when event in ('retire', 'retirement', 'disposal', 'decommissioning') then capacity - recovered end as released,
        event in ('install', 'installation', 'new', 'service', 'top up', 'top-up', 'recharge', 'maintenance', 'repair', 'retire', 'retirement', 'disposal', 'decommissioning') as is_release,
        event in ('leak test', 'inspection', 'check') as is_look
    from entry e
),
-- A visit may stand in two lines, what was recovered and what was charged again: the line below zero takes back from the other.
visit as (
    select source_id, cell_of(record, 'date') as date, cell_of(record, 'equipment') as equipment, activity_type, coalesce(cell_of(record, 'unit'), '') as unit, arg_max(cell_of(record, 'log_id'), released) as charge
    from balance where is_release and released is not null and cell_of(record, 'log_id') is not null and cell_of(record, 'equipment') is not null group by all having sum(released) >= 0
)
select b.source_id, b.file_no, b.row_no, 1 as part, cell_of(b.record, 'log_id') as activity_id, coalesce(cell_of(b.record, 'log_id'), concat_ws('/', cell_of(b.record, 'date'), cell_of(b.record, 'equipment'), cell_of(b.record, 'refrigerant'), b.event)) as natural_key,
    coalesce(b.activity_type, 'refrigerant ' || cell_of(b.record, 'refrigerant'), '') as activity_type, cell_of(b.record, 'date') as starts, cell_of(b.record, 'date') as ends,
    case when not b.is_release then 'event ' || coalesce(b.event, 'not given') when b.released is null then concat_ws(', ', b.event || ' with charged ' || coalesce(cell_of(b.record, 'charged'), 'not given'), 'recovered ' || coalesce(cell_of(b.record, 'recovered'), 'not given'), 'capacity ' || coalesce(cell_of(b.record, 'capacity'), 'not given'))
        else decimal_text(b.released) end as quantity,
    coalesce(cell_of(b.record, 'unit'), k.unit) as unit, coalesce(cell_of(b.record, 'entity'), k.entity) as entity, coalesce(cell_of(b.record, 'site'), k.site) as site, k.region, k.system, k.lifecycle_stage, k.coverage,
    coalesce(k.data_quality, 'calculated') as data_quality, coalesce(k.data_origin, 'own') as data_origin, k.evidence, concat_ws(', ', b.event, cell_of(b.record, 'equipment'), cell_of(b.record, 'note')) as note,
    case when b.released < 0 then v.charge end as replaces, sha256(cast(b.record as varchar)) as content
from balance b left join source_constant k on k.source_id = b.source_id
left join visit v on v.source_id = b.source_id and v.date = cell_of(b.record, 'date') and v.equipment = cell_of(b.record, 'equipment') and v.activity_type = b.activity_type
    and v.unit = coalesce(cell_of(b.record, 'unit'), '')
where not (b.is_look and coalesce(b.charged, 0) = 0) and not (b.is_release and b.event in ('install', 'installation', 'new') and b.released = 0);

insert into row_left_out
select r.source_id, r.file_no, r.row_no, 'no release (an inspection, or the charge of new equipment)'
from record r anti join activity_input i on i.source_id = r.source_id and i.file_no = r.file_no and i.row_no = r.row_no where r.connector = 'refrigerant_log';
