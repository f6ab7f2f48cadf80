-- One line per row and activity (derived activities beside their parents), months added up; kg CO2e by location and by market, biogenic CO2 apart.
-- An activity without a ledger entry has NULL: nothing is taken for zero.
with line as (
    select a.row_no, regexp_replace(a.activity_id, '@\d{4}-\d{2}', '') as activity_id, a.derivation, a.activity_type, a.region, any_value(a.unit) as unit,
        case when bool_or(a.quantity is null) then null else sum(a.quantity) end as quantity, list(a.activity_id) as parts
    from activity a where a.counts and a.derivation <> 'reallocates' group by all
),
part as (select activity_id as line_id, activity_type, unnest(parts) as activity_id from line),
amount as (
    select p.line_id, p.activity_type, e.scope, e.scope3_category,
        sum(e.kg_co2e) filter (where e.basis in ('both', 'location') and not e.is_biogenic) as location_kg_co2e,
        sum(e.kg_co2e) filter (where e.basis in ('both', 'market') and not e.is_biogenic) as market_kg_co2e,
        coalesce(sum(e.kg_co2e) filter (where e.basis in ('both', 'location') and e.is_biogenic), cast(0 as decimal(38,12))) as biogenic_kg_co2
    from part p join ledger e on e.activity_id = p.activity_id group by all
),
used as (
    select p.line_id, p.activity_type, e.factor_id, e.factor_publication || ', ' || coalesce(string_agg(distinct e.factor_citation, '; ' order by e.factor_citation)
        filter (where not e.is_biogenic), min(e.factor_citation)) as citation
    from part p join ledger e on e.activity_id = p.activity_id group by p.line_id, p.activity_type, e.factor_id, e.factor_publication
),
cited as (
    select line_id, activity_type, list(factor_id order by factor_id) as factors, list(citation order by factor_id) as citations from used group by all
),
suppressed as (select distinct regexp_replace(activity_id, '@\d{4}-\d{2}', '') as activity_id from unpriced_activity where reason = 'contained')
select l.row_no as row, l.activity_id, l.derivation, l.activity_type, t.label as activity_label, l.region, coalesce(m.scope, t.scope) as scope,
    coalesce(m.scope3_category, t.scope3_category) as scope3_category, l.quantity, coalesce(l.unit, '') as unit, m.location_kg_co2e, m.market_kg_co2e,
    coalesce(m.biogenic_kg_co2, cast(0 as decimal(38,12))) as biogenic_kg_co2, coalesce(c.factors, []) as factors, coalesce(c.citations, []) as citations
from line l
join activity_type t on t.activity_type = l.activity_type
left join amount m on m.line_id = l.activity_id and m.activity_type = l.activity_type
left join cited c on c.line_id = l.activity_id and c.activity_type = l.activity_type
anti join suppressed s on s.activity_id = l.activity_id
order by l.row_no, case when l.derivation in ('', 'replaces') then 0 else 1 end, l.activity_id
