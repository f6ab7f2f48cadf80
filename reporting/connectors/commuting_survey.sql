-- connector: commuting_survey
-- title: Surveys of commuting: one answer a line
-- formats: csv, xlsx, parquet
-- natural_key: respondent, mode and the period of the source, else all the cells
-- required: mode, distance, days_per_week
-- columns: respondent, name, email, postcode, address, mode, distance, unit, days_per_week, weeks, occupants, home_days_per_week, hours_per_day, site
-- numbers: distance, days_per_week, weeks, occupants, home_days_per_week, hours_per_day
-- private: respondent hash, name drop, email drop, postcode drop, address drop
-- rank: estimate
-- options: headcount; weeks
-- constants: start, end (needed), unit, site, entity, region, system, lifecycle_stage, evidence
-- seen: none; built from what such surveys commonly ask
-- traps: a distance is one way; a car has several occupants; answers stand for all employees; a respondent with two modes is one
-- `distance` is one way. Kilometres = distance x 2 x days_per_week x weeks of work in the period (a column or the option); those of a car are divided by its `occupants`, because the factor is of the
-- car. Days at home are hours of homeworking. Who walks, cycles or stays at home is an answer, too. With `headcount` the answers stand for all employees: x headcount / respondents, where a
-- respondent with two modes is one. Without it they stand for themselves, and the note says so. Every row is an estimate.
insert into activity_input by name
with mode as (from read_csv(getvariable('standards') || '/commuting_modes.csv', header = true, all_varchar = true, delim = ',', quote = '"', escape = '"', nullstr = '')),
option as (
    select s.source_id, max(o.value) filter (where o.name = 'headcount') as headcount, max(o.value) filter (where o.name = 'weeks') as weeks
    from source s left join source_option o using (source_id) where s.connector = 'commuting_survey' group by all
),
answer as (
    select r.source_id, r.file_no, r.row_no, r.record, o.headcount, number_in(coalesce(cell_of(r.record, 'weeks'), o.weeks)) as weeks, number_in(o.headcount) as heads, m.activity_type, m.measure,
        number_in(cell_of(r.record, 'distance')) as distance, number_in(cell_of(r.record, 'days_per_week')) as days, number_in(cell_of(r.record, 'home_days_per_week')) as home_days, number_in(cell_of(r.record, 'hours_per_day')) as hours,
        case when not map_contains(r.record, 'occupants') then 1 else coalesce(number_in(cell_of(r.record, 'occupants')), case when cell_of(r.record, 'occupants') is null then 1 end) end as occupants,
        count(distinct coalesce(cell_of(r.record, 'respondent'), r.file_no || '/' || r.row_no)) over (partition by r.source_id) as respondents
    from record r join option o using (source_id) left join mode m on m.mode = lower(cell_of(r.record, 'mode')) where r.connector = 'commuting_survey' and cell_of(r.record, 'mode') is not null
),
part as (
    select a.*, 1 as part, coalesce(a.activity_type, 'commuting by ' || cell_of(record, 'mode')) as type,
        case when a.measure = 'vehicle' and not coalesce(a.occupants >= 1, false) then null else cast(try_cast(distance as decimal(20,3)) * 2 * try_cast(days as decimal(4,2)) * try_cast(weeks as decimal(5,2)) as decimal(38,10)) end as amount,
        case a.measure when 'vehicle' then a.occupants else 1 end as divisor
    from answer a where coalesce(a.measure, '') not in ('none', 'home')
    union all by name
    select a.*, 2 as part, 'homeworking.total' as type, cast(try_cast(hours as decimal(20,2)) * try_cast(home_days as decimal(4,2)) * try_cast(weeks as decimal(5,2)) as decimal(38,10)) as amount, 1 as divisor
    from answer a where cell_of(a.record, 'home_days_per_week') is not null and coalesce(a.home_days, 1) <> 0
)
select p.source_id, p.file_no, p.row_no, p.part, concat_ws('/', coalesce(cell_of(p.record, 'respondent'), left(sha256(cast(p.record as varchar)), 16)), cell_of(p.record, 'mode'), k."start") as natural_key, p.type as activity_type, k."start" as starts, k."end" as ends,
    case when p.weeks is null then 'weeks of work are not given' when p.headcount is not null and coalesce(p.heads < p.respondents, true) then p.respondents || ' answers of a headcount of ' || p.headcount
        when p.weeks > 53 or p.days > 7 or p.home_days > 7 or p.hours > 24 then 'more days than a week has, or weeks than a year'
        when p.amount is null then concat_ws(', ', 'distance ' || coalesce(cell_of(p.record, 'distance'), 'not given'), 'days ' || coalesce(cell_of(p.record, 'days_per_week'), 'not given'), 'hours_per_day ' || coalesce(cell_of(p.record, 'hours_per_day'), 'not given'), 'occupants ' || coalesce(cell_of(p.record, 'occupants'), 'not given'))
        else decimal_text(scaled_quotient(cast(try_cast(p.amount as decimal(28,6)) * try_cast(coalesce(p.heads, p.respondents) as decimal(9,0)) as decimal(38,6)), cast(try_cast(p.respondents as decimal(9,0)) * try_cast(p.divisor as decimal(9,2)) as decimal(38,2)))) end as quantity,
    case when p.part = 2 then 'h' when p.measure = 'passenger' then case coalesce(x.unit, cell_of(p.record, 'unit'), k.unit) when 'km' then 'pkm' when 'mi' then 'pmi' else coalesce(cell_of(p.record, 'unit'), k.unit) end else coalesce(cell_of(p.record, 'unit'), k.unit) end as unit,
    k.entity, coalesce(cell_of(p.record, 'site'), k.site) as site, k.region, k.system, k.lifecycle_stage, k.coverage, 'estimated' as data_quality, coalesce(k.data_origin, 'own') as data_origin, k.evidence,
    case when p.heads is null then p.respondents || ' answers, not scaled to all employees' else p.respondents || ' answers for ' || p.headcount || ' employees' end as note, sha256(cast(p.record as varchar)) as content
from part p left join source_constant k using (source_id) left join unit_alias x on x.alias = coalesce(cell_of(p.record, 'unit'), k.unit);

insert into row_left_out
select r.source_id, r.file_no, r.row_no, case when cell_of(r.record, 'mode') is null then 'no answer' else 'an answer without emissions' end
from record r anti join activity_input i on i.source_id = r.source_id and i.file_no = r.file_no and i.row_no = r.row_no where r.connector = 'commuting_survey';
